package ui

import (
	"context"
	"sync"
	"testing"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/uitest"
)

// lab is the table of Zoom's calls with a made-up Zoom behind it.
type lab struct {
	world   *world
	err     error         // why there is no table
	gate    chan struct{} // not nil: the table waits for it
	answers map[string]*scope.Live
	fails   string        // why no call is answered; empty: they are
	takes   time.Duration // for each call

	mu    sync.Mutex
	tried []string
}

// table is unpacked once for all tests; it never changes.
var table = sync.OnceValues(scope.Load)

func (l *lab) Catalogue() (*scope.Catalogue, error) {
	if l.gate != nil {
		<-l.gate
	}
	if l.err != nil {
		return nil, l.err
	}
	return table()
}

func (l *lab) Try(ctx context.Context, p scope.Probe) scope.Outcome {
	l.mu.Lock()
	l.tried = append(l.tried, p.Path)
	l.mu.Unlock()
	c, err := table()
	if err != nil {
		return scope.Outcome{Probe: p, Failed: err.Error()}
	}
	scopes := l.world.tokens.Scopes
	app := scope.App{
		Type: scope.TypeOf("public", scopes), Style: c.StyleOf(scopes), SignedIn: true, ScopesKnown: len(scopes) > 0, Scopes: scopes,
	}
	answer := l.answers[p.Path]
	if answer == nil {
		answer = &scope.Live{Status: 200, TrackingID: "v=2.0;clid=us02;rid=WEB_0001"}
	}
	if l.fails != "" {
		answer = nil
	}
	select {
	case <-time.After(l.takes):
	case <-ctx.Done():
	}
	out := c.Outcome(p, app, answer)
	out.Took, out.Failed = 143*time.Millisecond, l.fails
	return out
}

func (l *lab) calls() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.tried...)
}

const upcomingScope = "meeting:read:list_upcoming_meetings"

// lacking is Zoom's refusal for want of a scope.
func lacking(op string, scopes ...string) error {
	list := ""
	for i, s := range scopes {
		if i > 0 {
			list += ", "
		}
		list += s
	}
	return problem{explain.Facts{
		Place: explain.PlaceAPI, HTTPStatus: 400, Code: 4711, Op: op, At: time.Now().Add(-time.Second), TrackingID: "v=2.0;clid=us02;rid=WEB_4f1c",
		Message: "Invalid access token, does not contain scopes:[" + list + "].", MissingScopes: scopes,
	}}
}

// short is a week whose app was not given the scope of the invitations.
func short() *world {
	w := week()
	w.tokens.Scopes = []string{"user:read:user", "meeting:read:list_meetings", "meeting:read:meeting"}
	w.invErr = lacking("GET /users/me/upcoming_meetings", upcomingScope, upcomingScope+":admin")
	w.history = scopeHistory()
	return w
}

// labDeps is the dashboard over w with a table, and a Zoom that answers probes.
func labDeps(l *lab) func(*world) Deps {
	return func(w *world) Deps {
		l.world = w
		d := w.deps()
		d.Lab = l
		return d
	}
}

// openLab opens the dashboard with a table.
func openLab(t *testing.T, w *world, l *lab, size [2]int) *uitest.Program {
	t.Helper()
	return open(t, w, labDeps(l)(w), size[0], size[1])
}

// scopeHistory is sign-ins with what each changed, the newest first.
func scopeHistory() []state.HistoryRow {
	at := func(d time.Duration) time.Time { return time.Now().Add(-d) }
	return []state.HistoryRow{
		{At: at(time.Hour), Action: "refresh", Command: "dashboard", PID: 77, Result: "ok", Generation: 4},
		{At: at(30 * time.Hour), Action: "sign-in", Command: "login", PID: 70, Result: "ok", ScopesAdded: []string{"meeting:read:meeting"}},
		{At: at(50 * time.Hour), Action: "sign-in", Command: "login", PID: 66, Result: "ok"},
		{At: at(60 * time.Hour), Action: "import", Command: "import", PID: 50, Result: "ok", ScopesAdded: []string{"user:read:user", "meeting:read:list_meetings"}, ScopesRemoved: []string{"user:read:email"}},
		{At: at(70 * time.Hour), Action: "refresh", Command: "token", PID: 12, Result: "network"},
	}
}
