// Package login is the sign-in screen: the link as text and QR, what happens
// next, the box for a pasted address, and what to do when the browser shows an
// error. All ways to finish run at once; the first that completes wins.
package login

import (
	"context"
	"time"
)

// SignIns starts sign-ins.
type SignIns interface {
	// Start opens the callback listener and makes the link. It asks nothing of
	// Zoom. A store that cannot be written is found out here.
	Start(ctx context.Context) (Attempt, error)
}

// Attempt is one sign-in under way.
type Attempt interface {
	Link() Link
	// Whole says whether text is a complete answer of a browser, to this link or
	// to another one, so that it can be judged without Enter.
	Whole(text string) bool
	// Paste completes the sign-in with what the browser ended on. A text that
	// is no answer is an error and changes nothing.
	Paste(ctx context.Context, text string) error
	// Device asks Zoom for a short code and waits for it beside the other ways;
	// ctx bounds the asking only. The code before is given up. An app that may
	// not use short codes is an error; the other ways go on.
	Device(ctx context.Context) (Device, error)
	// Phone opens the page for a phone on the same network, at one of the
	// machine's addresses; empty means the likeliest. The page before is closed.
	// ctx is the attempt's: the page is gone when it ends.
	Phone(ctx context.Context, address string) (PhonePage, error)
	// Wait returns when the sign-in is complete, failed, or timed out.
	Wait(ctx context.Context) (Outcome, error)
	// Close gives the port back.
	Close()
}

// Link is what the person opens, and where the browser is awaited.
type Link struct {
	URL         string
	RedirectURI string    // as it must be registered with the app
	Address     string    // host:port that really listens; empty: nobody listens
	Expires     time.Time // the link is not accepted afterwards
	TakenPort   string    // the configured host:port, when another program has it
	Tunnel      string    // the ssh line for the person's own machine; empty outside of SSH
	CanDevice   bool      // an app of this kind may be allowed to use short codes

	// News tells what happens while the link waits; nil: nobody tells.
	News <-chan News
}

// News is something that happens while a sign-in waits and does not end it.
type News struct {
	Kind NewsKind
	Err  error // Unused, Unheard: why
}

// NewsKind says what happened.
type NewsKind int

// What happens while a sign-in waits.
const (
	Arrived  NewsKind = iota // a browser brought the answer: Zoom is being asked for the tokens
	Unused                   // a browser brought the answer, but Zoom could not be asked: it can be brought once more
	Stranger                 // a browser brought the answer to an older link, or none
	Unheard                  // Zoom could not be asked about the short code, and is asked again
)

// Device is a short code that Zoom waits for (RFC 8628).
type Device interface {
	Code() DeviceCode
	// Wait returns nil when the code has signed in, and why it never will:
	// declined, expired, refused. It returns early only when ctx ends.
	Wait(ctx context.Context) error
}

// DeviceCode is what the person needs on the other device.
type DeviceCode struct {
	UserCode    string    // 8 characters to type
	URI         string    // where to type it
	CompleteURI string    // the same with the code in it, for a QR code
	Expires     time.Time // by this machine's clock
}

// PhonePage is the page for a phone on the same network.
type PhonePage struct {
	URL     string         // as shown
	Short   string         // the same address in capitals, for a small QR code
	Address string         // of this machine, as in URL
	Others  []PhoneAddress // further addresses to choose from, Address included
	Expires time.Time      // by this machine's clock
	Returns bool           // the phone comes back by itself: nothing to paste

	// Done is closed when the page is gone: signed in, or its time was over. nil:
	// nobody tells.
	Done <-chan struct{}
}

// PhoneAddress is an address of this machine in a private network.
type PhoneAddress struct {
	Address   string // 192.168.1.5
	Interface string // wlan0
	Virtual   bool   // of a container or a virtual machine: a phone hardly reaches it
}

// Outcome is a completed sign-in. The tokens are stored already.
type Outcome struct {
	OldScopes, NewScopes []string
	First                bool // there was no sign-in before, so there is no difference to show
}

// Person plays the user of the browser against the sandbox; nil elsewhere.
type Person interface {
	Allow(ctx context.Context, link string) error
	Decline(ctx context.Context, link string) error
}
