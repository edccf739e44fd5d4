package kit

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Styles is every way of drawing that a screen may use. It is built once for
// a dark and once for a light terminal from a handful of semantic colours, so
// that no screen names a colour itself.
//
// Ticking digits are drawn in Plain on purpose: a change of a styled cell
// costs the terminal several times the bytes of an unstyled one.
type Styles struct {
	Dark bool

	Plain   lipgloss.Style // the terminal's own colours
	Strong  lipgloss.Style // the one thing to read first
	Title   lipgloss.Style // the program's name
	Heading lipgloss.Style // above a panel or a day
	Dim     lipgloss.Style // secondary words
	Key     lipgloss.Style // a key one may press
	Accent  lipgloss.Style // the active tab, the cursor
	Rule    lipgloss.Style // lines between panels
	Bar     lipgloss.Style // the spent part of a bar keeps Rule
	Good    lipgloss.Style
	Warn    lipgloss.Style
	Bad     lipgloss.Style
	Link    lipgloss.Style
}

// palette holds the semantic colours. They are entries of the 256-colour
// table: short to send, present in every terminal, and readable on both
// grounds.
type palette struct {
	accent, dim, rule, good, warn, bad color.Color
}

func newPalette(dark bool) palette {
	if dark {
		return palette{
			accent: lipgloss.Color("75"),
			dim:    lipgloss.Color("246"),
			rule:   lipgloss.Color("239"),
			good:   lipgloss.Color("114"),
			warn:   lipgloss.Color("221"),
			bad:    lipgloss.Color("210"),
		}
	}
	return palette{
		accent: lipgloss.Color("25"),
		dim:    lipgloss.Color("241"),
		rule:   lipgloss.Color("250"),
		good:   lipgloss.Color("28"),
		warn:   lipgloss.Color("130"),
		bad:    lipgloss.Color("160"),
	}
}

// NewStyles builds the styles for a terminal whose background is dark or not.
func NewStyles(dark bool) Styles {
	p := newPalette(dark)
	base := lipgloss.NewStyle()
	return Styles{
		Dark:    dark,
		Plain:   base,
		Strong:  base.Bold(true),
		Title:   base.Bold(true).Foreground(p.accent),
		Heading: base.Bold(true),
		Dim:     base.Foreground(p.dim),
		Key:     base.Foreground(p.accent),
		Accent:  base.Bold(true).Foreground(p.accent),
		Rule:    base.Foreground(p.rule),
		Bar:     base.Foreground(p.accent),
		Good:    base.Foreground(p.good),
		Warn:    base.Foreground(p.warn),
		Bad:     base.Bold(true).Foreground(p.bad),
		Link:    base.Foreground(p.accent),
	}
}
