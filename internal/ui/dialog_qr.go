package ui

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/qr"
	"zoomtui/internal/ui/kit"
)

// qrDialog is a QR code alone on the screen: the first that fits of those that
// are at hand, until the person chooses another.
type qrDialog struct {
	codes  []kit.TitledQR
	offers []kit.Offer
	chosen int // 1 and up: of codes; 0: the program chooses
	cycled int // how often other blocks were asked for; 0: the program chooses
	shown  int // what was drawn last, from which the person goes on
	drawn  struct {
		context kit.QRContext
		w, h    int
	} // and where
}

// showQR encodes outside Update, which it would hold up for some milliseconds.
func showQR(msg kit.ShowQR) tea.Cmd {
	return func() tea.Msg {
		codes := msg.Codes
		if msg.URL != "" {
			codes = []kit.TitledQR{{Code: kit.NewQR(msg.URL), Title: msg.Title}}
		}
		return dialogReady{&qrDialog{codes: codes, offers: msg.Offers}}
	}
}

// hideLinks closes the dialogs that show a link.
func (m *Model) hideLinks() {
	m.dialogs = slices.DeleteFunc(m.dialogs, func(d dialog) bool {
		switch d.(type) {
		case *qrDialog, *linkDialog:
			return true
		}
		return false
	})
}

func (d *qrDialog) wholeWindow() {}

func (d *qrDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	for _, o := range d.offers {
		if key.Matches(msg, o.Key) {
			return kit.Ask(o.Msg), true
		}
	}
	switch {
	case key.Matches(msg, keys.CycleGlyphs):
		d.cycle()
		return nil, false
	case len(d.codes) > 1 && key.Matches(msg, keys.OtherQR):
		d.chosen, d.cycled = (d.shown+1)%len(d.codes)+1, 0
		return nil, false
	}
	return nil, key.Matches(msg, keys.QR)
}

// cycle goes on to the next way to draw that looks other than the one on the
// screen: not each way fits, and the one that the program chose is among them.
func (d *qrDialog) cycle() {
	before := d.draw()
	for range len(drawings(d.drawn.context)) {
		d.cycled++
		if !slices.Equal(d.draw(), before) {
			return
		}
	}
}

// draw is the code as it stands on the screen.
func (d *qrDialog) draw() []string {
	lines, _ := d.lines(kit.Context{QR: d.drawn.context}, d.drawn.w, d.drawn.h)
	return lines
}

func (d *qrDialog) bindings(keys kit.Keys) []key.Binding {
	out := []key.Binding{keys.Back, keys.CycleGlyphs}
	if len(d.codes) > 1 {
		out = append(out, keys.OtherQR)
	}
	return out
}

func (d *qrDialog) view(c kit.Context, w, h int) []string {
	d.shown = d.pick(c, w, h)
	d.drawn.context, d.drawn.w, d.drawn.h = c.QR, w, h
	code, needs := d.lines(c, w, h)
	if len(code) == 0 {
		return d.tooLarge(c, needs, w, h)
	}
	left := max((w-kit.Width(code[0]))/2, 0)
	for i, l := range code {
		code[i] = kit.Fit("", left) + l
	}
	if len(code) < h {
		code = append(code, kit.Spread(" "+d.hints(c), c.Styles.Dim.Render(d.codes[d.shown].Title), w-1))
	}
	return append(code, kit.IndentedDim(c.Styles, d.codes[d.shown].Note, 1, w)...)
}

// pick is the code to draw: the one that was chosen, or the first that fits.
func (d *qrDialog) pick(c kit.Context, w, h int) int {
	if d.chosen > 0 {
		return d.chosen - 1
	}
	for i, code := range d.codes {
		if code.Code.Fits(c.QR, w, h) {
			return i
		}
	}
	return 0
}

func (d *qrDialog) hints(c kit.Context) string {
	var hints []string
	for _, b := range d.bindings(c.Keys) {
		hints = append(hints, kit.Hint(c.Styles, b))
	}
	return strings.Join(hints, "  ")
}

// tooLarge says what would have to be, and which keys lead to a smaller code.
func (d *qrDialog) tooLarge(c kit.Context, needs string, w, h int) []string {
	sections := []kit.Section{
		{Lines: []string{" " + c.Styles.Strong.Render(kit.Cut(d.codes[d.shown].Title, w-2))}},
		kit.Blank(2),
		{Lines: kit.Indented("This QR code needs "+needs+"; this window has "+
			strconv.Itoa(w)+"×"+strconv.Itoa(h)+".", 1, w)},
		{Lines: kit.Indented("Enlarge the window, or make the font smaller (Ctrl −): the code appears by itself.", 1, w), Drop: 1},
		kit.Blank(2),
	}
	for _, o := range d.offers {
		sections = append(sections, kit.Section{Lines: []string{" " + kit.HintAs(c.Styles, o.Key, o.Words)}})
	}
	return kit.Stack(append(sections, kit.Section{Lines: []string{" " + d.hints(c)}}), h)
}

// lines draws with the best blocks that the terminal is known to have, or with
// those that the person cycled to.
func (d *qrDialog) lines(c kit.Context, w, h int) (lines []string, needs string) {
	code := d.codes[d.shown].Code
	if d.cycled == 0 {
		return code.Draw(c.QR, w, h)
	}
	drawings := drawings(c.QR)
	for i := range drawings {
		drawing := drawings[(d.cycled+i)%len(drawings)]
		if lines := code.DrawWith(drawing.glyphs, drawing.context, w, h); lines != nil {
			return lines, ""
		}
	}
	return code.Draw(c.QR, w, h)
}

// drawing is a way to draw a code.
type drawing struct {
	glyphs  qr.Glyphs
	context kit.QRContext
}

// drawings are the ways to go through, the usual one first. Without colours a
// code has those of the terminal, and one whose background is not known, as in
// tmux, may be taken for dark: then each way is there in both polarities.
func drawings(c kit.QRContext) []drawing {
	var out []drawing
	for _, glyphs := range qr.All() {
		out = append(out, drawing{glyphs, c})
		if c.NoColor {
			inverse := c
			inverse.Dark = !c.Dark
			out = append(out, drawing{glyphs, inverse})
		}
	}
	return out
}
