package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// linkDialog shows a link where no browser can be opened: as text from column
// 0, and as a QR code where there is room. It copies nothing unasked: on the
// clipboard may be what the person takes to the page.
type linkDialog struct {
	link kit.OpenLink
	why  string
	code kit.QR
}

func newLinkDialog(link kit.OpenLink, why string) *linkDialog {
	return &linkDialog{link: link, why: why, code: kit.NewQR(link.URL)}
}

func (d *linkDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	switch {
	case d.link.Name != "" && key.Matches(msg, nameKey(keys)):
		return kit.Ask(kit.CopyText{Text: d.link.Name, What: d.link.Name}), false
	case key.Matches(msg, keys.Copy, keys.CopyLink):
		return kit.Ask(kit.CopyText{Text: d.link.URL, What: "the link"}), false
	case key.Matches(msg, keys.QR):
		return kit.Ask(kit.ShowQR{Codes: []kit.TitledQR{{Code: d.code, Title: d.link.Title}}}), false
	}
	return nil, false
}

// nameKey copies the name that is taken to the page; where there is none, its key
// copies the link.
func nameKey(keys kit.Keys) key.Binding {
	k := keys.CopyLink
	k.SetHelp(k.Help().Key, "copy name")
	return k
}

func (d *linkDialog) bindings(keys kit.Keys) []key.Binding {
	if d.link.Name != "" {
		return []key.Binding{keys.Back, nameKey(keys), keys.Copy, keys.QR}
	}
	return []key.Binding{keys.Back, keys.Copy, keys.QR}
}

func (d *linkDialog) view(c kit.Context, w, h int) []string {
	sections := []kit.Section{
		{Lines: []string{" " + c.Styles.Strong.Render(d.link.Title)}, Drop: 2},
		{Lines: kit.Indented(d.why, 1, w), Drop: 3},
	}
	if name := kit.CleanText(d.link.Name); name != "" {
		sections = append(sections, kit.Blank(5), kit.Section{Lines: []string{" " + kit.HintAs(c.Styles, nameKey(c.Keys), "copies the name for that page:")}, Drop: 1})
		sections = append(sections, kit.Section{Lines: kit.NameRows(name, w)})
	}
	sections = append(
		sections, kit.Blank(5),
		kit.Section{Lines: kit.LinkRows(d.link.URL, w)},
		kit.Blank(4),
		kit.Section{Lines: []string{" " + kit.HintAs(c.Styles, c.Keys.Copy, "copies the link; or select it above")}, Drop: 3},
	)
	hint := kit.Section{Lines: []string{" " + kit.HintAs(c.Styles, c.Keys.QR, "shows it as a QR code for the phone")}, Drop: 3}
	used := 0
	for _, s := range sections {
		used += len(s.Lines)
	}
	if code, _ := d.code.Draw(c.QR, w, h-used-1); len(code) > 0 {
		return kit.Stack(append(sections, kit.Section{Lines: append([]string{""}, code...)}), h)
	}
	sections = append(sections, hint)
	return kit.Stack(sections, h)
}
