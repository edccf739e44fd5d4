package ui

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/agenda"
	"zoomtui/internal/ui/uitest"
)

// many is a world with n meetings ahead.
func many(n int) *world {
	w := week()
	now := time.Now()
	for i := range n {
		w.hosted = append(w.hosted, agenda.Hosted{
			ID: int64(1000 + i), Topic: fmt.Sprintf("定例会議 %d about something", i), Type: 2,
			Start: now.Add(time.Duration(i) * 25 * time.Minute), Duration: 20 * time.Minute, JoinURL: "https://zoom.us/j/1",
		})
	}
	return w
}

func benchModel(n int) *Model {
	w := many(n)
	deps := w.deps()
	deps.Cached = w.cached(time.Now())
	m := New(context.Background(), deps)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return m
}

// BenchmarkFrame is one second of an idle dashboard: a tick and a frame.
func BenchmarkFrame(b *testing.B) {
	m := benchModel(100)
	start := time.Now()
	now := start
	for b.Loop() {
		now = now.Add(time.Second)
		m.Update(tickMsg{local: now, zoom: now, up: now.Sub(start)})
		_ = m.View()
	}
}

// BenchmarkKeyAmongTenThousand moves the cursor in a list of ten thousand
// meetings: the program's share of a key press, without the terminal.
func BenchmarkKeyAmongTenThousand(b *testing.B) {
	m := benchModel(10_000)
	m.Update(uitest.Key("2"))
	for b.Loop() {
		m.Update(uitest.Key("j"))
		_ = m.View()
	}
}

// BenchmarkFilterTenThousand types a letter into the filter over ten thousand
// meetings and takes it back.
func BenchmarkFilterTenThousand(b *testing.B) {
	m := benchModel(10_000)
	m.Update(uitest.Key("2"))
	m.Update(uitest.Key("/"))
	for b.Loop() {
		m.Update(uitest.Key("9"))
		_ = m.View()
		m.Update(uitest.Key("backspace"))
		_ = m.View()
	}
}
