package scopes

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// verdictPage is the answer about one call.
type verdictPage struct {
	method, path string      // as called; both empty: Zoom's answer names no call
	live         *scope.Live // Zoom's answer; nil: it was not asked
	askedAt      time.Time   // when the scopes in use were granted that the question was put with
	revision     int         // of the model's facts that the verdict was made of
	verdict      scope.Verdict
	past         *scope.Live // an answer from before this sign-in, which counts no more
	trying       int         // the number of a call under way; 0: none
	triedAt      time.Time   // when the scopes in use were granted that it is made with
	tried        *scope.Outcome
	pager        kit.Pager
	nearest      calls // of an unknown endpoint
}

func newVerdictPage(method, path string, live *scope.Live) *verdictPage {
	return &verdictPage{method: method, path: path, live: live}
}

// examine judges a call for another tab, to which esc leads back.
func (m *Model) examine(msg kit.Examine, s scene) tea.Cmd {
	m.sync(s.st)
	m.home()
	m.away = true
	return tea.Batch(m.load(), m.openVerdict(newVerdictPage(msg.Method, msg.Path, msg.Live), s))
}

// openVerdict brings a verdict to the front.
func (m *Model) openVerdict(p *verdictPage, s scene) tea.Cmd {
	m.news, m.recheck.on = nil, false
	p.askedAt = grantedAt(s.st)
	m.push(p)
	p.judge(s)
	return nil
}

// judge makes the verdict anew when the tokens or the table have changed. What
// Zoom answered before the sign-in that is there now is history.
func (p *verdictPage) judge(s scene) {
	if s.m.catalogue == nil || p.revision == s.m.revision {
		return
	}
	p.revision = s.m.revision
	p.past, p.tried = nil, nil
	live := p.live
	if live != nil && p.overtaken(s) {
		p.past, live = live, nil
	}
	p.verdict = s.m.catalogue.Judge(scope.Question{
		Method: p.method, Path: p.path, Live: live, App: s.m.app, Now: s.st.Now.In(s.st.Loc),
	})
	p.nearest.set(p.verdict.Nearest)
	if !p.lacks() {
		s.m.recheck.on = false
	}
}

// overtaken says whether somebody has signed in since Zoom's answer.
func (p *verdictPage) overtaken(s scene) bool {
	at := grantedAt(s.st)
	return s.st.Tokens.SignedIn && (at.After(p.askedAt) || !p.live.At.IsZero() && at.After(p.live.At))
}

// lacks says whether a new token may help.
func (p *verdictPage) lacks() bool {
	return p.verdict.Kind == scope.AddOne || p.verdict.Kind == scope.OldSignIn
}

// probe is the call itself, where it only reads and names everything that it needs.
func (p *verdictPage) probe(s scene) (scope.Probe, bool) {
	path := p.path
	if rest, ok := strings.CutPrefix(path, "/users/{userId}"); ok {
		path = "/users/me" + rest
	}
	if !s.canAsk() || !s.m.app.SignedIn || !strings.EqualFold(p.method, "GET") || path == "" || strings.Contains(path, "{") {
		return scope.Probe{}, false
	}
	e := p.verdict.Endpoint
	if !p.verdict.Known {
		e = scope.Endpoint{Method: "GET", Path: path}
	}
	return scope.Probe{Endpoint: e, Path: path}, true
}

// owns claims r for the call itself.
func (p *verdictPage) owns(msg tea.KeyPressMsg, s scene) bool {
	if !key.Matches(msg, s.m.keys.TryCall) {
		return false
	}
	_, ok := p.probe(s)
	return ok
}

func (p *verdictPage) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	p.judge(s)
	k := s.m.keys
	name := p.toCopy()
	switch {
	case name != "" && key.Matches(msg, k.CopyName):
		return kit.Ask(kit.CopyText{Text: name, What: name}), true
	case p.owns(msg, s):
		return p.try(s), true
	case p.verdict.Known && key.Matches(msg, k.Mark):
		s.m.mark(p.verdict.Endpoint)
		return nil, true
	case len(p.nearest.rows) > 0:
		return p.nearest.key(msg, s)
	}
	return nil, p.pager.Key(msg, s.c.Keys)
}

// toCopy is the name that y copies: of the scope to add, or the one of another kind
// of app that a step speaks of.
func (p *verdictPage) toCopy() string {
	if p.verdict.Best != "" {
		return p.verdict.Best
	}
	for _, step := range p.verdict.Steps {
		if step.Act != scope.ActCopy {
			continue
		}
		longest := ""
		for _, a := range p.verdict.Alternatives {
			if len(a.Name) > len(longest) && strings.Contains(step.Text, a.Name) {
				longest = a.Name
			}
		}
		return longest
	}
	return ""
}

func (p *verdictPage) bindings(s scene) []key.Binding {
	p.judge(s)
	k := s.m.keys
	var out []key.Binding
	if p.toCopy() != "" {
		out = append(out, k.CopyName, k.Market)
	}
	if len(p.nearest.rows) > 0 {
		out = append(out, k.Open)
	}
	out = append(out, s.m.signInKey(s.st))
	if _, ok := p.probe(s); ok {
		out = append(out, k.TryCall)
	}
	out = append(out, s.c.Keys.Back)
	if p.verdict.Known {
		out = append(out, k.Mark)
	}
	if len(p.nearest.rows) > 0 {
		return append(out, p.nearest.bindings(s)...)
	}
	return append(out, p.pager.Bindings(s.c.Keys)...)
}
