package doctor

import (
	"net/url"
	"strings"

	"zoomtui/internal/explain"
)

// Host is one of Zoom's hosts that the program talks to.
type Host struct {
	URL   *url.URL // start of the addresses
	Proxy *url.URL // that leads there; nil: none
}

// Name is the host without its port.
func (h Host) Name() string { return h.URL.Hostname() }

const nameProxy = "proxy"

// Proxies says which proxy leads to which host, and what of the environment has a
// say in it.
func Proxies(hosts []Host, getenv func(string) string) Check {
	c := proxies(hosts, getenv)
	for _, h := range hosts {
		if h.Proxy != nil {
			c = c.detail(h.Name(), h.Proxy.Host) // without user and password
		}
	}
	return c.detail("variables", set(getenv, proxyVariables()...))
}

func proxies(hosts []Host, getenv func(string) string) Check {
	either := func(name string) string { return or(getenv(name), getenv(strings.ToLower(name))) }
	var through, direct []string
	for _, h := range hosts {
		if h.Proxy == nil {
			direct = append(direct, h.Name())
		} else {
			through = append(through, h.Name()+" through "+h.Proxy.Host)
		}
	}
	switch {
	case !isProxy(either("HTTPS_PROXY")):
		return failure(nameProxy, explain.Usage, "HTTPS_PROXY does not hold the address of a proxy.").brief("the address cannot be read").
			remedy("Write it as an address: export HTTPS_PROXY=http://HOST:PORT")
	case differ(getenv, "HTTPS_PROXY") || differ(getenv, "NO_PROXY"):
		return result(nameProxy, Warning, "HTTPS_PROXY and https_proxy (or NO_PROXY and no_proxy) say different things; the capital ones count here, and other programs may see it otherwise.").
			brief("two variables contradict each other").remedy("Keep one of them: unset https_proxy no_proxy")
	case len(through) > 0 && len(direct) > 0:
		return result(nameProxy, OK, "%s; %s without one, by NO_PROXY.", strings.Join(through, ", "), strings.Join(direct, ", ")).brief("for some hosts")
	case len(through) > 0:
		return result(nameProxy, OK, "%s.", strings.Join(through, ", ")).brief("in use")
	case either("HTTPS_PROXY") != "":
		return result(nameProxy, OK, "HTTPS_PROXY is set, and NO_PROXY leaves Zoom's hosts out.").brief("left out by NO_PROXY")
	case either("HTTP_PROXY") != "":
		return result(nameProxy, Warning, "HTTP_PROXY alone says nothing of https, so Zoom is asked without a proxy.").brief("HTTP_PROXY alone").
			remedy(`If Zoom is behind that proxy too: export HTTPS_PROXY="$HTTP_PROXY"`)
	case either("ALL_PROXY") != "":
		return result(nameProxy, Warning, "ALL_PROXY is not heeded here, so Zoom is asked without a proxy.").brief("ALL_PROXY alone").
			remedy(`If Zoom is behind that proxy: export HTTPS_PROXY="$ALL_PROXY"`)
	default:
		return result(nameProxy, OK, "None: Zoom is asked directly.").brief("none")
	}
}

// isProxy tells what can be used as a proxy, or is empty. Package net/http passes
// over anything else, so that Zoom would be asked directly, or takes a part of it
// for a host.
func isProxy(raw string) bool {
	if raw == "" {
		return true
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme == "" || u.Host == "" {
		u, err = url.Parse("http://" + raw)
	}
	return err == nil && u.Hostname() != "" && u.Hostname() != "http" && u.Hostname() != "https"
}

func proxyVariables() []string {
	return []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"}
}

// differ tells whether the two spellings of a variable contradict each other.
func differ(getenv func(string) string, name string) bool {
	capital, small := getenv(name), getenv(strings.ToLower(name))
	return capital != "" && small != "" && capital != small
}

// set gives the names of the variables that are set.
func set(getenv func(string) string, names ...string) []string {
	there := []string{}
	for _, name := range names {
		if getenv(name) != "" {
			there = append(there, name)
		}
	}
	return there
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
