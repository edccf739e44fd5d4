package main

import (
	"context"
	"net"
	"net/netip"
	"os"
	"os/user"
	"path/filepath"
	"strconv"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/lan"
	"zoomtui/internal/term"
)

// pendingDir is where a sign-in leaves the note by which another terminal finds
// it.
func (c *cli) pendingDir() string { return filepath.Join(c.paths.State, "pending") }

// loginOptions is what a sign-in of this profile is built from, whoever shows it.
func (o *opened) loginOptions(command string) auth.LoginOptions {
	return auth.LoginOptions{Options: o.authOptions(command), PendingDir: o.cli.pendingDir()}
}

// tunnel is the line for the person's own machine by which the browser there
// reaches the listener of a sign-in here; empty outside of SSH.
func tunnel(m term.Machine, listener string) string {
	host, text, err := net.SplitHostPort(listener)
	if err != nil || host == "::1" { // the line leads to 127.0.0.1
		return ""
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		return ""
	}
	if m.User == "" {
		if u, err := user.Current(); err == nil {
			m.User = u.Username
		}
	}
	name, _ := os.Hostname() // it is a second choice
	return m.SSHTunnel(port, name)
}

// phoneSignIn lets the page for a phone complete a sign-in.
type phoneSignIn struct{ *auth.Login }

// URL is the link whose answer a bounce page brings to the listener of the page.
func (p phoneSignIn) URL(to netip.AddrPort) string { return p.LinkTo(to) }

// Whole tells whether a text is a complete and right answer.
func (p phoneSignIn) Whole(text string) bool { return p.WholePaste(text) }

// Paste takes the address that the phone ended on.
func (p phoneSignIn) Paste(text string) error { return p.PasteFrom(auth.WayLAN, text) }

// phonePage opens the page for a phone on the same network, at one of this
// machine's addresses; empty means the likeliest. The caller closes it.
func (o *opened) phonePage(ctx context.Context, l *auth.Login, at string) (*lan.Page, []lan.Address, error) {
	known, err := lan.Addresses()
	if err != nil {
		return nil, nil, err
	}
	chosen, err := choose(known, at)
	if err != nil {
		return nil, nil, err
	}
	_, port, _ := net.SplitHostPort(auth.DefaultListen)
	wanted, _ := strconv.Atoi(port)
	page, err := lan.Serve(ctx, lan.Options{
		Addresses: []netip.Addr{chosen}, Port: wanted, Life: l.Expires().Sub(o.cli.clock()), Profile: o.profile.Name,
		Returns: l.ViaHTTPS(), SignIn: phoneSignIn{l}, Clock: o.cli.clock,
	})
	return page, known, err
}

// choose finds the address that was asked for; without one, the first that a
// phone can reach.
func choose(known []lan.Address, at string) (netip.Addr, error) {
	for _, a := range known {
		if at == "" && !a.Virtual || at != "" && (a.Addr.String() == at || a.Interface == at) {
			return a.Addr, nil
		}
	}
	switch {
	case at != "":
		return netip.Addr{}, &config.Error{What: "this machine has no private address " + at + offered(known)}
	case len(known) > 0:
		return netip.Addr{}, &config.Error{What: "the only private addresses of this machine belong to containers or virtual machines, which a phone hardly reaches" + offered(known)}
	default:
		return netip.Addr{}, &config.Error{What: "this machine has no address in a private network that a phone could open"}
	}
}

// offered lists the addresses that there are to choose from.
func offered(known []lan.Address) string {
	text := ""
	for _, a := range known {
		text += ", " + a.Addr.String() + " (" + clean(a.Interface) + ")"
	}
	if text == "" {
		return ""
	}
	return "; there is" + text[1:]
}
