package kit

import "charm.land/bubbles/v2/key"

// ScopeKeys are the keys of the scopes tab that no other screen has.
type ScopeKeys struct {
	Search, AllScopes, WhatIf key.Binding
	Probe, Past, Export       key.Binding
	Open, Mark, CopyName      key.Binding
	Market, SignIn, TryCall   key.Binding
	Choose, ToList            key.Binding // while the search is typed
	Few, All, Stop            key.Binding // of the probe
	Format                    key.Binding // of the export
}

// NewScopeKeys returns them.
func NewScopeKeys() ScopeKeys {
	return ScopeKeys{
		Search:    bind("/", "search", "/"),
		AllScopes: bind("m", "my scopes", "m"),
		WhatIf:    bind("w", "what if", "w"),
		Probe:     bind("p", "probe", "p"),
		Past:      bind("h", "sign-ins", "h"),
		Export:    bind("x", "export", "x"),
		Open:      bind("enter", "open", "enter"),
		Mark:      bind("space", "mark", "space"),
		CopyName:  bind("y", "copy name", "y"),
		Market:    bind("o", "Marketplace", "o"),
		SignIn:    bind("L", "sign in again", "L"),
		TryCall:   bind("r", "try the call", "r"),
		Choose:    bind("↑↓", "choose", "up", "down"),
		ToList:    bind("tab", "to the list", "tab"),
		Few:       bind("enter", "ask Zoom", "enter"),
		All:       bind("a", "ask for all", "a"),
		Stop:      bind("esc", "stop", "esc"),
		Format:    bind("x", "other form", "x"),
	}
}
