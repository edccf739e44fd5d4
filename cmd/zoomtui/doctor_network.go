package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/bounce"
	"zoomtui/internal/doctor"
	"zoomtui/internal/explain"
)

// network are the probes of the way to Zoom.
func (e *examination) network() []doctor.Probe {
	hosts := e.hosts()
	probes := []doctor.Probe{
		{Name: "proxy", Class: explain.Usage, Run: func(context.Context) []doctor.Check {
			return []doctor.Check{doctor.Proxies(hosts, e.cli.getenv)}
		}},
		{Name: "dns", Class: explain.Network, Run: func(ctx context.Context) []doctor.Check {
			return []doctor.Check{doctor.Names(ctx, net.DefaultResolver, hosts)}
		}},
		{Name: "connection", Class: explain.Network, Run: func(ctx context.Context) []doctor.Check { return e.reach(ctx, hosts) }},
	}
	if page, err := url.Parse(e.profile.RedirectURI); err == nil && page.Scheme == "https" && page.Host != "" && e.profile.Kind != auth.S2S {
		probes = append(probes, doctor.Probe{Name: "bounce", Class: explain.Network, Run: func(ctx context.Context) []doctor.Check {
			answer := e.asker.Ask(ctx, hostOf(page), doctor.Question{Method: http.MethodGet, URL: page.String()})
			return []doctor.Check{doctor.Bounce(answer, bounce.Page(), e.profile.Listen != "")}
		}})
	}
	return probes
}

// hosts are where sign-ins and calls go, each once: the sandbox is both.
func (e *examination) hosts() (hosts []doctor.Host) {
	asked := &opened{app: auth.App{OAuthBase: e.profile.OAuthBase, APIBase: e.profile.APIBase}}
	var t auth.Token
	if e.store != nil {
		t, _ = e.store.Peek() // without one, the general address is looked at
	}
	for _, base := range []string{e.profile.OAuthBase, asked.apiURL(t)} {
		u, err := url.Parse(base)
		if err != nil || u.Host == "" || slices.ContainsFunc(hosts, func(h doctor.Host) bool { return h.URL.Host == u.Host }) {
			continue
		}
		hosts = append(hosts, hostOf(u))
	}
	return hosts
}

// hostOf is a host and the proxy that leads to it.
func hostOf(u *url.URL) doctor.Host {
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u})
	if err != nil { // only for plain http inside a web server
		proxy = nil
	}
	return doctor.Host{URL: u, Proxy: proxy}
}

// asker asks without a credential, and with connections of its own.
func (c *cli) asker(trace io.Writer) doctor.Asker {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true, ForceAttemptHTTP2: true}
	return doctor.Asker{
		Transport: api.NewRecorder(transport, api.RecorderOptions{Clock: c.clock, Trace: trace}),
		Clock:     c.clock, UserAgent: userAgent(),
	}
}

// reach asks every host something harmless: whether it is there, and the API who
// nobody is.
func (e *examination) reach(ctx context.Context, hosts []doctor.Host) []doctor.Check {
	answers := make([]doctor.Answer, len(hosts))
	var all sync.WaitGroup
	for i, h := range hosts {
		q := doctor.Question{Method: http.MethodHead, URL: strings.TrimRight(h.URL.String(), "/") + "/"}
		if i == len(hosts)-1 {
			q = doctor.Question{Method: http.MethodGet, URL: strings.TrimRight(h.URL.String(), "/") + "/v2/users/me"}
		}
		all.Go(func() { answers[i] = e.asker.Ask(ctx, h, q) })
	}
	all.Wait()
	skew := doctor.Skew{Measured: answers}
	if stands, err := e.standing(); err == nil {
		skew.Stored, skew.Since = stands.token.ClockSkew, stands.token.ObtainedAt
	}
	return []doctor.Check{doctor.Connection(answers, e.cli.getenv("SSL_CERT_FILE")), doctor.Zoom(answers), doctor.Clock(skew)}
}
