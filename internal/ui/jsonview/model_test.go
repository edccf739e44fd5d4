package jsonview

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/jsontree"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/uitest"
)

// screen is a document alone in a window, as a model of Bubble Tea.
type screen struct {
	view    *Model
	c       kit.Context
	w, h    int
	asked   []tea.Msg // what was asked of the root
	refused []string  // keys that meant nothing
}

func (s *screen) Init() tea.Cmd { return nil }

func (s *screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
		return s, nil
	case kit.CopyText, kit.Notify:
		s.asked = append(s.asked, msg)
		return s, nil
	}
	cmd, handled := s.view.Update(msg, s.c)
	if press, ok := msg.(tea.KeyPressMsg); ok && !handled {
		s.refused = append(s.refused, press.String())
	}
	return s, cmd
}

func (s *screen) View() tea.View {
	f := s.view.View(s.c, s.w, s.h)
	return tea.NewView(strings.Join(kit.Block(f.Lines, s.w, s.h), "\n"))
}

// show opens a document in a window. It must be called in a synctest bubble.
func show(t *testing.T, text string, w, h int) (*uitest.Program, *screen) {
	t.Helper()
	doc, err := jsontree.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{view: New(doc), c: kit.Context{Keys: kit.NewKeys(), Styles: kit.NewStyles(true)}}
	return uitest.Start(t, s, w, h), s
}

// inBubble runs a test of a screen.
func inBubble(t *testing.T, text string, w, h int, f func(t *testing.T, p *uitest.Program, s *screen)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p, s := show(t, text, w, h)
		f(t, p, s)
	})
}

const sample = `{"page_size":300,"next_page_token":"","meetings":[{"id":81234567890,"topic":"設計レビュー \u7b2c3\u56de","recurring":true,` +
	`"join_url":"https:\/\/us02web.zoom.us\/j\/81234567890","agenda":"line one\nline two \u202egpj.exe` + "\x7f" + `"},{"id":2,"a b":null,"list":[]}],"empty":{}}`

