package kit

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/agenda"
)

// pageRows is how far the page keys move: a constant, because the height of
// the list is known only while it is drawn.
const pageRows = 10

// Key moves the cursor; it says whether the key was one that does.
func (l *List) Key(msg tea.KeyPressMsg, keys Keys) bool {
	switch {
	case key.Matches(msg, keys.Down):
		l.Move(1)
	case key.Matches(msg, keys.Up):
		l.Move(-1)
	case key.Matches(msg, keys.Top):
		l.MoveTo(0)
	case key.Matches(msg, keys.Bottom):
		l.MoveTo(l.rows - 1)
	case key.Matches(msg, keys.PageDown):
		l.Move(pageRows)
	case key.Matches(msg, keys.PageUp):
		l.Move(-pageRows)
	default:
		return false
	}
	return true
}

// MeetingKey is what a key does with the meeting under the cursor.
func MeetingKey(msg tea.KeyPressMsg, m *agenda.Meeting, keys Keys) tea.Cmd {
	if m == nil {
		return nil
	}
	if key.Matches(msg, keys.CopyID) {
		return Ask(CopyText{Text: fmt.Sprint(m.ID), What: "the meeting id " + fmt.Sprint(m.ID)})
	}
	if m.JoinURL == "" {
		if key.Matches(msg, keys.Join, keys.CopyLink, keys.QR) {
			return Ask(Notify{Text: "Zoom sent no link for this meeting."})
		}
		return nil
	}
	switch {
	case key.Matches(msg, keys.Join):
		return Ask(OpenLink{URL: m.JoinURL, Title: m.Topic})
	case key.Matches(msg, keys.CopyLink):
		return Ask(CopyText{Text: m.JoinURL, What: "the join link"})
	case key.Matches(msg, keys.QR):
		return Ask(ShowQR{URL: m.JoinURL, Title: m.Topic})
	}
	return nil
}

// MeetingBindings are the keys of MeetingKey that work for m.
func MeetingBindings(m *agenda.Meeting, keys Keys) []key.Binding {
	if m == nil {
		return nil
	}
	out := []key.Binding{}
	if m.JoinURL != "" {
		out = append(out, keys.Join, keys.CopyLink, keys.QR)
	}
	return append(out, keys.CopyID, keys.Down, keys.Up, keys.Top, keys.Bottom, keys.PageDown, keys.PageUp)
}

// MeetingHints draws the meeting keys side by side, for the place where the
// meeting is.
func MeetingHints(st Styles, keys Keys) string {
	return strings.Join([]string{Hint(st, keys.Join), Hint(st, keys.CopyLink), Hint(st, keys.QR)}, "   ")
}
