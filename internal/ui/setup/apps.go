// Package setup is the screen that makes a profile: which kind of app, its id
// and secret, what to register at the Marketplace, and a test before anything is
// saved.
package setup

import (
	"context"
	"fmt"
	"io"
	"log/slog"
)

// Apps checks and keeps Zoom apps.
type Apps interface {
	// Names lists the profiles there are, and which has which client id.
	Names(ctx context.Context) ([]Known, error)
	// Check asks Zoom about the app without signing in. Where Zoom refused one
	// part of it the error is a [*Refusal]; what could not be found out (offline)
	// is an error of class explain.Network or explain.RateLimit.
	Check(ctx context.Context, app App) error
	// Save writes the profile, whole or not at all; one that is there already is
	// an error and stays as it is.
	Save(ctx context.Context, app App) error
	// Manifest is the Marketplace manifest of such an app, as JSON. It is not
	// asked for Server-to-Server apps, which have none.
	Manifest(app App) (string, error)
}

// Known is a profile there is.
type Known struct{ Name, ClientID string }

// App is what the form gathers. Every text has been trimmed.
type App struct {
	Profile     string
	Kind        string // "public", "confidential" or "s2s"
	ClientID    string
	Secret      Secret // empty: none, or a command gives it
	SecretCmd   string // a shell command that prints the secret
	AccountID   string // s2s only
	RedirectURI string // not for s2s
	Listen      string // where the callback is awaited; empty: where RedirectURI leads to
	User        string // s2s only: whose data the dashboard shows; empty: the owner's
}

// Part is a part of an app that Zoom can refuse.
type Part string

// The parts of an app.
const (
	PartClientID    Part = "client id"
	PartSecret      Part = "client secret"
	PartCredentials Part = "client id or client secret" // Zoom does not say which of the two
	PartAccount     Part = "account id"
	PartRedirect    Part = "redirect address"
	PartKind        Part = "kind of app"
	PartSecretCmd   Part = "command for the secret" // refused here: it printed none
)

// Refusal is an error of Check that knows which part was refused.
type Refusal struct {
	Part Part
	Err  error // why; it is explained on the screen
}

// Error names the part and the reason.
func (r *Refusal) Error() string { return fmt.Sprintf("%s refused: %v", r.Part, r.Err) }

// Unwrap gives the reason.
func (r *Refusal) Unwrap() error { return r.Err }

// Secret is a client secret on its way from the form to the store. It prints,
// logs and marshals as "[redacted]". In an unexported field these methods are
// not called by package fmt: hold a pointer there.
type Secret string

// redacted stands in place of a secret.
const redacted = "[redacted]"

// String hides the secret.
func (Secret) String() string { return redacted }

// GoString hides the secret.
func (Secret) GoString() string { return redacted }

// Format hides the secret whatever the verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText hides the secret.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue hides the secret.
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// Reveal gives the secret to who keeps it.
func (s Secret) Reveal() string { return string(s) }
