package kit

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Styles is every way of drawing that a screen may use. It is built once for
// a dark and once for a light terminal from a handful of semantic colours, so
// that no screen names a colour itself.
//
// Ticking digits are drawn without a pen on purpose: a change of a styled cell
// costs the terminal several times the bytes of an unstyled one.
type Styles struct {
	Dark bool

	Strong  Pen // the one thing to read first
	Title   Pen // the program's name
	Heading Pen // above a panel or a day
	Dim     Pen // secondary words
	Key     Pen // a key one may press
	Accent  Pen // the cursor, the current step
	Tab     Pen // the tab in front
	Rule    Pen // lines between panels
	Bar     Pen // what is left of a bar; the rest is drawn with Rule
	Good    Pen
	Warn    Pen
	Bad     Pen
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
		Strong:  newPen(base.Bold(true)),
		Title:   newPen(base.Bold(true).Foreground(p.accent)),
		Heading: newPen(base.Bold(true)),
		Dim:     newPen(base.Foreground(p.dim)),
		Key:     newPen(base.Bold(true).Foreground(p.accent)),
		Accent:  newPen(base.Bold(true).Foreground(p.accent)),
		Tab:     newPen(base.Bold(true).Underline(true).UnderlineSpaces(false).Foreground(p.accent)),
		Rule:    newPen(base.Foreground(p.rule)),
		Bar:     newPen(base.Foreground(p.accent)),
		Good:    newPen(base.Foreground(p.good)),
		Warn:    newPen(base.Foreground(p.warn)),
		Bad:     newPen(base.Bold(true).Foreground(p.bad)),
	}
}

// Pen draws text in one style. Lip Gloss works the style out once; a frame has
// a hundred pieces of styled text and only needs what stands around them.
type Pen struct{ before, after string }

// penMark stands for the text while the style is worked out.
const penMark = "x"

func newPen(style lipgloss.Style) Pen {
	before, after, _ := strings.Cut(style.Render(penMark), penMark)
	return Pen{before: before, after: after}
}

// Render draws text, which must be one line.
func (p Pen) Render(text string) string {
	if text == "" {
		return ""
	}
	return p.before + text + p.after
}
