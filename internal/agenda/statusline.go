package agenda

import (
	"strconv"
	"strings"
)

// Line is a glance with what it takes to write it down. Title and JoinURL are foreign text: whoever makes a Line has tamed
// them and cut the title to the room there is; a Line only keeps them from being read as markup of the bar.
type Line struct {
	Glance
	Title   string // "" if there is no meeting
	JoinURL string
	Note    string // what else a person should know; "" for nothing
	Moved   bool   // SignedOut because another machine has the sign-in now
	Viewer  Viewer
}

// In is how long until the meeting: "12 min", or "now"; "" without a meeting.
func (l Line) In() string {
	if l.Meeting == nil {
		return ""
	}
	return In(l.Meeting.Start.Sub(l.Viewer.Now))
}

// Start is when the meeting begins, in the viewer's zone: "14:00", with the day if that is not today: "Mon 23 Nov 10:00".
func (l Line) Start() string {
	if l.Meeting == nil {
		return ""
	}
	return l.day() + l.Meeting.Start.In(l.Viewer.Zone).Format("15:04")
}

// day is the day of the meeting and a blank; "" if it is today or runs.
func (l Line) day() string {
	at, today := dateOf(l.Meeting.Start, l.Viewer.Zone), dateOf(l.Viewer.Now, l.Viewer.Zone)
	if at == today || l.Meeting.Running(l.Viewer.Now) {
		return ""
	}
	day := at.noon(l.Viewer.Zone).Format("Mon 2 Jan ")
	if at.year != today.year {
		day += strconv.Itoa(at.year) + " "
	}
	return day
}

// Plain is the line for a person at a terminal: "in 12 min  14:00–14:30  Weekly sync"; "" without a meeting.
func (l Line) Plain() string {
	if l.Meeting == nil {
		return ""
	}
	return l.until() + "  " + l.day() + Span(*l.Meeting, l.Viewer.Zone) + "  " + l.Title
}

// until is how long until the meeting, in words that can stand alone.
func (l Line) until() string {
	if !l.Meeting.Running(l.Viewer.Now) {
		return "in " + l.In()
	}
	if left := Left(l.Meeting.End, l.Viewer.Now); left != "" {
		return "now, " + left
	}
	return "now"
}

// Age says how old what is known is: "data 13 h old", or "no data yet"; "" unless the state is [Stale].
func (l Line) Age() string {
	switch {
	case l.State != Stale:
		return ""
	case l.AsOf.IsZero():
		return "no data yet"
	default:
		return "data " + In(l.Viewer.Now.Sub(l.AsOf)) + " old"
	}
}

// text is the line for a bar, its title as the bar wants it. What a person has to know or do is never an empty line; that
// nothing is due is.
func (l Line) text(escape func(string) string) string {
	switch age := l.Age(); {
	case l.State == SignedOut && l.Moved:
		return "Zoom: moved away"
	case l.State == SignedOut:
		return "Zoom: sign in"
	case l.Meeting != nil && age != "":
		return l.In() + " " + escape(l.Title) + " (" + age + ")"
	case l.Meeting != nil:
		return l.In() + " " + escape(l.Title)
	case age != "":
		return "Zoom: " + age
	default:
		return ""
	}
}

// Waybar is what a custom module of Waybar with return-type json reads (man 5 waybar-custom). Text and tooltip are Pango
// markup.
type Waybar struct {
	Text    string `json:"text"`
	Alt     string `json:"alt"` // for format-icons
	Tooltip string `json:"tooltip"`
	Class   State  `json:"class"`
}

// Waybar is the line for Waybar.
func (l Line) Waybar() Waybar {
	return Waybar{Text: l.text(escapePango), Alt: string(l.State), Tooltip: strings.Join(l.tooltip(), "\n"), Class: l.State}
}

// tooltip is what a person reads who points at the line.
func (l Line) tooltip() []string {
	var lines []string
	if l.Meeting != nil {
		lines = append(lines, escapePango(l.Title), l.until()+", "+l.day()+Span(*l.Meeting, l.Viewer.Zone))
	}
	switch {
	case l.State == SignedOut && l.Moved:
		lines = append(lines, "The sign-in has moved to another machine and is used there.")
	case l.State == SignedOut:
		lines = append(lines, "Sign in again: zoomtui login")
	case l.State == Stale && l.AsOf.IsZero():
		lines = append(lines, "Nothing is known of the meetings yet. The dashboard asks for them: zoomtui")
	case l.State == Stale:
		lines = append(lines, "As of "+l.AsOf.In(l.Viewer.Zone).Format("Mon 2 Jan 15:04")+". The dashboard renews it: zoomtui")
	case l.Meeting == nil:
		lines = append(lines, "No meeting is coming up.")
	}
	if l.Note != "" {
		lines = append(lines, escapePango(l.Note))
	}
	return lines
}

// Tmux is the line for #(…) in tmux's status-left and status-right, where formats and styles begin with #.
func (l Line) Tmux() string { return l.text(escapeTmux) }

// Polybar is the line for a custom/script module of Polybar, where formatting tags begin with %{.
func (l Line) Polybar() string { return l.text(escapePolybar) }

// escapePango keeps text from being read as markup (GLib, g_markup_escape_text).
func escapePango(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(s)
}

// escapeTmux doubles what begins a format, so that tmux draws it (man tmux, FORMATS and STYLES). Of several in a row one is
// left: how many tmux makes of them depends on its version and on what follows.
func escapeTmux(s string) string {
	if !strings.Contains(s, "#") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		switch {
		case s[i] != '#':
			b.WriteByte(s[i])
		case i == 0 || s[i-1] != '#':
			b.WriteString("##")
		}
	}
	return b.String()
}

// escapePolybar parts the two characters that begin a tag: Polybar knows no way to write them as they are.
func escapePolybar(s string) string { return strings.ReplaceAll(s, "%{", "% {") }
