package e2e

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"zoomtui/internal/sandbox"
)

// use is what a command needs of the machine around it.
type use struct {
	reads  bool // the token file
	writes bool // beside the token file, before anything else is done
	locks  bool
	asks   bool // Zoom's token endpoint
	calls  bool // Zoom, but no token endpoint
}

// command is a command that faults are tried on.
type command struct {
	name string
	args []string
	use  use
	age  time.Duration // how old the stored tokens are
	good int           // its exit code when nothing is wrong
	// tells: it answers on stdout even where its exit code is not 0.
	tells bool
	// ends: it is meant to take the sign-in away.
	ends bool
	// brings: it reads a sign-in of another machine from its input.
	brings bool
	// waits: it would wait for a person, unless something is wrong.
	waits bool
}

// commands are all that touch a sign-in or tell of it.
func commands() []command {
	const fresh, old = time.Minute, 8 * 24 * time.Hour
	read, refresh := use{reads: true}, use{reads: true, writes: true, locks: true, asks: true}
	move := use{reads: true, writes: true, locks: true}
	return []command{
		{name: "token", args: []string{"token"}, use: refresh, age: old},
		{name: "token --force", args: []string{"token", "--force"}, use: refresh, age: fresh},
		{name: "token --no-refresh", args: []string{"token", "--no-refresh"}, use: read, age: fresh},
		{name: "exec", args: []string{"exec", "--", "true"}, use: refresh, age: old},
		{name: "keepalive", args: []string{"keepalive"}, use: refresh, age: old},
		{name: "status", args: []string{"status"}, use: read, age: fresh},
		{name: "status --json", args: []string{"status", "--json"}, use: read, age: fresh, tells: true},
		{name: "status --check", args: []string{"status", "--check"}, use: read, age: fresh, tells: true},
		{name: "export", args: []string{"export"}, use: move, age: fresh},
		{name: "import", args: []string{"import", "--force"}, use: move, age: old, brings: true},
		{name: "logout", args: []string{"logout"}, use: use{reads: true, writes: true, locks: true, calls: true}, age: fresh, ends: true},
		{name: "login --finish", args: []string{"login", "--finish", "http://127.0.0.1:8976/callback?code=none&state=none"}, age: fresh, good: 3},
		{name: "login", args: []string{"login", "--no-browser", "--json"}, use: use{writes: true}, age: fresh, tells: true, waits: true},
		{name: "doctor", args: []string{"doctor"}, use: use{reads: true, writes: true, calls: true}, age: fresh, tells: true},
		{name: "report", args: []string{"report"}, age: fresh, tells: true},
		{name: "history", args: []string{"history"}, age: fresh},
		{name: "profile list", args: []string{"profile", "list"}, age: fresh, tells: true},
		{name: "next", args: []string{"next"}, use: read, age: fresh, good: 10, tells: true},
	}
}

// matrix is what the cells of one table came to.
type matrix struct {
	mu                        sync.Mutex
	faults                    []string
	codes                     map[string]map[string]int // fault -> command -> exit code
	tried, lost, wrong, asked int
}

func newMatrix() *matrix { return &matrix{codes: map[string]map[string]int{}} }

// cell is one command under one fault.
type cell struct {
	*holder
	m       *matrix
	fault   string
	command command
	want    int  // exit code
	silent  bool // Zoom's token endpoint must not be asked
	before  stored
	foreign stored // the sign-in that an import brings
}

// newCell gives a holder who is signed in, and a command that is about to run.
func (m *matrix) newCell(t *testing.T, fault string, c command) (made *cell, input string) {
	t.Helper()
	made = &cell{holder: newHolder(t, sandbox.KindPublic), m: m, fault: fault, command: c}
	made.signIn(c.age)
	if c.brings {
		other := made.elsewhere()
		other.signIn(time.Minute)
		made.foreign = other.stored()
		input = other.run("export").out
	}
	made.before = made.stored()
	made.line.forget()
	return made, input
}

