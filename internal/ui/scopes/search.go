package scopes

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// mostHits bounds a search; who needs more of them needs other words.
const mostHits = 100

// searchPage is one box for everything that people have at hand: words, a path, a
// whole call, a curl line, an error, a scope. What is found stands below while it
// is typed.
type searchPage struct {
	calls
	box   textinput.Model
	text  string // of the box, as it was when the hits were found
	query scope.Query
	says  scope.Kind // the verdict on an answer of Zoom's in the box; empty: there is none
	of    int        // and the revision of the model's facts that it was made of
}

// openSearch brings the box to the front, empty or with a paste in it.
func (m *Model) openSearch(text string, s scene) tea.Cmd {
	p, ok := m.front().(*searchPage)
	if !ok {
		p = &searchPage{box: kit.NewInput("words, a path, a curl line, an error, a scope")}
		m.push(p)
	}
	kit.StyleInput(&p.box, s.c.Styles)
	if text != "" {
		p.take(text, s)
	}
	p.find(s)
	return p.box.Focus()
}

// find searches when the text has changed, or the table has come.
func (p *searchPage) find(s scene) {
	if text := p.box.Value(); s.m.catalogue != nil && text != p.text {
		p.search(text, s)
		p.text = text
	}
	if p.query.Live != nil && p.of != s.m.revision {
		p.judge(s)
	}
}

// judge says what an answer of Zoom's means, as enter does.
func (p *searchPage) judge(s scene) {
	p.of, p.says = s.m.revision, ""
	if page := p.best(); page != nil {
		p.says = s.m.catalogue.Judge(scope.Question{Method: page.method, Path: page.path, Live: page.live, App: s.m.app, Now: s.st.Now}).Kind
	}
}

func (p *searchPage) search(text string, s scene) {
	p.query = scope.ReadQuery(text)
	hits := s.m.catalogue.Search(text, mostHits)
	rows := make([]scope.Endpoint, len(hits))
	for i, hit := range hits {
		rows[i] = hit.Endpoint
	}
	p.list = kit.List{}
	p.set(rows)
	p.bare, p.says, p.of = p.query.Live != nil, "", 0
}

func (p *searchPage) typing() bool { return p.box.Focused() }

func (p *searchPage) other(msg tea.Msg, _ scene) tea.Cmd {
	var cmd tea.Cmd
	p.box, cmd = p.box.Update(msg)
	hideIn(&p.box)
	return cmd
}

func (p *searchPage) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	if !p.typing() {
		if key.Matches(msg, s.m.keys.Open) {
			return p.open(s), true
		}
		return p.calls.key(msg, s)
	}
	switch {
	case key.Matches(msg, s.c.Keys.Back):
		p.box.Blur()
		return s.m.onBack(), true
	case key.Matches(msg, s.m.keys.Open):
		return p.open(s), true
	case key.Matches(msg, s.m.keys.ToList):
		if len(p.rows) > 0 {
			p.box.Blur()
		}
		return nil, true
	case msg.String() == "down":
		p.list.Move(1)
		return nil, true
	case msg.String() == "up":
		p.list.Move(-1)
		return nil, true
	case key.Matches(msg, s.c.Keys.Clear):
		p.box.SetValue("")
	default:
		cmd := p.other(msg, s)
		p.find(s)
		return cmd, true
	}
	p.find(s)
	return nil, true
}

// open judges the hit under the cursor; the first one stands for what was asked.
func (p *searchPage) open(s scene) tea.Cmd {
	if s.m.catalogue == nil || strings.TrimSpace(p.text) == "" {
		return nil
	}
	if p.list.Cursor() <= 0 {
		return p.openBest(s)
	}
	e, _ := p.selected()
	return s.m.openVerdict(newVerdictPage(e.Method, e.Path, p.query.Live), s)
}

// openBest judges what was asked.
func (p *searchPage) openBest(s scene) tea.Cmd {
	page := p.best()
	if page == nil {
		return nil
	}
	return s.m.openVerdict(page, s)
}

