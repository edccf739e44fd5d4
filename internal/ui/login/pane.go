package login

import "zoomtui/internal/ui/kit"

// minWords is the narrowest column of words beside a QR code.
const minWords = 24

// pane is a side of the screen: a heading, a link from column 0, words, and the
// QR code beside or below them where there is room.
type pane struct {
	code  kit.QR
	link  string
	scan  string // what to say of the code when it is drawn; empty: the words say it
	head  func(w int) string
	words func(w int) []kit.Section
}

// draw sets the pane in w×h cells: the code beside everything, beside the words
// alone where the link needs the whole width, below them in a narrow window, or
// not at all.
func (p pane) draw(c kit.Context, w, h int) []string {
	if code, _ := p.code.Draw(c.QR, w-max(minWords, kit.Width(p.link))-2, h); code != nil {
		lw := w - kit.Width(code[0]) - 2
		return kit.Beside(kit.Stack(append(p.top(lw), p.told(c, lw)...), h), code, lw, w)
	}
	top := p.top(w)
	if code, _ := p.code.Draw(c.QR, w-minWords-2, h-rows(firm(top))); code != nil {
		lw := w - kit.Width(code[0]) - 2
		lines := kit.Stack(top, h-len(code))
		return append(lines, kit.Beside(kit.Stack(p.told(c, lw), h-len(lines)), code, lw, w)...)
	}
	all := append(top, p.told(c, w)...)
	if code, _ := p.code.Draw(c.QR, w, h-rows(firm(all))-1); code != nil {
		return append(append(kit.Stack(all, h-len(code)-1), ""), code...)
	}
	all = append(top, p.words(w)...)
	return kit.Stack(append(all, kit.Blank(8), kit.Section{Lines: p.note(c, w), Drop: 7}), h)
}

// firm is what a QR code beside or below must leave room for; the rest gives way.
func firm(sections []kit.Section) []kit.Section {
	var out []kit.Section
	for _, s := range sections {
		if s.Drop <= 3 {
			out = append(out, s)
		}
	}
	return out
}

func (p pane) top(w int) []kit.Section {
	return []kit.Section{{Lines: []string{p.head(w)}}, kit.Blank(9), {Lines: kit.LinkRows(p.link, w)}, kit.Blank(7)}
}

// told is the words with those about the code that is drawn.
func (p pane) told(c kit.Context, w int) []kit.Section {
	out := p.words(w)
	if p.scan != "" {
		out = append(out, kit.Blank(8), kit.Section{Lines: kit.IndentedDim(c.Styles, p.scan, 4, w), Drop: 4})
	}
	return out
}

// note says how to get the QR code that is not drawn.
func (p pane) note(c kit.Context, w int) []string {
	if p.code.Fits(c.QR, c.Columns, c.Rows) {
		return []string{"    " + kit.HintAs(c.Styles, c.Keys.QR, "shows the QR code, alone on the screen")}
	}
	_, needs := p.code.Draw(c.QR, w, 0)
	return kit.IndentedDim(c.Styles, "The QR code needs "+needs+": enlarge the window or make the font smaller.", 4, w)
}
