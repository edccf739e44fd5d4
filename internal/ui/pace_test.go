package ui

import (
	"bytes"
	"context"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// tickerProbe looks for the renderer's ticker as the dashboard does, and quits.
type tickerProbe struct {
	program *tea.Program
	found   *time.Ticker
}

func (p *tickerProbe) Init() tea.Cmd { return nil }

func (p *tickerProbe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.WindowSizeMsg); !ok {
		return p, nil
	}
	p.found = rendererTicker(p.program)
	return p, tea.Quit
}

func (p *tickerProbe) View() tea.View { return tea.NewView("probe") }

// The pace of the renderer hangs on a private field of Bubble Tea. When a new
// version moves it, the program still works but wakes up sixty times a second:
// this test is how we hear of it.
func TestPacerFindsTheRenderersTicker(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	probe := &tickerProbe{}
	probe.program = tea.NewProgram(probe, tea.WithContext(ctx), tea.WithInput(nil),
		tea.WithOutput(&bytes.Buffer{}), tea.WithWindowSize(80, 24), tea.WithoutSignals())
	if _, err := probe.program.Run(); err != nil {
		t.Fatal(err)
	}
	if probe.found == nil {
		t.Fatalf("tea.Program has no field %q of type *time.Ticker any more: find another way to pace the renderer", tickerField)
	}
}

func TestPacerHurriesOnlyWhenTheFrameChanges(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // its time stands still while the frames are compared
		ticker := time.NewTicker(time.Hour)
		defer ticker.Stop()
		p := &pacer{ticker: ticker}
		defer p.stop()

		frame := tea.View{Content: "one"}
		begun := time.Now()
		p.changed(frame)
		<-ticker.C
		if waited := time.Since(begun); waited != fastFrames {
			t.Errorf("a new frame was looked at after %s", waited)
		}
		p.calmDown()
		p.changed(frame)
		if p.hurries() {
			t.Error("the same frame again woke the renderer up")
		}
		frame.Cursor = tea.NewCursor(1, 1)
		p.changed(frame)
		if !p.hurries() {
			t.Error("a moved cursor did not wake the renderer up")
		}
	})
}

// hurries tells whether the renderer looks often now.
func (p *pacer) hurries() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fast
}

func TestPacerWithoutTickerDoesNothing(t *testing.T) {
	for name, p := range map[string]*pacer{"nil": nil, "no ticker": {}} {
		t.Run(name, func(*testing.T) {
			p.changed(tea.View{Content: "x"})
			p.hurry()
			p.stop()
		})
	}
}
