package ui

import (
	"math"
	"strings"

	"zoomtui/internal/agenda"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// tallHeader is the height from which the header may take three rows.
const tallHeader = 16

// header says which app, who, and what is next: what one looks at from afar.
func (m *Model) header(w, h int) []string {
	s := m.kit.Styles
	switch {
	case m.setup != nil:
		return m.titleLine("set up an app", m.setup.Step(), "", h)
	case m.login != nil:
		return m.titleLine("sign in", m.appLabel(math.MaxInt), m.st.Profile.Name, h)
	}
	if h < tallHeader {
		left, right := " "+s.Title.Render("zoomtui")+"  "+m.signInState(), m.nextLabel()
		if next, _ := m.st.Next(); next != nil && kit.Width(left)+kit.Width(right)+2 > w {
			right = ticking(agenda.Until(next.Start.Sub(m.st.Now))) // the badge is worth more than the words
		}
		return []string{kit.Spread(left, right+" ", w)}
	}
	left, right := " "+s.Title.Render("zoomtui")+"  ", kit.Cut(m.st.User.Name, w/3)+"  "+m.signInState()+" "
	label := m.appLabel(w - kit.Width(left) - 1 - kit.Width(right))
	return []string{
		kit.Spread(left+label, right, w),
		m.tabRow(w),
		s.Rule.Render(strings.Repeat("─", w)),
	}
}

// titleLine is the header of a screen of its own; short stands for right where
// there is no room for it.
func (m *Model) titleLine(title, right, short string, h int) []string {
	s, w := m.kit.Styles, m.width
	left := " " + s.Title.Render("zoomtui") + "  " + title
	if kit.Width(left)+kit.Width(right)+2 > w {
		right = short
	}
	lines := []string{kit.Spread(left, s.Dim.Render(right)+" ", w)}
	if h >= tallHeader {
		lines = append(lines, kit.Fit("", w))
	}
	return lines
}

// appLabel says which app this is, in at most w cells if its name has them. What
// is left out for want of room is left out whole: half an id tells no apps apart.
func (m *Model) appLabel(w int) string {
	p, rest := m.st.Profile, " …"+m.st.Profile.ClientTail // by which apps are told apart
	switch {
	case p.Demo:
		rest = " · not Zoom"
	case p.ClientTail == "":
		rest = ""
	}
	kind := p.Name + " · " + p.KindLabel()
	labels := []string{kind + rest, kind, p.Name}
	if p.Demo { // that it is made up is worth more than what kind it is
		labels[1] = p.Name + rest
	}
	for _, label := range labels[:2] {
		if kit.Width(label) <= w {
			return label
		}
	}
	return labels[2]
}

// signInState is the badge: the state of the sign-in or of the data, whichever
// is worse. It stays for as long as that holds.
func (m *Model) signInState() string {
	s, st := m.kit.Styles, &m.st
	switch st.Condition() {
	case state.Unreadable:
		return s.Bad.Render("✗ tokens unreadable")
	case state.Nobody, state.Ended:
		return s.Bad.Render("○ signed out")
	case state.Moved:
		return s.Bad.Render("○ moved away")
	case state.Refused:
		return s.Bad.Render("○ refused by Zoom")
	case state.Offline:
		return s.Warn.Render("◌ offline")
	case state.Old:
		return s.Warn.Render("● sign-in may be over")
	case state.Paused:
		until, _ := st.PausedUntil()
		return s.Warn.Render("◌ paused until " + st.Minute(until))
	case state.EndsSoon:
		return s.Warn.Render("● sign-in ends in " + kit.Days(st.Tokens.SignInEnds.Sub(st.Now)))
	case state.Stale:
		at, _ := st.OldestStale()
		return s.Warn.Render("◌ as of " + st.Minute(at))
	default:
	}
	if st.Profile.ServerToServer() {
		return s.Good.Render("●") + " account token"
	}
	return s.Good.Render("●") + " signed in"
}

// tabRow is the tabs and what is next. In a narrow window the next meeting loses
// its words, then the tabs at the back their names.
func (m *Model) tabRow(w int) string {
	next, _ := m.st.Next()
	all, few := m.tabLine(true), m.tabLine(false)
	right := m.nextLabel()
	short := kit.Cut(right, w-kit.Width(few)-2)
	if next != nil {
		short = ticking(agenda.Until(next.Start.Sub(m.st.Now)))
	}
	for _, row := range [][2]string{{all, right}, {all, short}, {few, right}} {
		if kit.Width(row[0])+kit.Width(row[1])+2 <= w {
			return kit.Spread(row[0], row[1]+" ", w)
		}
	}
	return kit.Spread(few, short+" ", w)
}

// tabLine is the tabs; only the one in front is sure to have its name.
func (m *Model) tabLine(names bool) string {
	s := m.kit.Styles
	var b strings.Builder
	for i, t := range m.tabs {
		switch {
		case i == m.tab:
			b.WriteString(" " + s.Tab.Render(t.number+" "+t.title) + " ")
		case names:
			b.WriteString(" " + s.Key.Render(t.number) + " " + s.Dim.Render(t.title) + " ")
		default:
			b.WriteString(" " + s.Key.Render(t.number) + " ")
		}
	}
	return b.String()
}

// nextLabel is the countdown to the next meeting, or what is running now.
func (m *Model) nextLabel() string {
	next, running := m.st.Next()
	switch {
	case next != nil:
		return m.kit.Styles.Strong.Render("next in") + " " + ticking(agenda.Until(next.Start.Sub(m.st.Now)))
	case running != nil:
		return "now: " + kit.Cut(running.Topic, 20)
	default:
		return ""
	}
}

// ticking keeps the digits of a running countdown in their place.
func ticking(text string) string {
	if len(text) < len("12:41") {
		return kit.FitRight(text, len("12:41"))
	}
	return text
}
