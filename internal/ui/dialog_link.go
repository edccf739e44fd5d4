package ui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/qr"
	"zoomtui/internal/ui/kit"
)

// linkDialog shows a link where no browser can be opened: as text from column
// 0, and as a QR code where there is room.
type linkDialog struct {
	url, title, why string
	code            kit.QR
}

func newLinkDialog(url, title, why string) *linkDialog {
	return &linkDialog{url: url, title: title, why: why, code: kit.NewQR(url)}
}

func (d *linkDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, keys.Copy, keys.CopyLink):
		return kit.Ask(kit.CopyText{Text: d.url, What: "the link"}), false
	case key.Matches(msg, keys.QR):
		return kit.Ask(kit.ShowQR{Code: d.code, Title: d.title}), false
	}
	return nil, false
}

func (d *linkDialog) bindings(keys kit.Keys) []key.Binding {
	return []key.Binding{keys.Back, keys.Copy, keys.QR}
}

func (d *linkDialog) view(c kit.Context, w, h int) []string {
	sections := []kit.Section{
		{Lines: []string{" " + c.Styles.Strong.Render(d.title)}, Drop: 2},
		{Lines: kit.Indented(d.why, 1, w), Drop: 3},
		kit.Blank(5),
		{Lines: kit.LinkRows(d.url, w)},
		kit.Blank(4),
		{Lines: kit.Indented("The link was sent to the terminal's clipboard. Nothing pasted? Select it above.", 1, w), Drop: 3},
	}
	hint := kit.Section{Lines: []string{" " + kit.HintAs(c.Styles, c.Keys.QR, "shows it as a QR code for the phone")}, Drop: 3}
	used := 0
	for _, s := range sections {
		used += len(s.Lines)
	}
	if code, _ := d.code.Draw(c.QR, w, h-used-1); len(code) > 0 {
		return kit.Stack(append(sections, kit.Section{Lines: append([]string{""}, code...)}), h)
	}
	sections = append(sections, kit.Blank(4), hint)
	return kit.Stack(sections, h)
}

// qrDialog is a QR code alone on the screen.
type qrDialog struct {
	title  string
	code   kit.QR
	cycled int // how often other blocks were asked for; 0: the program chooses
}

func (d *qrDialog) wholeWindow() {}

func (d *qrDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	if key.Matches(msg, keys.CycleGlyphs) {
		d.cycled++
		return nil, false
	}
	return nil, key.Matches(msg, keys.QR)
}

func (d *qrDialog) bindings(keys kit.Keys) []key.Binding {
	return []key.Binding{keys.Back, keys.CycleGlyphs}
}

func (d *qrDialog) view(c kit.Context, w, h int) []string {
	code, needs := d.lines(c, w, h)
	hints := kit.Hint(c.Styles, c.Keys.Back) + "  " + kit.Hint(c.Styles, c.Keys.CycleGlyphs)
	if len(code) > 0 {
		left := max((w-kit.Width(code[0]))/2, 0)
		for i, l := range code {
			code[i] = kit.Fit("", left) + l
		}
		if len(code) < h {
			code = append(code, kit.Spread(" "+hints, c.Styles.Dim.Render(d.title), w-1))
		}
		return code
	}
	lines := []string{" " + c.Styles.Strong.Render(d.title), ""}
	lines = append(lines, kit.Indented("The QR code of this link needs "+needs+"; this window has "+
		strconv.Itoa(w)+"×"+strconv.Itoa(h)+".", 1, w)...)
	lines = append(lines, kit.Indented("Enlarge the window, or make the font smaller (Ctrl −): the code appears by itself.", 1, w)...)
	return append(lines, "", " "+hints)
}

// lines draws with the best blocks that the terminal is known to have, or with
// those that the person cycled to.
func (d *qrDialog) lines(c kit.Context, w, h int) (code []string, needs string) {
	if d.cycled == 0 {
		return d.code.Draw(c.QR, w, h)
	}
	all := qr.All()
	for i := range all {
		if code := d.code.DrawWith(all[(d.cycled+i)%len(all)], c.QR, w, h); code != nil {
			return code, ""
		}
	}
	return d.code.Draw(c.QR, w, h)
}
