package jsonview

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/jsontree"
	"zoomtui/internal/ui/kit"
)

// searchStep is how many bytes one command searches: few enough to see how it goes.
const searchStep = 4 << 20

// search is a search whose hits come in.
type search struct {
	run  *jsontree.Search // used by the command under way only
	ctx  context.Context  // of the command under way
	stop context.CancelFunc
	text string
	hits []uint32 // in the order of the document
	part float64
	done bool
	// from is where the person was when a hit was asked for that has not come yet;
	// -1: none is awaited.
	from int
}

// found is what one command of a search brought.
type found struct {
	run *jsontree.Search
	jsontree.Found
}

// newSearch begins a search from where the person is.
func (m *Model) newSearch(text string) *search {
	s := &search{run: jsontree.NewSearch(m.doc, text), text: text, from: m.at}
	s.ctx, s.stop = context.WithCancel(context.Background())
	return s
}

// dropSearch ends the search, also the command of it that is under way. When the
// document itself is left, nobody takes the next hits in, and no other command
// follows.
func (m *Model) dropSearch() {
	if m.search != nil {
		m.search.stop()
		m.search = nil
	}
}

// step searches on in the background.
func (s *search) step() tea.Cmd {
	run, ctx := s.run, s.ctx
	return func() tea.Msg {
		got, err := run.Next(ctx, searchStep)
		if err != nil { // the search was dropped
			return nil
		}
		return found{run: run, Found: got}
	}
}

// inputKey handles a key while the text to search for is typed.
func (m *Model) inputKey(msg tea.KeyPressMsg, c kit.Context) (cmd tea.Cmd) {
	switch {
	case key.Matches(msg, c.Keys.Back):
		m.input.Blur()
	case key.Matches(msg, c.Keys.Submit):
		m.input.Blur()
		m.dropSearch()
		if text := m.input.Value(); text != "" {
			m.search = m.newSearch(text)
			return m.search.step()
		}
	default:
		m.input, cmd = m.input.Update(msg)
	}
	return cmd
}

// searchKey handles the keys that work while hits are shown.
func (m *Model) searchKey(msg tea.KeyPressMsg, c kit.Context) (tea.Cmd, bool) {
	switch s := m.search; {
	case key.Matches(msg, m.keys.NextHit):
		s.from = m.at + 1
		m.goOn()
	case key.Matches(msg, m.keys.PreviousHit):
		m.goBack()
	case key.Matches(msg, c.Keys.Back):
		m.dropSearch()
	default:
		return nil, m.move(msg, c.Keys)
	}
	return nil, true
}

// onFound takes hits in; the first one behind the cursor is gone to.
func (m *Model) onFound(msg found) tea.Cmd {
	s := m.search
	s.hits = append(s.hits, msg.Hits...)
	s.part, s.done = msg.Part, msg.Done
	m.goOn()
	if s.done {
		s.stop()
		return nil
	}
	return s.step()
}

// goOn goes to the first hit from the awaited place on, as soon as it is known;
// behind the last one, to the first.
func (m *Model) goOn() {
	s := m.search
	if s.from < 0 {
		return
	}
	at := sort.Search(len(s.hits), func(i int) bool { return int(s.hits[i]) >= s.from })
	switch {
	case at < len(s.hits):
	case !s.done:
		return
	case len(s.hits) == 0:
		s.from = -1
		return
	default:
		at = 0
	}
	s.from = -1
	m.goTo(int(s.hits[at]))
}

// goBack goes to the hit before the cursor; before the first one, to the last.
func (m *Model) goBack() {
	s := m.search
	if len(s.hits) == 0 {
		return
	}
	s.from = -1
	at := sort.Search(len(s.hits), func(i int) bool { return int(s.hits[i]) >= m.at }) - 1
	if at < 0 {
		at = len(s.hits) - 1
	}
	m.goTo(int(s.hits[at]))
}

// goTo opens the way to a value and puts the cursor on it.
func (m *Model) goTo(at int) {
	m.tree.Reveal(at)
	m.find(at)
}

// state says how the search stands: "3 of 17".
func (s *search) state(at int) string {
	total := strconv.Itoa(len(s.hits))
	switch {
	case !s.done:
		return fmt.Sprintf("%s so far · %.0f %%", total, 100*s.part)
	case s.vain():
		return "not found"
	case len(s.hits) == jsontree.MaxHits:
		total = "the first " + total
	}
	if i, ok := slices.BinarySearch(s.hits, uint32(at)); ok {
		return strconv.Itoa(i+1) + " of " + total
	}
	return total + " found"
}

// Settle drops a search that found nothing, once a key is pressed that is not for
// the document: it was read by then.
func (m *Model) Settle() {
	if m.search.vain() {
		m.dropSearch()
	}
}

// vain says whether a search has come to its end and found nothing.
func (s *search) vain() bool { return s != nil && s.done && len(s.hits) == 0 }

// hit says whether a value is one of the hits.
func (s *search) hit(at int) bool {
	if s == nil {
		return false
	}
	_, ok := slices.BinarySearch(s.hits, uint32(at))
	return ok
}
