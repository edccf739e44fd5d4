package main

import (
	"context"

	"zoomtui/internal/scope"
)

// scopeLab is what the scopes tab is given.
type scopeLab struct{ *opened }

// Catalogue gives the table of operations.
func (l scopeLab) Catalogue() (*scope.Catalogue, error) { return l.cli.table.get() }

// Try makes one read-only call. What the table says before it is of the token as
// it is stored now.
func (l scopeLab) Try(ctx context.Context, p scope.Probe) scope.Outcome {
	var app scope.App // nothing is known of the token: then the table says nothing
	if catalogue, err := l.Catalogue(); err == nil {
		if stored, err := l.storedApp(ctx, catalogue); err == nil {
			app = stored
		}
	}
	return l.try(ctx, app, p)
}
