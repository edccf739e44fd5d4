package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// confirmDialog asks before something that cannot be taken back.
type confirmDialog struct {
	question string
	detail   string
	yes      tea.Cmd
}

func (m *Model) revokeDialog() *confirmDialog {
	if !m.st.Tokens.MovedAt.IsZero() {
		return &confirmDialog{
			question: "Delete what is left of this sign-in here?",
			detail: "The machine that it has moved to keeps it: Zoom is told nothing. The cached profile and meetings are deleted here; " +
				"the app's settings stay.",
			yes: kit.Ask(revokeNow{}),
		}
	}
	return &confirmDialog{
		question: "End this sign-in at Zoom and delete it here?",
		detail: "The access token and the refresh token stop working at once, also for scripts that use this profile. " +
			"The cached profile and meetings are deleted too; the app's settings stay.",
		yes: kit.Ask(revokeNow{}),
	}
}

func (d *confirmDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	if key.Matches(msg, keys.Yes) {
		return d.yes, true
	}
	return nil, msg.String() == "n"
}

func (d *confirmDialog) bindings(keys kit.Keys) []key.Binding {
	no := keys.Back
	no.SetHelp("esc", "no")
	return []key.Binding{keys.Yes, no}
}

func (d *confirmDialog) view(c kit.Context, w, h int) []string {
	lines := []string{" " + c.Styles.Strong.Render(kit.Cut(d.question, w-2)), ""}
	lines = append(lines, kit.Indented(d.detail, 1, w)...)
	no := c.Keys.Back
	return append(lines, "", " "+kit.Hint(c.Styles, c.Keys.Yes)+"    "+kit.HintAs(c.Styles, no, "no"))
}
