package auth

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/atomicfile"
)

// What a kill can leave, and what Zoom can think of it by then. In generation 2 a
// refresh was begun that made generation 3; generation 1 came before.

// wreck is one state of the disk.
type wreck struct {
	current string // which tokens are in place
	temp    string // what the temporary file holds
	mark    string // the refresh token in the mark
}

func wrecks() []wreck {
	var all []wreck
	for _, current := range []string{"old", "old, copied", "new"} {
		for _, temp := range []string{"none", "part", "probe", "whole", "whole and good", "of another sign-in", "of another app"} {
			for _, mark := range []string{"none", "refresh-2", "refresh-3"} {
				all = append(all, wreck{current, temp, mark})
			}
		}
	}
	return all
}

func (w wreck) String() string {
	return fmt.Sprintf("current %s, temporary file %s, mark %s", w.current, w.temp, w.mark)
}

// modelToken is a generation whose access token is over.
func modelToken(generation int) Token {
	t := testToken()
	t.Generation = generation
	t.AccessToken, t.RefreshToken = Secret(fmt.Sprint("access-", generation)), Secret(fmt.Sprint("refresh-", generation))
	t.SignedInAt = time.Now().Add(-50 * time.Hour).UTC().Truncate(time.Second)
	t.ObtainedAt = t.SignedInAt.Add(time.Duration(generation) * time.Hour)
	t.ExpiresAt = t.ObtainedAt.Add(time.Hour)
	return t
}

// lay makes the state on disk.
func (w wreck) lay(t *testing.T, s *Store) {
	t.Helper()
	current, prev := modelToken(2), modelToken(1)
	switch w.current {
	case "old, copied": // killed between the copy of the current tokens and the rename
		prev = current
	case "new":
		current, prev = modelToken(3), modelToken(2)
	}
	left := modelToken(3)
	data := mustEncode(t, left)
	switch w.temp {
	case "part":
		data = data[:len(data)/2]
	case "probe":
		data = make([]byte, probeSize)
	case "whole and good":
		left.ObtainedAt, left.ExpiresAt = time.Now(), time.Now().Add(time.Hour)
		data = mustEncode(t, left)
	case "of another sign-in":
		left.SignedInAt = left.SignedInAt.Add(-time.Hour)
		data = mustEncode(t, left)
	case "of another app":
		left.ClientID = "another"
		data = mustEncode(t, left)
	}
	files := map[string][]byte{s.Path(): mustEncode(t, current), s.prevPath(): mustEncode(t, prev)}
	if w.temp != "none" {
		files[filepath.Join(s.dir, ".work.json.tmp-4711")] = data
	}
	if w.mark != "none" {
		files[s.markPath()] = fmt.Appendf(nil, `{"at":"2026-11-22T03:12:00Z","pid":4121,"command":"token","fingerprint":%q}`, Fingerprint(Secret(w.mark)))
	}
	if err := os.MkdirAll(s.dir, dirMode); err != nil {
		t.Fatal(err)
	}
	for path, data := range files {
		if err := os.WriteFile(path, data, fileMode); err != nil {
			t.Fatal(err)
		}
	}
}

// outcome is what must come of a state.
type outcome struct {
	sent       []string // refresh tokens that Zoom saw, in order
	generation int      // of the tokens that are stored afterwards
	ended      bool     // nobody can use this sign-in any more
	explained  bool     // and it is said that a refresh was cut off
	marked     bool     // the mark is still there
}

// want is written from the rules, not from the program.
func (w wreck) want(takes []string) outcome {
	newest, adopted := 2, false
	if w.current == "new" {
		newest = 3
	} else if strings.HasPrefix(w.temp, "whole") {
		newest, adopted = 3, true
	}
	cutOff := w.current == "new" && w.mark == "refresh-3" || w.current != "new" && w.mark == "refresh-2"
	if adopted && w.temp == "whole and good" {
		return outcome{generation: 3}
	}
	try := []string{fmt.Sprint("refresh-", newest)}
	previousIsOther := adopted || w.current != "old, copied"
	if cutOff && previousIsOther {
		try = append(try, fmt.Sprint("refresh-", newest-1))
	}
	for i, token := range try {
		if slices.Contains(takes, token) {
			return outcome{sent: try[:i+1], generation: newest + 1}
		}
	}
	return outcome{sent: try, generation: newest, ended: true, explained: cutOff, marked: cutOff && !adopted}
}

