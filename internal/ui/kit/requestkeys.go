package kit

import "charm.land/bubbles/v2/key"

// Look asks the tab in front to look whether what it shows has changed. It comes
// once a second, and when the tab comes to the front.
type Look struct{}

// RequestKeys are the keys of the requests tab that no other screen has.
type RequestKeys struct {
	Open, Console, Export, Verdict key.Binding // the list
	Curl, Replay, Other, Headers   key.Binding // one call
	Unfiltered, Steps              key.Binding
	Complete, Enter                key.Binding // the console
	Older, Newer                   key.Binding
	Send, Edit, Bare               key.Binding // before a writing call
}

// NewRequestKeys returns them.
func NewRequestKeys() RequestKeys {
	return RequestKeys{
		Open:       bind("enter", "open", "enter"),
		Console:    bind(":", "make a call", ":"),
		Export:     bind("x", "export as HAR", "x"),
		Verdict:    bind("s", "which scope", "s"),
		Curl:       bind("y", "copy as curl", "y"),
		Replay:     bind("r", "send again", "r"),
		Other:      bind("tab", "other side", "tab", "shift+tab"),
		Headers:    bind("a", "all headers", "a"),
		Unfiltered: bind("f", "whole answer", "f"),
		Steps:      bind("e", "what to do", "e"),
		Complete:   bind("tab", "complete", "tab"),
		Enter:      bind("enter", "send", "enter"),
		Older:      bind("ctrl+p", "line before", "ctrl+p"),
		Newer:      bind("ctrl+n", "line after", "ctrl+n"),
		Send:       bind("y", "send it", "y"),
		Edit:       bind("e", "edit the body", "e"),
		Bare:       bind("b", "send without a body", "b"),
	}
}
