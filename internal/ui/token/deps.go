package token

import (
	"context"
	"errors"

	"zoomtui/internal/scope"
)

// ErrNoToken says that there is no token in a text.
var ErrNoToken = errors.New("there is no token in this text")

// Comparer looks into a token that was pasted. It stores and logs nothing of it.
type Comparer interface {
	// Read finds the token in a text: the token alone, a header, a curl line or a
	// token answer. It sends nothing. The text is overwritten when Read returns; so
	// is what was kept of it when ctx, the profile's, ends. [ErrNoToken]: there is
	// none in it.
	Read(ctx context.Context, text []byte) (Other, error)
}

// Other is a token that was pasted, compared with the one in use. It holds the
// token and shows it to nobody.
type Other interface {
	Comparison() Comparison
	// Plan is what a probe would do. It asks nothing of Zoom.
	Plan(ctx context.Context) (Plan, error)
	// Try makes one read-only call with the pasted token, which it sends to the
	// host of the plan; TryOurs makes the same call with the token in use.
	Try(ctx context.Context, p scope.Probe) scope.Outcome
	TryOurs(ctx context.Context, p scope.Probe) scope.Outcome
	// Forget overwrites the token. Try sends nothing any more.
	Forget()
}

// Plan is a probe before it is made.
type Plan struct {
	Host  string // where the pasted token would be sent
	Calls []scope.Probe
}
