// Package uitest runs a Bubble Tea model without a terminal and without
// waiting: inside a testing/synctest bubble commands run until they block, and
// time passes only when a test says so. Every frame is checked to be exactly
// as large as the window.
package uitest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Program is a model at work.
type Program struct {
	t     testing.TB
	model tea.Model
	w, h  int

	mu    sync.Mutex
	inbox []tea.Msg
	Quit  bool     // the model asked to end
	Sent  []string // what was sent to the terminal's clipboard
	Raws  []string // what was sent to the terminal as it is
}

// Start runs Init and opens a window of w×h cells. It must be called inside a
// synctest bubble.
func Start(t testing.TB, model tea.Model, w, h int) *Program {
	t.Helper()
	p := &Program{t: t, model: model, w: w, h: h}
	t.Cleanup(func() { time.Sleep(time.Hour) }) // lets the timers under way fire: a bubble ends when all goroutines have
	_ = model.View()                            // Bubble Tea draws once before it knows the size
	p.run(model.Init())
	p.Resize(w, h)
	return p
}

// Resize changes the window.
func (p *Program) Resize(w, h int) {
	p.t.Helper()
	p.w, p.h = w, h
	p.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Send delivers a message and everything that follows from it at once.
func (p *Program) Send(msg tea.Msg) {
	p.t.Helper()
	p.update(msg)
	p.settle()
}

// Advance lets time pass: timers fire, a second at a time, as ticks do.
func (p *Program) Advance(d time.Duration) {
	p.t.Helper()
	for d > 0 {
		step := min(d, time.Second)
		time.Sleep(step) // the bubble's clock, not the machine's
		d -= step
		p.settle()
	}
}

// Press sends keys by their names: "r", "G", "enter", "ctrl+u", "tab".
func (p *Program) Press(names ...string) {
	p.t.Helper()
	for _, name := range names {
		p.Send(Key(name))
	}
}

// Type sends text letter by letter.
func (p *Program) Type(text string) {
	p.t.Helper()
	for _, r := range text {
		p.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Paste sends text as a bracketed paste.
func (p *Program) Paste(text string) {
	p.t.Helper()
	p.Send(tea.PasteMsg{Content: text})
}

// Frame is the window as plain text.
func (p *Program) Frame() string { return ansi.Strip(p.Raw()) }

// Raw is the window with its escape sequences.
func (p *Program) Raw() string {
	p.t.Helper()
	content := p.model.View().Content
	CheckFrame(p.t, content, p.w, p.h)
	return content
}

// View is the whole view of the model, with the cursor and the title.
func (p *Program) View() tea.View { return p.model.View() }

// Shows fails the test when the window does not hold the words.
func (p *Program) Shows(words ...string) {
	p.t.Helper()
	frame := p.Frame()
	for _, w := range words {
		if !strings.Contains(frame, w) {
			p.t.Errorf("the screen lacks %q:\n%s", w, frame)
		}
	}
}

// Hides fails the test when the window holds one of the words.
func (p *Program) Hides(words ...string) {
	p.t.Helper()
	frame := p.Frame()
	for _, w := range words {
		if strings.Contains(frame, w) {
			p.t.Errorf("the screen should not show %q:\n%s", w, frame)
		}
	}
}

func (p *Program) update(msg tea.Msg) {
	p.t.Helper()
	switch msg := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			p.run(cmd)
		}
		return
	case tea.QuitMsg:
		p.Quit = true
		return
	}
	if raw, ok := msg.(tea.RawMsg); ok {
		p.Raws = append(p.Raws, fmt.Sprint(raw.Msg))
		return
	}
	if text, ok := clipboard(msg); ok {
		p.Sent = append(p.Sent, text)
		return
	}
	var cmd tea.Cmd
	p.model, cmd = p.model.Update(msg)
	p.Raw()
	p.run(cmd)
}

// run starts a command; what it returns waits in the inbox.
func (p *Program) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.inbox = append(p.inbox, msg)
	}()
}

// settle delivers messages until every command has ended or is blocked.
func (p *Program) settle() {
	p.t.Helper()
	for {
		synctest.Wait()
		p.mu.Lock()
		msgs := p.inbox
		p.inbox = nil
		p.mu.Unlock()
		if len(msgs) == 0 {
			return
		}
		for _, msg := range msgs {
			p.update(msg)
		}
	}
}
