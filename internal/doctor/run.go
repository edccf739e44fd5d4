package doctor

import (
	"context"
	"sync"
	"time"

	"zoomtui/internal/explain"
)

// Probe is a part of the examination that is made beside the others.
type Probe struct {
	Name  string        // of its first check, for the case that it does not end
	Class explain.Class // of that case
	Run   func(context.Context) []Check
}

// grace is how much longer than its limit a probe is waited for: one that heeds
// its context says better what took so long.
const grace = time.Second

// Run makes all probes at once, each within the limit, and gives their checks in
// the order of the probes. One that does not end, because a file system does not
// answer, is a failure and is left behind. When ctx ends, what is known is given.
func Run(ctx context.Context, limit time.Duration, probes []Probe) []Check {
	found := make([][]Check, len(probes))
	var all sync.WaitGroup
	for i, p := range probes {
		all.Go(func() { found[i] = p.within(ctx, limit) })
	}
	all.Wait()
	var checks []Check
	for _, some := range found {
		checks = append(checks, some...)
	}
	return checks
}

func (p Probe) within(ctx context.Context, limit time.Duration) []Check {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan []Check, 1)
	go func() { done <- p.Run(limited) }()
	late := time.NewTimer(limit + grace)
	defer late.Stop()
	select {
	case checks := <-done:
		return checks
	case <-ctx.Done():
	case <-late.C:
	}
	c := failure(p.Name, p.Class, "This did not come to an end within %s.", limit)
	return []Check{c.brief("no end within the time limit").remedy("Run it once more; if it hangs again, a disk or a program that is asked here does not answer: zoomtui doctor")}
}
