package e2e

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// How many kills there are, and how many are made at the same time. crashesSetting is
// the variable that makes it another number.
const (
	crashes        = 1000
	crashesStrict  = 200
	crashesShort   = 40
	crashWorkers   = 4
	crashesSetting = "ZOOMTUI_TEST_KILLS"
)

// TestKilledWhileRefreshing kills the program at moments spread over its whole life.
// Where Zoom takes the old refresh token for a while, as it was measured, each next
// start must work without a human. Where Zoom forgets it at once, a start may fail
// only if the one copy of the new one has died with the program; it must say so.
func TestKilledWhileRefreshing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		strict bool
		kills  int
	}{{"old token taken for a while", false, crashes}, {"old token dead at once", true, crashesStrict}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			kills := tt.kills
			if testing.Short() {
				kills = crashesShort
			}
			if n, err := strconv.Atoi(os.Getenv(crashesSetting)); err == nil {
				kills = n
			}
			var left atomic.Int64
			left.Store(int64(kills))
			var workers sync.WaitGroup
			tallies := make([]tally, crashWorkers)
			for i := range tallies {
				c := newCrasher(t, tt.strict, uint64(i))
				workers.Go(func() {
					for left.Add(-1) >= 0 && !t.Failed() {
						c.killOnce()
					}
					c.checkHistory()
					tallies[i] = c.tally
				})
			}
			workers.Wait()
			t.Log("\n" + table(tallies))
		})
	}
}

// crasher kills programs of one holder, one at a time.
type crasher struct {
	*holder
	rand   *rand.Rand
	strict bool
	tally  tally
	whole  map[string]time.Duration // how long a victim lives if it is left alone
	after  map[string]time.Duration // and of that, with the answer at hand
}

// victim is a command that refreshes.
type victim struct {
	name   string
	args   []string
	screen bool          // it wants a terminal
	age    time.Duration // how old the tokens must be for it to refresh
}

// victims are those that get killed, each as often as it stands here.
func victims() []victim {
	force := victim{name: "token --force", args: []string{"token", "--force"}}
	ended := victim{name: "token", args: []string{"token"}, age: 2 * time.Hour}
	exec := victim{name: "exec", args: []string{"exec", "--", "true"}, age: 2 * time.Hour}
	keepalive := victim{name: "keepalive", args: []string{"keepalive"}, age: 8 * 24 * time.Hour}
	dashboard := victim{name: "dashboard", screen: true, age: 2 * time.Hour}
	return []victim{force, force, force, force, force, force, force, ended, ended, exec, exec, keepalive, keepalive, dashboard}
}

func newCrasher(t *testing.T, strict bool, seed uint64) *crasher {
	t.Helper()
	c := &crasher{
		holder: newHolder(t, sandbox.KindPublic), strict: strict, tally: tally{},
		rand:  rand.New(rand.NewPCG(seed, 4)), // the same moments are aimed at in each run
		whole: map[string]time.Duration{}, after: map[string]time.Duration{},
	}
	if err := c.line.zoom.SetFault("refresh-grace", !strict); err != nil {
		t.Fatal(err)
	}
	if !strict { // there, the disk shall take its time
		c.home = memory(t, c.home)
	}
	c.signIn(2 * time.Hour)
	return c
}

// memory is a directory in memory where there is one, else the other. A flush to disk
// costs nothing there; SIGKILL leaves the same behind on any file system.
func memory(t *testing.T, other string) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "zoomtui-e2e-")
	if err != nil {
		return other
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// killOnce kills one program and looks at what the next start makes of it. A program
// that has ended before it was killed does not count, and another is taken.
func (c *crasher) killOnce() {
	c.t.Helper()
	for range 100 {
		v := victims()[c.rand.IntN(len(victims()))]
		if c.whole[v.name] == 0 {
			c.watch(v)
		}
		before := c.ready(v)
		k := c.kill(v)
		if !k.killed {
			continue
		}
		c.judge(v, before, k)
		return
	}
	c.t.Error("a hundred programs ended before they could be killed")
}

// ready makes the stored tokens as old as the victim needs them, and gives them.
func (c *crasher) ready(v victim) stored {
	c.t.Helper()
	if v.age > 0 {
		age(c.t, c.tokenFile(), v.age)
	}
	before, err := readStored(c.tokenFile())
	if err != nil {
		c.t.Fatalf("the tokens before a kill: %v", err)
	}
	return before
}

// judge looks at the files after a kill, starts the program again and judges that.
func (c *crasher) judge(v victim, before stored, k *killing) {
	c.t.Helper()
	now, err := readStored(c.tokenFile())
	if err != nil || now != before && now.Generation != before.Generation+1 {
		c.t.Errorf("killed %s: the token file is damaged: %v, generation %d after %d", k, err, now.Generation, before.Generation)
	}
	phase := k.phase(now != before)
	kept := c.refreshTokens()
	mark := c.mark()
	files := c.tokenFiles()

	next := c.run("token", "--force")
	c.settle()
	newestKept := slices.Contains(kept, c.line.last())
	switch {
	case next.code == 0:
		c.tally.add(phase, works)
		c.checkStart(v, k, next)
	case next.code == 3 && c.strict && !newestKept:
		c.tally.add(phase, told)
		c.checkTold(k, next, mark)
		if now := c.tokenFiles(); now != files {
			c.t.Errorf("killed %s: the start that could not work has changed the files\nbefore:\n%safter:\n%s", k, files, now)
		}
		c.signIn(2 * time.Hour)
	default:
		c.tally.add(phase, lost)
		c.t.Errorf("%s, killed %s: the next start ends with %d; the newest refresh token is on disk: %v; old ones are taken: %v\n%s\n%s",
			v.name, k, next.code, newestKept, !c.strict, next.talk, files)
		c.signIn(2 * time.Hour)
	}
}

// refreshTokens are those in whole files on disk, be they ones that were not put in
// their place yet.
func (c *crasher) refreshTokens() (found []string) {
	for _, name := range c.tokenNames() {
		if s, err := readStored(filepath.Join(c.tokenDir(), name)); err == nil {
			found = append(found, s.Refresh)
		}
	}
	return found
}

// tokenNames are the names of the files where the tokens are.
func (c *crasher) tokenNames() (names []string) {
	c.t.Helper()
	entries, err := os.ReadDir(c.tokenDir())
	if err != nil {
		c.t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// tokenFiles tells the files with tokens by name, size and sum, one a line. The lock is
// none, it tells who holds it; nor is what a killed writer has begun to write.
func (c *crasher) tokenFiles() string {
	var b strings.Builder
	for _, name := range c.tokenNames() {
		data, err := os.ReadFile(filepath.Join(c.tokenDir(), name))
		if err == nil && filepath.Ext(name) != ".lock" && !strings.Contains(name, ".tmp-") {
			fmt.Fprintf(&b, "%s %d %x\n", name, len(data), sha256.Sum256(data))
		}
	}
	return b.String()
}
