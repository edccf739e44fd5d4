package kit

import "charm.land/bubbles/v2/key"

// Keys is every key of the program, bound once. Footers and the help page are
// made from these bindings, so they cannot say anything else than what works.
type Keys struct {
	Quit, Help, Back               key.Binding
	Suspend, Redraw                key.Binding
	NextTab, PrevTab               key.Binding
	Tab2, Tabs, Scopes             key.Binding
	Up, Down, Top, Bottom          key.Binding
	PageUp, PageDown               key.Binding
	Renew, SignIn, Revoke          key.Binding
	Join, CopyLink, QR             key.Binding
	CopyID, Filter                 key.Binding
	Copy, Plain, Open, BrowserSays key.Binding
	Paste, Submit, Clear, Again    key.Binding
	Approve, Decline, Faults       key.Binding
	Yes                            key.Binding
	CycleGlyphs, OtherQR           key.Binding
	Device, Phone, Tunnel          key.Binding
	Profiles, Add, History         key.Binding
}

func bind(help, desc string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, desc))
}

// NewKeys returns the bindings of the program.
func NewKeys() Keys {
	return Keys{
		Quit:        bind("q", "quit", "q", "ctrl+c"),
		Help:        bind("?", "help", "?"),
		Back:        bind("esc", "back", "esc"),
		Suspend:     bind("ctrl+z", "suspend", "ctrl+z"),
		Redraw:      bind("ctrl+l", "draw anew", "ctrl+l"),
		NextTab:     bind("tab", "next tab", "tab"),
		PrevTab:     bind("shift+tab", "previous tab", "shift+tab"),
		Tab2:        bind("2", "all meetings", "2"),
		Tabs:        bind("1-5", "that tab", "1", "2", "3", "4", "5"),
		Scopes:      bind("s", "scopes", "s"),
		Up:          bind("k", "up", "k", "up"),
		Down:        bind("j", "down", "j", "down"),
		Top:         bind("g", "first", "g", "home"),
		Bottom:      bind("G", "last", "G", "end"),
		PageUp:      bind("pgup", "page up", "pgup", "ctrl+u", "ctrl+b"),
		PageDown:    bind("pgdn", "page down", "pgdown", "ctrl+d", "ctrl+f", "space"),
		Renew:       bind("r", "renew", "r"),
		SignIn:      bind("R", "sign in again", "R"),
		Revoke:      bind("x", "revoke", "x"),
		Join:        bind("enter", "join", "enter"),
		CopyLink:    bind("y", "copy link", "y"),
		QR:          bind("Q", "QR", "Q"),
		CopyID:      bind("i", "copy id", "i"),
		Filter:      bind("/", "filter", "/"),
		Copy:        bind("c", "copy link", "c"),
		Plain:       bind("p", "print it plain", "p"),
		Open:        bind("o", "open browser", "o"),
		BrowserSays: bind("e", "the browser shows an error", "e"),
		Paste:       bind("tab", "paste box", "tab"),
		Submit:      bind("enter", "use it", "enter"),
		Clear:       bind("ctrl+u", "empty the box", "ctrl+u"),
		Again:       bind("n", "new link", "n"),
		Approve:     bind("a", "allow as the user", "a"),
		Decline:     bind("D", "decline as the user", "D"),
		Faults:      bind("F", "break something", "F"),
		Yes:         bind("y", "yes", "y"),
		CycleGlyphs: bind("b", "other blocks", "b"),
		OtherQR:     bind("tab", "next code", "tab"),
		Device:      bind("d", "short code", "d"),
		Phone:       bind("l", "same network", "l"),
		Tunnel:      bind("s", "copy the ssh line", "s"),
		Profiles:    bind("P", "profile", "P"),
		Add:         bind("a", "add", "a"),
		History:     bind("H", "history", "H"),
	}
}
