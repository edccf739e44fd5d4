package main

import (
	"fmt"
	"sync"

	"zoomtui/internal/scope"
)

// scopeTable loads the catalogue of operations when it is first needed, and once.
type scopeTable struct {
	mu        sync.Mutex
	catalogue *scope.Catalogue
}

// get gives the catalogue. It is safe for concurrent use.
func (t *scopeTable) get() (*scope.Catalogue, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.catalogue == nil {
		c, err := scope.Load()
		if err != nil {
			return nil, fmt.Errorf("load the table of scopes: %w", err)
		}
		t.catalogue = c
	}
	return t.catalogue, nil
}