// stored are the tokens that are there and must be.
func (h *holder) stored() stored {
	h.t.Helper()
	s, err := readStored(h.tokenFile())
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// judge looks at what a command said. Whether tokens are lost is looked at by keeps.
func (c *cell) judge(r result) {
	c.t.Helper()
	c.m.add(c.fault, c.command.name, r.code)
	name := fmt.Sprintf("%s, %s", c.fault, c.command.name)
	if r.code != c.want {
		c.m.count(&c.m.wrong)
		c.t.Errorf("%s: exit code %d, want %d\n%s%s", name, r.code, c.want, r.out, r.talk)
	}
	if n := c.line.count("/oauth/token"); c.silent && n > 0 || n > 1 {
		c.m.count(&c.m.asked)
		c.t.Errorf("%s: %d requests to the token endpoint", name, n)
	}
	if r.code != 0 && r.out != "" && !c.command.tells {
		c.t.Errorf("%s fails and says on stdout: %q", name, r.out)
	}
	if r.code != 0 && !c.command.tells && !sentence(r.talk) {
		c.t.Errorf("%s fails and says no sentence on stderr: %q", name, r.talk)
	}
	for _, bad := range []string{"goroutine ", "panic:", "runtime error", "%!", "<nil>"} {
		if strings.Contains(r.out+r.talk, bad) {
			c.t.Errorf("%s says %q:\n%s%s", name, bad, r.out, r.talk)
		}
	}
}

// sentence tells whether a text has something to say to a person.
func sentence(text string) bool {
	return len(text) > 20 && strings.Contains(text, " ") && strings.ContainsAny(text, ".:")
}

// keeps checks that no token is lost: what is in the token file after the fault is
// the sign-in that was there before, of that generation or a later one, and Zoom still
// takes its refresh token. An unreadable file has kept what it held if it is still
// byte for byte the same.
func (c *cell) keeps(path string, untouched bool) {
	c.t.Helper()
	if c.command.ends {
		return
	}
	now, err := readStored(path)
	switch {
	case c.command.brings && (err != nil || now == c.before):
		now = c.foreign // nothing came; the other machine still has it
	case err != nil && untouched:
		now = c.before
	case err != nil:
		c.m.count(&c.m.lost)
		c.t.Errorf("%s, %s: the tokens are gone: %v", c.fault, c.command.name, err)
		return
	}
	mine := now.SignedIn.Equal(c.before.SignedIn) && now.Generation >= c.before.Generation
	if !mine && !(c.command.brings && now.SignedIn.Equal(c.foreign.SignedIn)) {
		c.t.Errorf("%s, %s: the tokens are of another sign-in or an older generation", c.fault, c.command.name)
	}
	c.line.breaks(nil)
	if _, err := c.refreshes(now.Refresh); err != nil {
		c.m.count(&c.m.lost)
		c.t.Errorf("%s, %s: Zoom does not take the refresh token that is left: %v", c.fault, c.command.name, err)
	}
}

func (m *matrix) add(fault, command string, code int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.codes[fault] == nil {
		m.codes[fault] = map[string]int{}
		m.faults = append(m.faults, fault)
	}
	m.codes[fault][command] = code
	m.tried++
}

func (m *matrix) count(what *int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	*what++
}

// String is the table: the exit code of each command under each fault.
func (m *matrix) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	slices.Sort(m.faults)
	for i, c := range commands() {
		fmt.Fprintf(&b, "%c: %s; ", 'A'+i, c.name)
	}
	fmt.Fprint(&b, "-: no such case\n")
	fmt.Fprint(w, "exit codes")
	for i := range commands() {
		fmt.Fprintf(w, "\t%c", 'A'+i)
	}
	fmt.Fprintln(w)
	for _, fault := range m.faults {
		fmt.Fprint(w, fault)
		for _, c := range commands() {
			if code, tried := m.codes[fault][c.name]; tried {
				fmt.Fprintf(w, "\t%d", code)
			} else {
				fmt.Fprint(w, "\t-")
			}
		}
		fmt.Fprintln(w)
	}
	_ = w.Flush() // into memory
	fmt.Fprintf(&b, "faults: %d; commands run under one: %d; tokens lost: %d; wrong exit codes: %d; requests where none was allowed: %d\n",
		len(m.faults), m.tried, m.lost, m.wrong, m.asked)
	return b.String()
}