// trimmed is a frame without blanks at the right and below.
func trimmed(frame string) string {
	lines := strings.Split(frame, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func TestView(t *testing.T) {
	t.Parallel()
	inBubble(t, sample, 60, 18, func(t *testing.T, p *uitest.Program, _ *screen) {
		want := `▌▾ { 4 keys
     page_size: 300
     next_page_token: ""
   ▾ meetings: [ 2
     ▾ 0: { 5 keys
         id: 81234567890
         topic: "設計レビュー 第3回"
         recurring: true
         join_url: "https://us02web.zoom.us/j/81234567890"
         agenda: "line one\nline two \u202egpj.exe"
     ▾ 1: { 3 keys
         id: 2
         "a b": null
         list: []
     empty: {}
 .                                                     1/15`
		if diff := cmp.Diff(want, trimmed(p.Frame())); diff != "" {
			t.Error(diff)
		}
		p.Press("C")
		p.Shows("▸ meetings: […] 2", "1/5")
		p.Press("j", "j", "j", "l", "j")
		p.Shows("▌    ▸ 0: {…} 5 keys", " .meetings[0] ", "5/7")
		p.Press("h")
		p.Shows("▌  ▾ meetings: [ 2")
		p.Press("h")
		p.Shows("▌  ▸ meetings: […] 2")
		p.Press("h", "enter")
		p.Shows("▌▸ {…} 4 keys", "1/1")
		p.Press("E", "G")
		p.Shows("▌    empty: {}", ".empty", "15/15")
	})
}

func TestNarrowWindowKeepsNamesAndValues(t *testing.T) {
	t.Parallel()
	inBubble(t, sample, 24, 8, func(t *testing.T, p *uitest.Program, _ *screen) {
		p.Press("j", "j", "j", "j", "j", "j")
		p.Shows(`topic: "設計レ…`, "…etings[0].topic")
	})
}

// TestEveryWindow: whatever the document and the window are, no line is too wide
// and the cursor is in sight.
func TestEveryWindow(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"深い深い深い深い":[`, 60) + `"` + strings.Repeat("会", 500) + `"` + strings.Repeat("]}", 60)
	long := `[` + strings.Repeat(`"x",`, 500) + `{"` + strings.Repeat("k", 300) + `":` + strings.Repeat("9", 300) + `}]`
	for name, text := range map[string]string{"sample": sample, "deep": deep, "long": long, "scalar": `"👨‍👩‍👧 family \ud83d"`} {
		for _, size := range [][2]int{{1, 1}, {3, 2}, {10, 3}, {40, 10}, {80, 24}, {200, 60}} {
			t.Run(fmt.Sprint(name, size), func(t *testing.T) {
				t.Parallel()
				inBubble(t, text, size[0], size[1], func(t *testing.T, p *uitest.Program, s *screen) {
					for _, keys := range [][]string{{"E"}, {"G"}, {"enter"}, {"esc"}, {"/"}, {"x", "enter"}, {"n"}, {"pgdown", "pgdown"}, {"C"}} {
						p.Press(keys...)
						f := s.view.View(s.c, size[0], size[1])
						if len(f.Lines) > size[1] {
							t.Fatalf("%v: %d lines in a window of %v", keys, len(f.Lines), size)
						}
						cursor := false
						for _, l := range f.Lines {
							if ansi.StringWidth(l) > max(size[0], 4) {
								t.Fatalf("%v: too wide for %v: %q", keys, size, ansi.Strip(l))
							}
							cursor = cursor || strings.Contains(l, cursorMark)
						}
						if !cursor && s.view.whole == nil && !s.view.Typing() {
							t.Fatalf("%v: the cursor is out of sight in %v:\n%s", keys, size, p.Frame())
						}
					}
				})
			})
		}
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	text := `{"page":1,"meetings":[` + strings.Repeat(`{"topic":"weekly","n":1},`, 40) + `{"topic":"other","n":2}]}`
	inBubble(t, text, 60, 12, func(t *testing.T, p *uitest.Program, s *screen) {
		p.Press("/")
		if !s.view.Typing() {
			t.Error("letters are no text")
		}
		p.Paste("WEEK")
		p.Type("ly")
		p.Shows(" / WEEKly")
		p.Press("enter")
		p.Shows(`topic: "weekly"`, `"WEEKly" 1 of 40`, ".meetings[0].topic")
		if !strings.Contains(p.Raw(), s.c.Styles.Tab.Render("weekly")) {
			t.Error("the text is not marked")
		}
		p.Press("n", "n")
		p.Shows("3 of 40", ".meetings[2].topic")
		p.Press("N", "N", "N")
		p.Shows("40 of 40", ".meetings[39].topic")
		p.Press("n")
		p.Shows("1 of 40")
		p.Press("G")
		p.Shows("40 found")
		p.Press("/")
		p.Type("nowhere")
		p.Press("enter")
		p.Shows("not found")
		for _, next := range []string{"esc", "n", "N", "C", "l", "p", "v", "j", "y"} {
			p.Press("/")
			p.Type("nowhere")
			p.Press("enter")
			p.Shows("not found")
			p.Press(next)
			p.Hides("not found")
			if s.view.whole != nil {
				p.Press("esc")
				p.Hides("not found")
			}
		}
		s.refused = nil
		p.Press("esc")
		if diff := cmp.Diff([]string{"esc"}, s.refused); diff != "" {
			t.Error(diff)
		}
	})
}

// TestSearchComesIn: hits are shown while the search goes on, and those of a
// search that was given up are not.
func TestSearchComesIn(t *testing.T) {
	t.Parallel()
	doc, err := jsontree.Parse([]byte(`["` + strings.Repeat("x", 2*searchStep) + `","hit",` + strings.Repeat(" ", searchStep) + `"hit"]`))
	if err != nil {
		t.Fatal(err)
	}
	c := kit.Context{Keys: kit.NewKeys(), Styles: kit.NewStyles(false)}
	m := New(doc)
	begin := func(text string) tea.Cmd {
		m.Update(uitest.Key("/"), c)
		m.input.SetValue(text)
		cmd, _ := m.Update(uitest.Key("enter"), c)
		return cmd
	}
	late := begin("given up")()
	cut := begin("given up, too")
	cmd := begin("hit")
	if msg := cut(); msg != nil {
		t.Errorf("a search that was given up goes on: %+v", msg)
	}
	if _, handled := m.Update(late, c); !handled || len(m.search.hits) > 0 || m.search.part > 0 {
		t.Error("what an older search brought was taken in")
	}
	status := func() string {
		lines := m.View(c, 60, 5).Lines
		return ansi.Strip(lines[len(lines)-1])
	}
	var seen []string
	for cmd != nil {
		cmd, _ = m.Update(cmd(), c)
		seen = append(seen, strings.Join(strings.Fields(status())[1:], " "))
	}
	if diff := cmp.Diff([]string{`"hit" 0 so far · 33 %`, `"hit" 0 so far · 67 %`, `"hit" 1 so far · 100 %`, `"hit" 1 of 2`}, seen); diff != "" {
		t.Error(diff)
	}
}

// TestSearchEndsWithEsc: nothing goes on behind a document that is left.
func TestSearchEndsWithEsc(t *testing.T) {
	t.Parallel()
	doc, err := jsontree.Parse([]byte(`["` + strings.Repeat("x", 2*searchStep) + `"]`))
	if err != nil {
		t.Fatal(err)
	}
	c := kit.Context{Keys: kit.NewKeys(), Styles: kit.NewStyles(false)}
	m := New(doc)
	m.Update(uitest.Key("/"), c)
	m.input.SetValue("hit")
	cmd, _ := m.Update(uitest.Key("enter"), c)
	next, _ := m.Update(cmd(), c)
	if _, handled := m.Update(uitest.Key("esc"), c); !handled || m.search != nil {
		t.Error("esc does not end the search")
	}
	if msg := next(); msg != nil {
		t.Errorf("the search goes on: %+v", msg)
	}
}

// TestDeepPath: of a path without end the last part is drawn, and it is that of the
// value under the cursor.
func TestDeepPath(t *testing.T) {
	t.Parallel()
	const depth = 3000
	inBubble(t, strings.Repeat(`{"a":`, depth)+`{"b":1,"c":2}`+strings.Repeat("}", depth), 40, 10, func(t *testing.T, p *uitest.Program, _ *screen) {
		p.Press("E", "G")
		p.Shows(".a.a.c ")
		p.Press("k")
		p.Shows(".a.a.b ")
		p.Hides(".a.a.c ")
		p.Press("g")
		p.Shows("▌▾ {")
	})
}

func TestWholeText(t *testing.T) {
	t.Parallel()
	text := `{"agenda":"` + strings.Repeat("word ", 30) + `\nsecond \u001b[31mline\u202e","big":"` + strings.Repeat("y", wholeBytes) + `\u00e9","n":` + strings.Repeat("7", 90) + `}`
	inBubble(t, text, 40, 10, func(t *testing.T, p *uitest.Program, s *screen) {
		p.Press("j", "enter")
		p.Shows(" .agenda", "word word word", " second line")
		p.Hides("\x1b", "\u202e", "▌")
		p.Press("v", "p", "esc")
		p.Shows("▌")
		p.Press("j", "enter", "G")
		p.Shows("… and 8 bytes more")
		p.Press("h", "j", "space")
		p.Shows("7777")
		p.Press("esc", "g", "j", "v")
		if len(s.asked) != 3 || !strings.Contains(s.asked[0].(kit.CopyText).Text, `\u001b[31m`) || s.asked[1].(kit.CopyText).Text != ".agenda" {
			t.Errorf("asked for %v", s.asked)
		}
	})
}

func TestCopy(t *testing.T) {
	t.Parallel()
	text := `{"a":"x \u4f1a\/","b":[1, 2],"c":"` + strings.Repeat("z", copyBytes) + `"}`
	inBubble(t, text, 60, 10, func(t *testing.T, p *uitest.Program, s *screen) {
		p.Press("j", "v", "p", "j", "v", "j", "j", "j", "v")
		var got []string
		for _, msg := range s.asked {
			switch msg := msg.(type) {
			case kit.CopyText:
				got = append(got, msg.Text)
			case kit.Notify:
				got = append(got, msg.Text)
			}
		}
		want := []string{"x 会/", ".a", "[1, 2]", fmt.Sprintf("This value has %d bytes, which is too much for a terminal's clipboard.", copyBytes+2)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// TestShownKeysWork: each key that is shown is taken, in every state.
func TestShownKeysWork(t *testing.T) {
	t.Parallel()
	states := map[string][]string{"box": nil, "text": {"j", "j"}, "search": {"/", "t", "enter"}, "whole": {"j", "enter"}}
	for name, keys := range states {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, sample, 60, 12, func(t *testing.T, p *uitest.Program, s *screen) {
				p.Press(keys...)
				for _, b := range s.view.Bindings(s.c.Keys) {
					for _, k := range b.Keys() {
						if k == "home" || k == "end" || k == "pgup" || k == "left" || k == "right" {
							continue // uitest cannot press these; their letters are tried
						}
						p2, s2 := show(t, sample, 60, 12)
						p2.Press(keys...)
						p2.Press(k)
						if len(s2.refused) > 0 {
							t.Errorf("%s is shown as %v and means nothing", k, b.Help())
						}
					}
				}
			})
		})
	}
}

func FuzzShown(f *testing.F) {
	f.Add(`"a\u4f1a\/\n\ud83d\ude00\ud83d"`, 5)
	f.Add("\"\x9b31m\u202e\"", 20)
	f.Add(`\u`, 3)
	f.Fuzz(func(t *testing.T, raw string, cells int) {
		got := shown([]byte(raw), cells%300)
		if w := ansi.StringWidth(got); w > max(cells%300, 0) {
			t.Errorf("%q takes %d cells, not %d", got, w, cells%300)
		}
		if strings.ContainsAny(got, "\x1b\u202e\u009b\x7f\n") {
			t.Errorf("%q reaches the terminal", got)
		}
	})
}
