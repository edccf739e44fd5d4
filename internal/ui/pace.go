package ui

import (
	"reflect"
	"sync"
	"time"
	"unsafe"

	tea "charm.land/bubbletea/v2"
)

// Bubble Tea v2.0 looks for a changed frame sixty times a second for as long as
// the program runs, which costs an idle dashboard most of the processor time
// that it uses; a lower rate would make the first frame and every key press
// wait. The pacer lets the renderer look often while frames change and rarely
// otherwise.
const (
	fastFrames = 3 * time.Millisecond   // while frames change: the longest a key press waits
	fastFor    = 8 * time.Millisecond   // after the last change
	calmFrames = 60 * time.Millisecond  // then: a busy machine may have missed the fast ones
	calmFor    = 100 * time.Millisecond // after those
	slowFrames = 2 * time.Second        // while nothing changes
)

// pacer sets the pace of a program's renderer. The zero pacer and a nil pacer
// do nothing.
type pacer struct {
	ticker *time.Ticker
	last   tea.View // of the loop's goroutine only

	mu   sync.Mutex // guards what follows: calm runs in a goroutine of its own
	fast bool
	calm *time.Timer
}

// newPacer returns the pacer of a program. The renderer's ticker is a private
// field: there is no public way to change its rate while the program runs. If
// a later version has no such field, the pacer does nothing and the program
// runs at the rate that it was given; a test says so.
func newPacer(p *tea.Program) *pacer {
	return &pacer{ticker: rendererTicker(p)}
}

// tickerField is where Bubble Tea v2.0 keeps the ticker of its renderer.
const tickerField = "ticker"

// rendererTicker must be called once the renderer runs: from Update or View.
func rendererTicker(p *tea.Program) *time.Ticker {
	field := reflect.ValueOf(p).Elem().FieldByName(tickerField)
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return *(**time.Ticker)(unsafe.Pointer(field.UnsafeAddr()))
}

// changed is told every frame; it makes the renderer look soon when the frame
// differs from the one before.
func (p *pacer) changed(v tea.View) {
	if p == nil || p.ticker == nil {
		return
	}
	if v.Content == p.last.Content && v.WindowTitle == p.last.WindowTitle && sameCursor(v.Cursor, p.last.Cursor) {
		return
	}
	p.last = v
	p.hurry()
}

// hurry makes the renderer look soon, and rarely again after a moment.
func (p *pacer) hurry() {
	if p == nil || p.ticker == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.fast { // resetting it again would put the tick off
		p.fast = true
		p.ticker.Reset(fastFrames)
	}
	if p.calm == nil {
		p.calm = time.AfterFunc(fastFor, p.calmDown)
		return
	}
	p.calm.Reset(fastFor)
}

// calmDown takes the renderer from fast to calm and from calm to slow.
func (p *pacer) calmDown() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fast {
		p.fast = false
		p.ticker.Reset(calmFrames)
		p.calm.Reset(calmFor)
		return
	}
	p.ticker.Reset(slowFrames)
}

// stop ends the pacing; the renderer keeps its ticker.
func (p *pacer) stop() {
	if p == nil || p.calm == nil {
		return
	}
	p.calm.Stop()
}

func sameCursor(a, b *tea.Cursor) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.X == b.X && a.Y == b.Y
}
