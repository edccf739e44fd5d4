package doctor

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/explain"
)

// expect is what a table says of a check.
type expect struct {
	state State
	says  string // in What
	do    string // in a remedy
	class explain.Class
}

// verify compares a check with what is expected of it, and with what is expected
// of all: whole sentences, a remedy for everything that is not in order, and words
// for a report.
func (e expect) verify(t *testing.T, c Check) {
	t.Helper()
	if c.State != e.state || !strings.Contains(c.What, e.says) || c.Class != e.class {
		t.Errorf("%s, class %v: %q, want %s, class %v: %q", c.State, c.Class, c.What, e.state, e.class, e.says)
	}
	remedies := strings.Join(c.Remedy, "\n")
	if !strings.Contains(remedies, e.do) {
		t.Errorf("the remedies are %q, want %q", c.Remedy, e.do)
	}
	if (c.State == Warning || c.State == Failure) && remedies == "" {
		t.Errorf("there is no remedy for: %s", c.What)
	}
	if c.Name == "" || c.Brief == "" || !strings.HasSuffix(c.What, ".") || strings.Contains(c.What, "%!") {
		t.Errorf("%+v is not told in whole sentences", c)
	}
	if _, err := json.Marshal(c); err != nil || c.Remedy == nil || c.Details == nil {
		t.Errorf("no JSON of %+v: %v", c, err)
	}
}

func TestWorst(t *testing.T) {
	t.Parallel()
	of := func(classes ...explain.Class) []Check {
		checks := []Check{result("a", OK, "Fine."), result("b", Warning, "Hm."), result("c", Skipped, "No.")}
		for _, class := range classes {
			checks = append(checks, failure("f", class, "Bad."))
		}
		return checks
	}
	if class, failed := Worst(of()); failed {
		t.Errorf("warnings are taken for a failure of class %v", class)
	}
	all := []explain.Class{explain.Other, explain.Scope, explain.SignIn, explain.Network, explain.Store, explain.Usage}
	for i, want := range all {
		if class, failed := Worst(of(all[:i+1]...)); class != want || !failed {
			t.Errorf("of %v the worst is %v (%v), want %v", all[:i+1], class, failed, want)
		}
	}
}

func TestRunKeepsTheOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		stuck, wait := context.WithCancel(t.Context())
		defer wait()
		begun := time.Now()
		checks := Run(t.Context(), 5*time.Second, []Probe{
			{Name: "slow", Run: func(context.Context) []Check {
				time.Sleep(3 * time.Second)
				return []Check{result("slow", OK, "Fine."), result("slower", OK, "Fine.")}
			}},
			{Name: "stuck", Class: explain.Store, Run: func(context.Context) []Check { // a file system that does not answer
				<-stuck.Done()
				return nil
			}},
			{Name: "heeds", Class: explain.Network, Run: func(ctx context.Context) []Check {
				<-ctx.Done()
				return []Check{failure("heeds", explain.Network, "Zoom did not answer in time.")}
			}},
			{Name: "fast", Run: func(context.Context) []Check { return []Check{result("fast", OK, "Fine.")} }},
		})
		var got []string
		for _, c := range checks {
			got = append(got, c.Name+" "+string(c.State))
		}
		if want := "slow ok, slower ok, stuck failure, heeds failure, fast ok"; strings.Join(got, ", ") != want {
			t.Errorf("got %v, want %s", got, want)
		}
		expect{Failure, "within 5s", "zoomtui doctor", explain.Store}.verify(t, checks[2])
		if took := time.Since(begun); took > 7*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	checks := Run(ctx, time.Hour, []Probe{{Name: "stuck", Run: func(context.Context) []Check { select {} }}})
	if len(checks) != 1 || checks[0].Name != "stuck" {
		t.Errorf("got %v", checks)
	}
}
