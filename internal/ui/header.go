package ui

import (
	"strings"

	"zoomtui/internal/agenda"
	"zoomtui/internal/ui/kit"
)

// tallHeader is the height from which the header may take three rows.
const tallHeader = 16

// header says which app, who, and what is next: what one looks at from afar.
func (m *Model) header(w, h int) []string {
	s := m.kit.Styles
	if m.login != nil {
		left := " " + s.Title.Render("zoomtui") + "  sign in"
		right := m.appLabel()
		if kit.Width(left)+kit.Width(right)+2 > w {
			right = m.st.Profile.Name
		}
		lines := []string{kit.Spread(left, s.Dim.Render(right)+" ", w)}
		if h >= tallHeader {
			lines = append(lines, kit.Fit("", w))
		}
		return lines
	}
	if h < tallHeader {
		left := " " + s.Title.Render("zoomtui") + "  " + m.signInState()
		return []string{kit.Spread(left, m.nextLabel()+" ", w)}
	}
	left := " " + s.Title.Render("zoomtui") + "  " + m.appLabel()
	right := kit.Cut(m.st.User.Name, w/3) + "  " + m.signInState() + " "
	return []string{
		kit.Spread(left, right, w),
		kit.Spread(m.tabLine(), m.nextLabel()+" ", w),
		s.Rule.Render(strings.Repeat("─", w)),
	}
}

func (m *Model) appLabel() string {
	p := m.st.Profile
	if p.Demo {
		return "demo · " + p.KindLabel() + " · not Zoom"
	}
	label := p.Name + " · " + p.KindLabel()
	if p.ClientTail != "" {
		label += " …" + p.ClientTail // by which apps are told apart
	}
	return label
}

func (m *Model) signInState() string {
	s := m.kit.Styles
	switch {
	case !m.st.Tokens.SignedIn || m.st.SignedOutWhy() != nil:
		return s.Bad.Render("○ signed out")
	case m.st.Offline():
		return s.Warn.Render("◌ offline")
	case m.st.SignInEndsSoon():
		return s.Warn.Render("● sign-in ends in " + kit.Countdown(m.st.Tokens.SignInEnds.Sub(m.st.Now)))
	default:
		return s.Good.Render("●") + " signed in"
	}
}

func (m *Model) tabLine() string {
	s := m.kit.Styles
	var b strings.Builder
	for i, t := range m.tabs {
		label := t.number + " " + t.title
		if i == m.tab {
			b.WriteString(" " + s.Tab.Render(label) + " ")
			continue
		}
		b.WriteString(" " + s.Key.Render(t.number) + " " + s.Dim.Render(t.title) + " ")
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

func (m *Model) windowTitle() string {
	if m.login != nil {
		return "zoomtui: sign in"
	}
	if m.st.SignedOutWhy() != nil {
		return "zoomtui: signed out"
	}
	return "zoomtui"
}
