package scopes

import (
	"context"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/state"
)

// Lab is what the tab needs of the rest of the program.
type Lab interface {
	// Catalogue gives the table of operations; it is loaded with the first call.
	Catalogue() (*scope.Catalogue, error)
	// Try makes one read-only call.
	Try(ctx context.Context, p scope.Probe) scope.Outcome
}

// History tells of the sign-ins, the newest first. It asks nothing of Zoom.
type History interface {
	History(ctx context.Context) ([]state.HistoryRow, error)
}
