package ui

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/uitest"
)

// benchLab is the scopes tab with its table.
func benchLab(b *testing.B) *Model {
	w := short()
	m := New(context.Background(), labDeps(&lab{})(w))
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	_, cmd := m.Update(uitest.Key("3"))
	m.Update(cmd())
	if m.View().Content == "" {
		b.Fatal("nothing is drawn")
	}
	return m
}

// BenchmarkPasteToVerdict takes an error of Zoom's from the clipboard to the drawn
// verdict.
func BenchmarkPasteToVerdict(b *testing.B) {
	m := benchLab(b)
	for b.Loop() {
		m.Update(tea.PasteMsg{Content: `{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings, meeting:read:list_upcoming_meetings:admin]."}`})
		_ = m.View()
		m.Update(uitest.Key("esc"))
		m.Update(uitest.Key("esc"))
	}
}

// BenchmarkSearchKey types a letter into the search over all calls, draws, and
// takes it back.
func BenchmarkSearchKey(b *testing.B) {
	m := benchLab(b)
	for _, k := range []string{"/", "m", "e", "e", "t", "i", "n"} {
		m.Update(uitest.Key(k))
	}
	for b.Loop() {
		m.Update(uitest.Key("g"))
		_ = m.View()
		m.Update(uitest.Key("backspace"))
		_ = m.View()
	}
}