// fakeZoom takes some refresh tokens, once each, and gives new ones.
type fakeZoom struct {
	mu    sync.Mutex
	takes []string
	sent  []string
}

func (z *fakeZoom) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	z.mu.Lock()
	defer z.mu.Unlock()
	token := r.PostFormValue("refresh_token")
	z.sent = append(z.sent, token)
	w.Header().Set("Content-Type", "application/json")
	if i := slices.Index(z.takes, token); i >= 0 {
		z.takes = slices.Delete(z.takes, i, i+1)
		_, _ = w.Write([]byte(`{"access_token":"access-fresh","refresh_token":"refresh-fresh","token_type":"bearer","expires_in":3599,"scope":"a:b"}`))
		return
	}
	w.WriteHeader(http.StatusBadRequest)
	_, _ = w.Write([]byte(`{"reason":"Invalid Token!","error":"invalid_grant"}`))
}

// TestEveryStateThatAKillCanLeave: in each one the newest tokens that are known are
// used, nothing is asked that was not needed, and nothing is lost.
func TestEveryStateThatAKillCanLeave(t *testing.T) {
	t.Parallel()
	for _, state := range wrecks() {
		t.Run(state.String(), func(t *testing.T) {
			t.Parallel()
			for set := range 8 {
				var takes []string
				for i := range 3 {
					if set>>i&1 == 1 {
						takes = append(takes, fmt.Sprint("refresh-", i+1))
					}
				}
				state.check(t, takes)
			}
		})
	}
}

// check lays a state out, starts the program once, and compares.
func (w wreck) check(t *testing.T, takes []string) {
	t.Helper()
	want, name := w.want(takes), fmt.Sprintf("Zoom takes %v", takes)
	zoom := &fakeZoom{takes: slices.Clone(takes)}
	server := httptest.NewServer(zoom)
	defer server.Close()
	s := newTestStore(t)
	w.lay(t, s)
	var events []Event
	source, err := NewSource(SourceOptions{Options: Options{
		App:   App{Profile: "work", Kind: Public, ClientID: modelToken(1).ClientID, OAuthBase: server.URL},
		Store: s, HTTP: server.Client(), Command: "test", Observe: func(e Event) { events = append(events, e) },
	}})
	if err != nil {
		t.Fatal(err)
	}
	token, err := source.Token(t.Context())
	if kind := kindOf(err); want.ended != (kind == ErrGrantEnded) || !want.ended && err != nil {
		t.Errorf("%s: %v", name, err)
	}
	e, _ := errors.AsType[*Error](err)
	if want.ended && contains(e.Cause, "was cut off") != want.explained {
		t.Errorf("%s: the person is told %q", name, e.Cause)
	}
	stored, loadErr := s.Load()
	if loadErr != nil || stored.Generation != want.generation || !want.ended && stored.AccessToken != token.AccessToken {
		t.Errorf("%s: generation %d is stored, want %d (%v)", name, stored.Generation, want.generation, loadErr)
	}
	if diff := cmp.Diff(want.sent, zoom.sent); diff != "" {
		t.Errorf("%s: refresh tokens that were sent:\n%s", name, diff)
	}
	if _, marked := s.Mark(); marked != want.marked {
		t.Errorf("%s: mark %v, want %v", name, marked, want.marked)
	}
	if left := atomicfile.Leftovers(s.Path()); left != nil {
		t.Errorf("%s: left behind: %v", name, left)
	}
	w.checkEvents(t, name, want, events)
}

// checkEvents: each question is in the history, in its order.
func (w wreck) checkEvents(t *testing.T, name string, want outcome, events []Event) {
	t.Helper()
	asked := slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return e.Tried == TriedLeftover })
	if len(asked) != len(want.sent) {
		t.Fatalf("%s: %d events of %d questions", name, len(asked), len(want.sent))
	}
	for i, e := range asked {
		if e.OldFingerprint != Fingerprint(Secret(want.sent[i])) || (e.Err == nil) != (i == len(asked)-1 && !want.ended) || (e.Tried == TriedPrevious) != (i == 1) {
			t.Errorf("%s: event %d is %+v", name, i, e)
		}
	}
	for _, e := range events {
		cutOff := w.current == "new" && w.mark == "refresh-3" || w.current != "new" && w.mark == "refresh-2"
		if (e.CutOff != nil) != cutOff || cutOff && e.CutOff.PID != 4121 {
			t.Errorf("%s: the refresh that was cut off is %v", name, e.CutOff)
		}
	}
}
