package ui

import (
	"strings"
	"testing"

	"zoomtui/internal/ui/uitest"
)

// The answer to an older link is complete, so nobody has to press Enter to hear
// what is wrong with it.
func TestPasteOfAnOlderLinkIsJudgedAtOnce(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("d") // a paste belongs into the box, whatever is in front
		p.Paste("http://127.0.0.1:8976/callback?code=old&state=other")
		p.Shows("✗", "belongs to another sign-in", "code=old", "good for")
		p.Press("tab", "esc") // into the box and out of it: the text is the same
		p.Shows("✗", "belongs to another sign-in")
		p.Press("tab")
		p.Type("x")
		p.Hides("✗")
		p.Press("ctrl+u")
		p.Paste("code=good&state=x")
		p.Shows("Signed in")
	})
}

func TestRefusedPasteInASmallWindow(t *testing.T) {
	for _, height := range []int{10, 12} {
		w := everyWay()
		onEveryWay(t, w, func(p *uitest.Program) {
			p.Resize(40, height)
			p.Paste("http://127.0.0.1:8976/callback?code=old&state=other")
			p.Shows("✗", "belongs to another sign", "older link")
			p.Press("ctrl+u")
			p.Hides("✗")
			p.Shows("https://zoom.us/oauth/authorize?")
		})
	}
}

// A paste that is longer than a line discipline holds, wrapped by a terminal, is
// used as it came; the box shows one line of it.
func TestLongWrappedPaste(t *testing.T) {
	for _, width := range []int{40, 80} {
		w := everyWay()
		onEveryWay(t, w, func(p *uitest.Program) {
			p.Resize(width, 24)
			text := "http://127.0.0.1:8976/callback?state=x&pad=" + strings.Repeat("0123456789\n", 600) + "&code=good"
			p.Paste(text)
			if got := w.attempt.texts; len(got) != 1 || got[0] != text {
				t.Errorf("width %d: %d texts were used, want the one that was pasted", width, len(got))
			}
			p.Shows("Signed in")
		})
	}
}

func TestBoxShowsOneLineOfALongPaste(t *testing.T) {
	for _, width := range []int{40, 80, 120} {
		w := everyWay()
		onEveryWay(t, w, func(p *uitest.Program) {
			p.Resize(width, 24)
			p.Paste("\x1b[31m" + strings.Repeat("0123456789\n", 600) + "end")
			if shown := row(t, p, "▸ "); !strings.Contains(shown, "9end") || strings.Contains(shown, "[31m") {
				t.Errorf("width %d: the box shows %q", width, shown)
			}
			if cur := p.View().Cursor; cur == nil || cur.X >= width {
				t.Errorf("width %d: the cursor is at %+v", width, cur)
			}
		})
	}
}
