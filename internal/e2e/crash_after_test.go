package e2e

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/history"
)

// phase is where in its life a victim was killed.
type phase string

// The phases, as the table shows them.
const (
	phaseBefore   phase = "before the request"
	phaseAsked    phase = "request sent, Zoom did not get it"
	phaseRotated  phase = "Zoom rotated, answer not delivered"
	phaseAnswered phase = "answer delivered, not in place"
	phaseStored   phase = "new tokens in place"
)

// outcome is what the start after a kill came to.
type outcome string

// The outcomes, as the table shows them.
const (
	works outcome = "next start works"
	told  outcome = "told"
	lost  outcome = "lost"
)

// tally counts outcomes by phase.
type tally map[phase]map[outcome]int

func (y tally) add(p phase, o outcome) {
	if y[p] == nil {
		y[p] = map[outcome]int{}
	}
	y[p][o]++
}

// table shows what several tallies come to.
func table(tallies []tally) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 3, ' ', tabwriter.AlignRight)
	outcomes := []outcome{works, told, lost}
	row := func(name string, counts []int) {
		fmt.Fprintf(w, "%s\t", name)
		for _, n := range counts {
			fmt.Fprintf(w, "%d\t", n)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "killed\tkills\t%s\t%s\t%s\t\n", works, told, lost)
	totals := make([]int, len(outcomes)+1)
	for _, p := range []phase{phaseBefore, phaseAsked, phaseRotated, phaseAnswered, phaseStored} {
		counts := make([]int, len(outcomes)+1)
		for i, o := range outcomes {
			for _, y := range tallies {
				counts[i+1] += y[p][o]
			}
			counts[0] += counts[i+1]
		}
		for i, n := range counts {
			totals[i] += n
		}
		row(string(p), counts)
	}
	row("all", totals)
	_ = w.Flush() // into memory
	return b.String()
}

// mark is what a refresh leaves that was cut off; zero: none was.
func (c *crasher) mark() (at time.Time) {
	var m struct{ At time.Time }
	data, err := os.ReadFile(c.tokenFile() + ".begun")
	if err != nil || json.Unmarshal(data, &m) != nil {
		return time.Time{} // a mark that is cut counts as none
	}
	return m.At
}

// checkStart looks at a start that worked: its token, what is left on disk, and what
// the history tells.
func (c *crasher) checkStart(v victim, k *killing, next result) {
	c.t.Helper()
	now, err := readStored(c.tokenFile())
	if err != nil || now.Access != strings.TrimSpace(next.out) || now.Refresh != c.line.last() || !c.works(now.Access) {
		c.t.Errorf("%s, killed %s: the next start gives a token that does not work, or keeps another: %v", v.name, k, err)
	}
	names := slices.DeleteFunc(c.tokenNames(), func(name string) bool {
		return name == "default.json" || name == "default.json.prev" || name == "default.json.lock"
	})
	if len(names) > 0 {
		c.t.Errorf("%s, killed %s: after the next refresh there is still %v", v.name, k, names)
	}
	c.noTemps()
	c.checkNewest(k, now)
}

// remembered is the history as the program reads it, the newest first. A line that the
// kernel cut because its writer was killed is left out when it is read.
func (c *crasher) remembered(limit int) []history.Entry {
	c.t.Helper()
	entries, err := history.Open(filepath.Join(c.home, "state", "zoomtui", "history"), "default").Read(limit)
	if err != nil {
		c.t.Errorf("read the history: %v", err)
	}
	return entries
}

// checkNewest looks at the newest entry of the history: it tells of the refresh that
// just worked.
func (c *crasher) checkNewest(k *killing, now stored) {
	c.t.Helper()
	for _, newest := range c.remembered(1) {
		if newest.Result == "ok" && newest.NewFingerprint == auth.Fingerprint(auth.Secret(now.Refresh)) && newest.Generation == now.Generation {
			return
		}
	}
	c.t.Errorf("killed %s: the history ends with %+v, but the tokens are of generation %d", k, c.remembered(1), now.Generation)
}

// checkHistory looks at the whole history: no refresh is told twice.
func (c *crasher) checkHistory() {
	c.t.Helper()
	type renewal struct {
		print      string
		generation int
	}
	seen := map[renewal]bool{}
	for _, e := range c.remembered(0) {
		this := renewal{e.NewFingerprint, e.Generation}
		if e.Result == "ok" && seen[this] {
			c.t.Errorf("the history tells twice of %+v", e)
		}
		seen[this] = seen[this] || e.Result == "ok"
	}
}

// checkTold looks at a start that could not work: it says nothing on stdout, and on
// stderr that a refresh was cut off, and when.
func (c *crasher) checkTold(k *killing, next result, cut time.Time) {
	c.t.Helper()
	if next.out != "" || !strings.Contains(next.talk, "cut off") || !strings.Contains(next.talk, cut.UTC().Format("15:04")) {
		c.t.Errorf("killed %s, with a refresh begun at %s: the next start cannot work, and says\n%s%s", k, cut, next.out, next.talk)
	}
}

// noTemps finds temporary files that the program has left among its tokens and in
// what it remembers of them.
func (c *crasher) noTemps() {
	c.t.Helper()
	for _, dir := range []string{"config", "state"} {
		_ = filepath.WalkDir(filepath.Join(c.home, dir), func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.Contains(filepath.Base(path), ".tmp-") {
				c.t.Errorf("left over: %s", path)
			}
			return nil
		})
	}
}
