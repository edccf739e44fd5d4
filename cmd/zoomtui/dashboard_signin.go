package main

import (
	"context"
	"sync"

	"zoomtui/internal/auth"
	"zoomtui/internal/lan"
	"zoomtui/internal/term"
	"zoomtui/internal/ui/login"
)

// signIns starts sign-ins for the dashboard.
type signIns struct{ *opened }

// demoSignIns starts them in the demo, by which name the history knows them.
type demoSignIns struct{ signIns }

// signIns starts the sign-ins of a profile.
func (b *board) signIns(o *opened) login.SignIns {
	if b.demo != nil {
		return demoSignIns{signIns{o}}
	}
	return signIns{o}
}

// Start opens the callback listener and makes the link.
func (s signIns) Start(ctx context.Context) (login.Attempt, error) { return s.start(ctx, "dashboard") }

// Start does the same.
func (s demoSignIns) Start(ctx context.Context) (login.Attempt, error) { return s.start(ctx, "demo") }

func (s signIns) start(ctx context.Context, command string) (login.Attempt, error) {
	if remark := s.readyStore(ctx); remark != "" {
		s.keys.say(remark)
	}
	news := make(chan login.News, 16)
	options := s.loginOptions(command)
	options.Notify = func(e auth.LoginEvent) { tellNews(news, e) }
	l, err := auth.StartLogin(ctx, options)
	if err != nil {
		return nil, err
	}
	return &signInAttempt{login: l, news: news, opened: s.opened, machine: term.FromEnv(s.cli.getenv), signedIn: sync.OnceFunc(func() {
		_ = s.cache.clear() // it may be somebody else than before; what stays is replaced by the next answers
	})}, nil
}

// tellNews passes on what happens while the sign-in waits, without ever waiting
// for the screen: what does not fit is one line less.
func tellNews(news chan<- login.News, e auth.LoginEvent) {
	n := login.News{Err: e.Err}
	switch {
	case e.Kind == auth.EventExchanging && e.Way == auth.WayCallback:
		n.Kind = login.Arrived
	case e.Kind == auth.EventFailed && e.Open && e.Way == auth.WayCallback:
		n.Kind = login.Unused
	case e.Kind == auth.EventFailed && e.Open && e.Way == auth.WayDevice:
		n.Kind = login.Unheard
	case e.Kind == auth.EventStranger:
		n.Kind = login.Stranger
	default:
		return
	}
	select {
	case news <- n:
	default:
	}
}

// signInAttempt is a sign-in under way, as the screen knows it.
type signInAttempt struct {
	*opened
	login    *auth.Login
	news     <-chan login.News
	machine  term.Machine
	signedIn func() // what a completed sign-in brings with it, once

	mu   sync.Mutex
	page *lan.Page // for a phone; nil until it is asked for
}

// Link is what the screen shows. The redirect is the one that stands in the app,
// whatever port was free.
func (a *signInAttempt) Link() login.Link {
	link := login.Link{
		URL: a.login.URL(), RedirectURI: a.app.RedirectURI, Address: a.login.Addr(), Expires: a.login.Expires(),
		Tunnel: tunnel(a.machine, a.login.Addr()), CanDevice: a.app.Kind == auth.Confidential,
		News: a.news,
	}
	if wanted, taken := a.login.PortTaken(); taken {
		link.TakenPort = wanted
	}
	return link
}

// Whole says whether a text can be used without Enter.
func (a *signInAttempt) Whole(text string) bool { return a.login.WholePaste(text) }

// Paste takes what a person copied.
func (a *signInAttempt) Paste(_ context.Context, text string) error { return a.login.Paste(text) }

// Device asks Zoom for a short code.
func (a *signInAttempt) Device(ctx context.Context) (login.Device, error) {
	device, err := a.login.Device(ctx)
	if err != nil {
		return nil, err
	}
	return deviceCode{device}, nil
}

// deviceCode is a short code that waits, as the screen knows it.
type deviceCode struct{ *auth.Device }

// Code is what the person needs on the other device.
func (d deviceCode) Code() login.DeviceCode {
	code := d.Device.Code()
	return login.DeviceCode{
		UserCode: code.UserCode, URI: code.URI, CompleteURI: code.CompleteURI, Expires: code.Expires,
	}
}

// Phone opens the page for a phone and closes the one before.
func (a *signInAttempt) Phone(ctx context.Context, address string) (login.PhonePage, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closePage()
	page, known, err := a.phonePage(context.WithoutCancel(ctx), a.login, address) // it outlives the key press; Close ends it
	if err != nil {
		return login.PhonePage{}, err
	}
	a.page = page
	shown := login.PhonePage{
		URL: page.URL(), Short: page.Short(), Address: page.Addr().Addr().String(),
		Expires: page.Expires(), Returns: page.Returns(), Done: page.Done(),
	}
	for _, k := range known {
		shown.Others = append(shown.Others, login.PhoneAddress{
			Address: k.Addr.String(), Interface: clean(k.Interface), Virtual: k.Virtual,
		})
	}
	return shown, nil
}

// closePage closes the page for a phone, if there is one. The caller holds mu.
func (a *signInAttempt) closePage() {
	if a.page != nil {
		_ = a.page.Close() // its ports are given back in any case
		a.page = nil
	}
}

// Wait gives the result.
func (a *signInAttempt) Wait(ctx context.Context) (login.Outcome, error) {
	r, err := a.login.Wait(ctx)
	if err != nil {
		return login.Outcome{}, err
	}
	a.signedIn()
	return login.Outcome{
		OldScopes: auth.Token{Scope: r.OldScope}.Scopes(),
		NewScopes: r.Token.Scopes(),
		First:     r.OldScope == "",
	}, nil
}

// Close gives the port back. It waits for an exchange that is under way, which
// completes the sign-in even if nobody waits for it.
func (a *signInAttempt) Close() {
	a.login.Close()
	if _, err := a.login.Wait(context.Background()); err == nil {
		a.signedIn()
		return // the page for a phone closes by itself, when it has shown that
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closePage()
}