// best is what was asked: the call as it was written, with its ids; else the best
// hit; an answer of Zoom's by itself where it names no call. nil: there is none.
func (p *searchPage) best() *verdictPage {
	q := p.query
	var e scope.Endpoint
	found := len(p.rows) > 0
	if found {
		e = p.rows[0]
	}
	switch {
	case q.Path != "" && (q.Method != "" || !found):
		return newVerdictPage(q.Method, q.Path, q.Live)
	case q.Path != "":
		return newVerdictPage(e.Method, q.Path, q.Live)
	case q.Live != nil && len(p.rows) != 1:
		return newVerdictPage("", "", q.Live)
	case found:
		return newVerdictPage(e.Method, e.Path, q.Live)
	default:
		return nil
	}
}

func (p *searchPage) bindings(s scene) []key.Binding {
	k := s.m.keys
	if !p.typing() {
		return append(p.calls.bindings(s), k.Search)
	}
	var out []key.Binding
	if len(p.rows) > 0 || p.query.Path != "" || p.query.Live != nil {
		out = append(out, k.Open)
	}
	if len(p.rows) > 0 {
		out = append(out, k.Choose, k.ToList)
	}
	return append(out, s.c.Keys.Back, s.c.Keys.Clear)
}

func (p *searchPage) view(s scene, w, h int) kit.Frame {
	p.find(s)
	const label = " / "
	p.box.SetWidth(max(w-len(label)-2, 8))
	lines := []string{kit.Fit(s.c.Styles.Accent.Render(label)+p.box.View(), w)}
	frame := kit.Frame{}
	if cur := kit.InputCursor(p.box); cur != nil && p.typing() {
		cur.X += len(label)
		frame.Cursor = cur
	}
	lines = append(lines, lacksTable(s, w)...)
	lines = append(lines, p.understood(s, w)...)
	if h >= 12 {
		lines = append(lines, "")
	}
	if len(p.rows) > 0 {
		room := h - len(lines) - 1
		lines = append(lines, kit.Block(p.calls.view(s, w, room), w, room)...)
		lines = append(lines, kit.Cut(" "+p.legend(s), w))
	}
	frame.Lines = lines
	return frame
}

// understood says what the text was taken for, and what enter does with it.
func (p *searchPage) understood(s scene, w int) []string {
	q, enter := p.query, s.c.Styles.Key.Render("enter")
	text := strings.TrimSpace(p.text)
	var words string
	switch {
	case s.m.catalogue == nil:
		return nil
	case text == "":
		return kit.IndentedDim(s.c.Styles, "Whatever you have at hand: a word, GET /users/me/meetings, a whole address, a curl line, "+
			"the error as Zoom sent it, or the name of a scope. A paste of several lines is read at once.", 1, w)
	case q.Path != "":
		words = "The call " + strings.TrimSpace(q.Method+" "+q.Path)
	case q.Live != nil:
		words = "An answer of Zoom's"
	case q.Scope != "":
		words = "The scope " + q.Scope + ", " + p.grantedWords(s) + "; it opens"
	case len(p.rows) == 0:
		return kit.Indented("Nothing has these words. Try fewer, or the path of the call.", 1, w)
	}
	if words == "" {
		words = counted(len(p.rows), "call")
		if len(p.rows) == mostHits {
			words = "The best " + words
		}
		return []string{" " + s.c.Styles.Dim.Render(words)}
	}
	if p.says != "" {
		words += ": " + string(p.says)
	}
	hint := "  " + enter + " " + s.c.Styles.Dim.Render("verdict")
	return []string{kit.Cut(" "+kit.CleanText(words), w-kit.Width(hint)-1) + hint}
}

func (p *searchPage) grantedWords(s scene) string {
	for _, name := range s.m.app.Scopes {
		if name == p.query.Scope {
			return "granted ✓"
		}
	}
	if !s.m.app.ScopesKnown {
		return "granted or not, nobody knows"
	}
	return "not granted"
}
