package kit

import (
	"time"

	"zoomtui/internal/agenda"
)

// Agenda is the list of meetings that the dashboard and the meetings tab draw:
// headings for days, a row for each meeting.
type Agenda struct {
	List
	entries []entry
}

type entry struct {
	heading string // not empty: a heading
	meeting *agenda.Meeting
}

// SetDays takes the meetings by day and puts the cursor on keep, if it is among
// them.
func (a *Agenda) SetDays(days []agenda.Day, keep *agenda.Meeting) {
	a.entries = a.entries[:0]
	var heads []int
	at := -1
	for g := range days {
		heads = append(heads, len(a.entries))
		a.entries = append(a.entries, entry{heading: days[g].Title})
		for i := range days[g].Meetings {
			m := &days[g].Meetings[i]
			if keep != nil && m.ID == keep.ID && m.Start.Equal(keep.Start) {
				at = len(a.entries)
			}
			a.entries = append(a.entries, entry{meeting: m})
		}
	}
	a.SetRows(len(a.entries), heads)
	if at >= 0 {
		a.MoveTo(at)
	}
}

// Selected is the meeting under the cursor, or nil.
func (a *Agenda) Selected() *agenda.Meeting {
	at := a.Cursor()
	if at < 0 || at >= len(a.entries) {
		return nil
	}
	return a.entries[at].meeting
}

// Len is the number of rows, headings included.
func (a *Agenda) Len() int { return len(a.entries) }

// View draws the rows in sight: h lines of w cells at most.
func (a *Agenda) View(st Styles, now time.Time, loc *time.Location, w, h int) []string {
	first, end := a.Window(h)
	var out []string
	for i := first; i < end; i++ {
		e := a.entries[i]
		if e.heading != "" {
			if i < end-1 { // a heading with nothing below it in sight says nothing
				out = append(out, " "+st.Heading.Render(e.heading))
			}
			continue
		}
		mark := "   "
		if i == a.Cursor() {
			mark = " " + st.Accent.Render("▸") + " "
		}
		out = append(out, mark+MeetingRow(st, *e.meeting, now, loc, w-4))
	}
	return out
}

// The columns of a meeting's row, in cells.
const (
	untilCells = 7
	timeCells  = 13
	roleCells  = 6
	noteCells  = 12
)

// MeetingRow draws one meeting in w cells: how soon, when, what, whose. What
// does not fit goes in the order of its use: the note first, then the role.
func MeetingRow(st Styles, m agenda.Meeting, now time.Time, loc *time.Location, w int) string {
	until, note := "", ""
	switch {
	case !m.HasStart:
		until = "any"
	case m.Running(now):
		until = st.Good.Render("now")
		note = agenda.Left(m.End, now)
	default:
		until = agenda.Until(m.Start.Sub(now))
	}
	if note == "" && m.Recurring {
		note = st.Dim.Render("repeats")
	}
	fixed := untilCells + 2 + timeCells + 2
	topic := w - fixed - 2 - roleCells - 2 - noteCells
	showRole, showNote := true, true
	if topic < 16 {
		showNote = false
		topic += noteCells + 2
	}
	if topic < 14 {
		showRole = false
		topic += roleCells + 2
	}
	row := FitRight(until, untilCells) + "  " + Fit(agenda.Span(m, loc), timeCells) + "  "
	if topic < 10 { // a narrow window: the topic is worth more than the end
		row = FitRight(until, untilCells) + "  " + Fit(m.Topic, w-untilCells-2)
		return row
	}
	row += Fit(m.Topic, topic)
	if showRole {
		row += "  " + Fit(st.Dim.Render(string(m.Role)), roleCells)
	}
	if showNote {
		row += "  " + Fit(note, noteCells)
	}
	return row
}
