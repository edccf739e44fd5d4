package e2e

import (
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// processes is how many programs want a token at the same time.
const processes = 100

// TestHundredWantAToken starts a hundred programs on a token that has ended: one of
// them refreshes, and all give the same one out.
func TestHundredWantAToken(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{sandbox.KindPublic, sandbox.KindConfidential} {
		t.Run(kind, func(t *testing.T) {
			h := newHolder(t, kind)
			h.signIn(2 * time.Hour)
			h.line.forget()
			all, took := h.together(processes)
			single := h.elsewhere()
			single.signIn(2 * time.Hour)
			one := single.run("token")
			bound := one.took * processes / time.Duration(runtime.NumCPU())
			t.Logf("%d processes: %v; one: %v; %d of one for each of %d cores: %v (%.2f times)", processes, took.Round(time.Millisecond),
				one.took.Round(time.Millisecond), processes, runtime.NumCPU(), bound.Round(time.Millisecond), float64(took)/float64(bound))
			for _, r := range all {
				if r.code != 0 || r.out != all[0].out || r.talk != "" {
					t.Errorf("exit code %d, the same token: %v, stderr %q", r.code, r.out == all[0].out, r.talk)
				}
			}
		})
	}
}

// together runs `zoomtui token` so many times at once, and checks that one of them
// has asked Zoom.
func (h *holder) together(n int) (all []result, took time.Duration) {
	h.t.Helper()
	all = make([]result, n)
	var running sync.WaitGroup
	begun := time.Now()
	for i := range all {
		cmd := h.program("token")
		running.Go(func() { all[i] = h.runs(cmd, "", []string{"token"}) })
	}
	running.Wait()
	took = time.Since(begun)
	if got := h.line.count("/oauth/token"); got != 1 {
		h.t.Errorf("%d requests to the token endpoint, want 1", got)
	}
	if now, err := readStored(h.tokenFile()); err != nil || now.Access != strings.TrimSpace(all[0].out) || !h.works(now.Access) {
		h.t.Errorf("the token that they gave out is not the stored one, or does not work: %v", err)
	}
	return all, took
}

// TestDashboardsWakeTogether wakes five dashboards on a token that is about to end, as
// a laptop does that was asleep, with scripts among them: one refresh.
func TestDashboardsWakeTogether(t *testing.T) {
	t.Parallel()
	h := newHolder(t, sandbox.KindPublic)
	h.signIn(2 * time.Hour)
	h.line.forget()
	asked := make(chan struct{})
	h.line.stops(func(s stage) {
		if s == onTheWay {
			<-asked // nobody may hear of the first one's answer before all have begun
		}
	})
	const dashboards = 5
	screens := make([]*process, dashboards)
	for i := range screens {
		screens[i] = onTerminal(t, h.program(), 100, 30)
	}
	for _, s := range screens {
		s.awaits("Tokens")
	}
	scripts := make([]*process, dashboards)
	for i := range scripts {
		scripts[i] = onPipes(t, h.program("token"))
	}
	close(asked)
	for _, s := range scripts {
		s.ended(0)
		if s.out.String() != scripts[0].out.String() {
			t.Error("two scripts got different tokens")
		}
	}
	for i, s := range screens {
		s.shows("Aiko")
		s.types("q")
		s.ended(0)
		if kind := h.line.secrets.in(s.out.String()); kind != "" {
			t.Errorf("dashboard %d shows the %s", i, kind)
		}
	}
	if got := h.line.count("/oauth/token"); got != 1 {
		t.Errorf("%d refreshes, want 1", got)
	}
}

// BenchmarkTogether compares a hundred programs on a token that has ended with one,
// taken as often as each core would have to:
//
//	go test -run '^$' -bench Together ./internal/e2e
func BenchmarkTogether(b *testing.B) {
	h := newHolder(b, sandbox.KindPublic)
	if _, err := built(); err != nil {
		b.Fatal(err)
	}
	var whole, single time.Duration
	rounds := 0
	for b.Loop() {
		rounds++
		h.signIn(2 * time.Hour)
		h.line.forget()
		_, took := h.together(processes)
		whole += took
		h.signIn(2 * time.Hour)
		single += h.run("token").took
	}
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) / float64(rounds) }
	b.ReportMetric(ms(whole), "ms-100")
	b.ReportMetric(ms(single), "ms-one")
	b.ReportMetric(ms(whole)/(ms(single)*processes/float64(runtime.NumCPU())), "times-one-per-core")
}
