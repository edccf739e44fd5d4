package doctor

import (
	"context"
	"net/netip"
	"slices"
	"strings"

	"zoomtui/internal/explain"
)

// Resolver looks names up; [net.Resolver] is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

const nameDNS = "dns"

// Names checks whether the hosts can be looked up. Behind a proxy that is the
// proxy's business.
func Names(ctx context.Context, r Resolver, hosts []Host) Check {
	var known, failed, skipped []string
	addresses := map[string][]string{}
	for _, name := range names(hosts) {
		h := hosts[slices.IndexFunc(hosts, func(h Host) bool { return h.Name() == name })]
		if _, err := netip.ParseAddr(name); err == nil {
			skipped = append(skipped, name+" is an address already")
			continue
		}
		if h.Proxy != nil {
			skipped = append(skipped, name+" is looked up by the proxy")
			continue
		}
		found, err := r.LookupNetIP(ctx, "ip", name)
		if err != nil || len(found) == 0 {
			failed = append(failed, name)
			continue
		}
		for _, a := range found {
			addresses[name] = append(addresses[name], a.Unmap().String())
		}
		known = append(known, name+" is "+addresses[name][0])
	}
	var c Check
	switch {
	case failed != nil:
		c = failure(nameDNS, explain.Network, "%s could not be looked up: this machine is offline, or its name server does not answer.", strings.Join(failed, " and ")).
			brief("cannot be looked up").
			remedy("Check the network connection and the name server: getent hosts "+failed[0], "Behind a company proxy, which looks names up itself: export HTTPS_PROXY=http://HOST:PORT")
	case known == nil:
		c = result(nameDNS, Skipped, "There is nothing to look up: %s.", strings.Join(skipped, ", ")).brief("nothing to look up")
	default:
		c = result(nameDNS, OK, "%s.", strings.Join(append(known, skipped...), ", ")).brief("fine")
	}
	return c.detail("addresses", addresses)
}

// names are the hosts, each once.
func names(hosts []Host) []string {
	var all []string
	for _, h := range hosts {
		if !slices.Contains(all, h.Name()) {
			all = append(all, h.Name())
		}
	}
	return all
}
