package scopes

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// seen is the sign-in that was looked at last; the next one is compared with it.
type seen struct {
	known  bool
	at     time.Time
	scopes []string
	asked  bool // the next one was asked for here
}

// news is what a sign-in has brought.
type news struct {
	diff  scope.Diff
	asked bool // somebody waits for it: also "nothing has changed" is told
}

// notice compares the sign-in with the one before. A token of account credentials
// counts as one.
func (m *Model) notice(st *state.State) {
	t := st.Tokens
	if !t.SignedIn || t.AccessFingerprint == "" {
		return // in between, or none
	}
	at := grantedAt(st)
	if m.seen.known && !at.Equal(m.seen.at) {
		diff := scope.Compare(m.seen.scopes, t.Scopes)
		if m.seen.asked || diff.Changed() || (diff.Before > 0) != (diff.After > 0) {
			m.news = &news{diff: diff, asked: m.seen.asked}
		}
		m.seen.asked = false
	}
	m.seen.known, m.seen.at, m.seen.scopes = true, at, slices.Clone(t.Scopes)
}

// grantedAt is when the scopes in use were granted: with a sign-in, as a refresh
// adds none; for account credentials with each token.
func grantedAt(st *state.State) time.Time {
	if st.Profile.ServerToServer() {
		return st.Tokens.ObtainedAt
	}
	return st.Tokens.SignedInAt
}

// grant is the word for what [grantedAt] is the time of.
func (s scene) grant() string {
	if s.st.Profile.ServerToServer() {
		return "token"
	}
	return "sign-in"
}

// signInKey is the key for a new token, in the words of the app.
func (m *Model) signInKey(st *state.State) key.Binding {
	k := m.keys.SignIn
	switch {
	case st.Tokens.Fixed:
		k.SetEnabled(false)
	case st.Profile.ServerToServer():
		k.SetHelp("L", "new token")
	case !st.Tokens.SignedIn:
		k.SetHelp("L", "sign in")
	}
	return k
}

// recheckAfter is how long Zoom is given to take a change of a Server-to-Server app
// before a new token is fetched; recheckMost is how often, which makes an hour.
const (
	recheckAfter = time.Minute
	recheckMost  = 60
)

// recheck is the wait for a Server-to-Server app's scopes to arrive.
type recheck struct {
	seq   int // of the wait; a timer of an older one is dropped
	at    time.Time
	tries int
	on    bool
}

// recheckDue says that the time is over.
type recheckDue struct{ seq int }

// signIn asks for a new sign-in, which is compared with this one. A Server-to-Server
// app gets a new token now, and, while the scope has not come, another every minute.
func (m *Model) signIn(s scene) tea.Cmd {
	if s.st.Tokens.Fixed {
		return kit.Ask(kit.SignInAgain{}) // the root says why not
	}
	m.news, m.seen.asked = nil, true
	ask := kit.Ask(kit.SignInAgain{})
	if _, ok := m.front().(*verdictPage); !ok || !s.st.Profile.ServerToServer() {
		return ask
	}
	m.recheck = recheck{seq: m.recheck.seq, on: true}
	return tea.Batch(ask, m.wait(s))
}

// wait starts the timer of the next look.
func (m *Model) wait(s scene) tea.Cmd {
	m.recheck.seq++
	m.recheck.at = s.st.Now.Add(recheckAfter)
	seq := m.recheck.seq
	return tea.Tick(recheckAfter, func(time.Time) tea.Msg { return recheckDue{seq} })
}

// onRecheck fetches another token unless the scope has come, the person has gone
// on to something else, or it has been an hour.
func (m *Model) onRecheck(msg recheckDue, s scene) tea.Cmd {
	m.sync(s.st)
	if !m.recheck.on || msg.seq != m.recheck.seq {
		return nil
	}
	p, ok := m.front().(*verdictPage)
	if ok {
		p.judge(s)
	}
	m.recheck.tries++
	if !ok || !p.lacks() || m.recheck.tries >= recheckMost {
		m.recheck.on = false
		return nil
	}
	m.seen.asked = true
	return tea.Batch(kit.Ask(kit.SignInAgain{}), m.wait(s))
}

// advice is what to look at where somebody has signed in for a scope and it has
// not come; none in all other cases.
func (m *Model) advice() []scope.Step {
	if m.news == nil || !m.news.asked {
		return nil
	}
	return m.news.diff.Advice(m.app)
}

// newsLines tell what the last sign-in has brought, and what comes next.
func (m *Model) newsLines(s scene, w int) []string {
	st := s.c.Styles
	var out []string
	switch n := m.news; {
	case n == nil && m.seen.asked && s.st.Renewing:
		out = append(out, " "+st.Dim.Render("Fetching a new token…"))
	case n == nil && m.seen.asked && s.st.RenewalProblem != nil:
		out = append(out, kit.Warning(st, "No new token: "+kit.Words(*s.st.RenewalProblem), w)...)
	case n != nil && n.diff.Changed():
		out = append(out, diffLines(st, n.diff, w)...)
	case n != nil:
		for i, l := range kit.Wrap(n.diff.String(), w-4) {
			mark := "   "
			if i == 0 {
				mark = " " + st.Warn.Render("●") + " "
			}
			out = append(out, mark+l)
		}
	}
	if m.recheck.on {
		left := kit.Countdown(m.recheck.at.Sub(s.st.Now))
		out = append(out, kit.Cut("   "+st.Dim.Render("A new token comes by itself in ")+left, w))
	}
	return out
}

// diffLines are the scopes that came and went.
func diffLines(st kit.Styles, d scope.Diff, w int) []string {
	head := " " + st.Good.Render("●") + fmt.Sprintf(" scopes %d → %d", d.Before, d.After)
	var changes []string
	for _, name := range d.Added {
		changes = append(changes, st.Good.Render("+")+" "+kit.CleanText(name))
	}
	for _, name := range d.Removed {
		changes = append(changes, st.Warn.Render("−")+" "+kit.CleanText(name))
	}
	if one := head + "  " + strings.Join(changes, "  "); kit.Width(one) < w {
		return []string{one}
	}
	const most = 5
	more := len(changes) - most
	lines := []string{head}
	for _, c := range changes[:min(len(changes), most)] {
		lines = append(lines, "   "+kit.Cut(c, w-4))
	}
	if more > 0 {
		lines = append(lines, "   "+st.Dim.Render(fmt.Sprintf("and %d more", more)))
	}
	return lines
}
