package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

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
		return kit.Ask(kit.ShowQR{Codes: []kit.TitledQR{{Code: d.code, Title: d.title}}}), false
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
