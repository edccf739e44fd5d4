package kit

import "charm.land/bubbles/v2/key"

// TokenKeys are the keys of the token tab that no other screen has.
type TokenKeys struct {
	CopyToken, Compare key.Binding
	Use, Empty, Leave  key.Binding // of the box for another token
	Another, Forget    key.Binding // once there is one
	Probe, Ask, Stop   key.Binding
}

// NewTokenKeys returns them.
func NewTokenKeys() TokenKeys {
	return TokenKeys{
		CopyToken: bind("y", "copy token", "y"),
		Compare:   bind("c", "compare with another", "c"),
		Use:       bind("enter", "compare", "enter"),
		Empty:     bind("ctrl+u", "empty the box", "ctrl+u"),
		Leave:     bind("esc", "back", "esc"),
		Another:   bind("c", "another token", "c"),
		Forget:    bind("esc", "forget it", "esc"),
		Probe:     bind("p", "probe", "p"),
		Ask:       bind("enter", "send it and ask Zoom", "enter"),
		Stop:      bind("esc", "stop", "esc"),
	}
}
