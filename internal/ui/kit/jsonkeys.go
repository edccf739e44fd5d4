package kit

import "charm.land/bubbles/v2/key"

// JSONKeys are the keys of a JSON document on the screen.
type JSONKeys struct {
	Fold, Whole, Open, Close     key.Binding
	OpenAll, CloseAll            key.Binding
	Search, NextHit, PreviousHit key.Binding
	CopyValue, CopyPath          key.Binding
}

// NewJSONKeys returns the bindings of a JSON document.
func NewJSONKeys() JSONKeys {
	return JSONKeys{
		Fold:        bind("enter", "fold", "enter", "space"),
		Whole:       bind("enter", "whole text", "enter", "space"),
		Open:        bind("l", "open", "l", "right"),
		Close:       bind("h", "close", "h", "left"),
		OpenAll:     bind("E", "open all", "E"),
		CloseAll:    bind("C", "close all", "C"),
		Search:      bind("/", "search", "/"),
		NextHit:     bind("n", "next", "n"),
		PreviousHit: bind("N", "previous", "N"),
		CopyValue:   bind("v", "copy value", "v"),
		CopyPath:    bind("p", "copy path", "p"),
	}
}
