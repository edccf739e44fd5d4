package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// aim is when a victim is killed.
type aim int

const (
	atAnyTime      aim = iota // of its life
	whileSendingIt            // the request never gets to Zoom
	whileItIsSent             // the request gets to Zoom afterwards
	beforeAnswer              // Zoom has rotated, the answer is not delivered
	afterAnswer               // at any time after the answer was delivered
)

// aims are what is aimed at, each as often as it stands here.
func aims() []aim {
	return []aim{atAnyTime, atAnyTime, atAnyTime, atAnyTime, whileSendingIt, whileItIsSent, beforeAnswer, afterAnswer, afterAnswer, afterAnswer}
}

// killing is what became of one victim.
type killing struct {
	aim    aim
	delay  time.Duration
	killed bool // rather than ended by itself

	mu     sync.Mutex
	stages map[stage]bool // that its request came to while it lived
	late   bool           // Zoom answered after its death
}

func (k *killing) String() string {
	return fmt.Sprintf("%s, after %v", [...]string{
		"at any time", "while it sent the request", "with the request under way", "before the answer", "after the answer",
	}[k.aim], k.delay.Round(100*time.Microsecond))
}

// phase names where in its life the victim was killed; renewed: the new tokens are in
// their place.
func (k *killing) phase(renewed bool) phase {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case renewed:
		return phaseStored
	case k.stages[delivered]:
		return phaseAnswered
	case k.stages[rotated], k.late:
		return phaseRotated
	case k.stages[onTheWay]:
		return phaseAsked
	default:
		return phaseBefore
	}
}

// see notes a stage of the victim's request.
func (k *killing) see(s stage, alive bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stages[s] = k.stages[s] || alive
	k.late = k.late || s == rotated && !alive
}

// running is a victim that lives, or did.
type running struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it is dead
}

// dead tells whether it has ended.
func (r *running) dead() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// end kills it and waits for its death.
func (r *running) end() {
	_ = r.cmd.Process.Kill() // it may have ended by itself
	<-r.done
}

// start starts a victim; what it says goes nowhere.
func (c *crasher) start(v victim) *running {
	c.t.Helper()
	r := &running{cmd: c.program(v.args...), done: make(chan struct{})}
	if !v.screen {
		if err := r.cmd.Start(); err != nil {
			c.t.Fatal(err)
		}
		go func() {
			defer close(r.done)
			_ = r.cmd.Wait()
		}()
		return r
	}
	tty, err := pty.StartWithSize(r.cmd, &pty.Winsize{Rows: 40, Cols: 120})
	if err != nil {
		c.t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, tty) }() // ends with the terminal
	go func() {
		defer close(r.done)
		_ = r.cmd.Wait()
		_ = tty.Close()
	}()
	return r
}

// watch measures how long a victim lives until its tokens are stored, and how much of
// that is left when it has Zoom's answer.
func (c *crasher) watch(v victim) {
	c.t.Helper()
	const rounds = 3
	for range rounds {
		before := c.ready(v)
		var mu sync.Mutex
		var answer time.Time
		c.line.stops(func(s stage) {
			mu.Lock()
			defer mu.Unlock()
			if s == delivered {
				answer = time.Now()
			}
		})
		begun := time.Now()
		r := c.start(v)
		poll(c.t, v.name+" to end or to refresh", func() bool {
			now, err := readStored(c.tokenFile())
			return r.dead() || v.screen && err == nil && now.Refresh != before.Refresh
		})
		whole := time.Since(begun)
		r.end()
		c.settle()
		mu.Lock()
		asked := answer.Sub(begun)
		mu.Unlock()
		if asked < 0 {
			c.t.Fatalf("%s does not refresh", v.name)
		}
		c.whole[v.name] = max(c.whole[v.name], whole)
		c.after[v.name] = max(c.after[v.name], whole-asked)
	}
}

// kill starts a victim and kills it when the next aim says so.
func (c *crasher) kill(v victim) *killing {
	c.t.Helper()
	k := &killing{aim: aims()[c.rand.IntN(len(aims()))], stages: map[stage]bool{}}
	lives := map[aim]time.Duration{atAnyTime: c.whole[v.name], afterAnswer: c.after[v.name]}[k.aim]
	// Most of a life is spent waiting for Zoom and the disk; early moments get more.
	at := c.rand.Float64()
	k.delay = time.Duration(at * at * float64(lives) * 1.1)

	var r *running
	started := make(chan struct{})
	c.line.stops(func(s stage) {
		<-started
		k.see(s, !r.dead())
		switch {
		case s == onTheWay && (k.aim == whileSendingIt || k.aim == whileItIsSent), s == rotated && k.aim == beforeAnswer:
			r.end()
		case s == delivered && k.aim == afterAnswer:
			time.Sleep(k.delay)
			r.end()
		}
	})
	if k.aim == whileSendingIt {
		c.line.breaks(func(w http.ResponseWriter, _ *http.Request) bool { hangUp(w); return true })
	}
	r = c.start(v)
	close(started)
	limit := time.NewTimer(wait)
	defer limit.Stop()
	if k.aim == atAnyTime {
		limit.Reset(k.delay)
	}
	select {
	case <-r.done:
	case <-limit.C:
		r.end()
	}
	c.settle()
	k.killed = r.cmd.ProcessState.ExitCode() == -1 // by a signal
	return k
}

// settle waits until the line is quiet, and makes it a good one.
func (c *crasher) settle() {
	c.t.Helper()
	c.line.quiet(c.t)
	c.line.stops(nil)
	c.line.breaks(nil)
}

// poll waits for what happens elsewhere.
func poll(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(wait); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("did not come within %v: %s", wait, what)
		}
	}
}

// age makes a token file older by so much, and ended if that is more than an hour.
func age(t testing.TB, path string, by time.Duration) {
	t.Helper()
	var keys map[string]any
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &keys)
	}
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-by)
	keys["obtained_at"] = at.UTC().Format(time.RFC3339)
	keys["expires_at"] = at.Add(3599 * time.Second).UTC().Format(time.RFC3339)
	if data, err = json.Marshal(keys); err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
