package kit

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Pager shows a text that may be longer than its place.
type Pager struct {
	first int // the line that stands at the top
	lines int // how many there were in the newest frame, and how many had room
	room  int
}

// Key scrolls; it says whether the key was one that does.
func (p *Pager) Key(msg tea.KeyPressMsg, keys Keys) bool {
	last := max(p.lines-p.room, 0)
	switch {
	case key.Matches(msg, keys.Down):
		p.first = min(p.first+1, last)
	case key.Matches(msg, keys.Up):
		p.first = max(p.first-1, 0)
	case key.Matches(msg, keys.PageDown):
		p.first = min(p.first+p.page(), last)
	case key.Matches(msg, keys.PageUp):
		p.first = max(p.first-p.page(), 0)
	case key.Matches(msg, keys.Top):
		p.first = 0
	case key.Matches(msg, keys.Bottom):
		p.first = last
	default:
		return false
	}
	return true
}

// page is how many lines are in sight: the last row tells that there are more.
func (p *Pager) page() int { return max(p.room-1, 1) }

// Bindings are the keys that scroll; none while everything is in sight.
func (p *Pager) Bindings(keys Keys) []key.Binding {
	if p.lines <= p.room {
		return nil
	}
	return []key.Binding{keys.Down, keys.Up, keys.Top, keys.Bottom, keys.PageDown, keys.PageUp}
}

// View is the part of the lines in sight, at most h, with how many more there are.
func (p *Pager) View(c Context, lines []string, h int) []string {
	p.lines, p.room = len(lines), h
	p.first = min(p.first, max(p.lines-h, 0))
	lines = lines[p.first:]
	if len(lines) > h && h > 1 {
		more := "… " + strconv.Itoa(len(lines)-(h-1)) + " more"
		lines = append(lines[:h-1:h-1], " "+c.Styles.Dim.Render(more)+"  "+Hint(c.Styles, c.Keys.Down))
	}
	return lines
}
