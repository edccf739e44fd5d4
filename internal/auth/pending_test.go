package auth

import (
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"zoomtui/internal/explain"
)

func TestNoteHoldsPortAndStateOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.waits()
	path := filepath.Join(w.pending(), port(l.Addr())+".json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"port":` + port(l.Addr()) + `,"state":"` + l.State().Reveal() + `"}` + "\n"; string(data) != want {
		t.Errorf("holds %s", data)
	}
	file, err := os.Stat(path)
	dir, err2 := os.Stat(w.pending())
	if errors.Join(err, err2) != nil || file.Mode().Perm() != 0o600 || dir.Mode().Perm() != 0o700 {
		t.Errorf("modes %v, %v", file.Mode(), dir.Mode())
	}
	l.Close()
	if len(w.notes()) != 0 {
		t.Errorf("after the end there is %v", w.notes())
	}
}

func TestNoteGoesHoweverTheSignInEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(w *world, l *Login){
		"signed in": func(w *world, l *Login) { visit(w.t, w.answer(l)) },
		"declined":  func(w *world, l *Login) { visit(w.t, l.RedirectURI()+"?error=access_denied&state="+l.State().Reveal()) },
		"closed":    func(_ *world, l *Login) { l.Close() },
		"too late":  func(_ *world, l *Login) { l.expire() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			l := w.waits()
			end(w, l)
			<-l.Done()
			if len(w.notes()) != 0 {
				t.Errorf("there is %v", w.notes())
			}
		})
	}
}

// TestNoteOfAnotherStays: whoever gets the port next leaves a note of that name.
func TestNoteOfAnotherStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := netip.MustParseAddrPort("127.0.0.1:8976")
	first := leaveNote(dir, at, "first-state")
	leaveNote(dir, netip.MustParseAddrPort("[::1]:8976"), "second-state")
	first.remove()
	notes, err := findNotes(dir)
	if err != nil || len(notes) != 1 || notes[0].state != "second-state" {
		t.Errorf("%v, %v", notes, err)
	}
}

func TestNotesThatAreNoNotes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, content string, mode os.FileMode) {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(path, []byte(content), mode), os.Chmod(path, mode)); err != nil {
			t.Fatal(err)
		}
	}
	write("8976.json", `{"port":8976,"state":"abc"}`, 0o600)
	write("8977.json", `{"port":8976,"state":"other-name"}`, 0o600)
	write("8978.json", `{"port":8978,"state":"open-to-others"}`, 0o644)
	write("8979.json", `{"port":8979,"sta`, 0o600)
	write("x.json", `{"port":1,"state":"abc"}`, 0o600)
	write("99999.json", `{"port":99999,"state":"abc"}`, 0o600)
	write(".8980.json.tmp-1", `{"port":8980,"state":"abc"}`, 0o600)
	if err := errors.Join(os.Symlink("8976.json", filepath.Join(dir, "8981.json")), os.Mkdir(filepath.Join(dir, "8982.json"), 0o700)); err != nil {
		t.Fatal(err)
	}
	notes, err := findNotes(dir)
	if err != nil || len(notes) != 1 || notes[0].port != 8976 || notes[0].state != "abc" {
		t.Errorf("%v, %v", notes, err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 9 {
		t.Errorf("somebody else's files are gone: %v", entries)
	}
}

func TestNotesOfADirectoryThatIsOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	if err := errors.Join(os.MkdirAll(w.pending(), 0o700), os.Chmod(w.pending(), 0o777)); err != nil {
		t.Fatal(err)
	}
	l := w.waits()
	if len(w.notes()) != 0 {
		t.Error("a state was written where everybody can put another")
	}
	_, err := w.finish(w.answer(l))
	if e := wantKind(t, err, ErrStoreMode); e.Fix == "" || explain.Of(err).Class() != explain.Store {
		t.Errorf("%+v", e)
	}
	visit(t, w.answer(l))
	if _, err := l.Wait(soon(t)); err != nil {
		t.Errorf("the other ways: %v", err)
	}
}

func TestNoteNeedsLoopback(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]bool{"127.0.0.1:8976": true, "[::1]:8976": true, "0.0.0.0:8976": true, "[::]:8976": true, "192.168.1.5:8976": false} {
		if got := leaveNote(t.TempDir(), netip.MustParseAddrPort(addr), "state") != nil; got != want {
			t.Errorf("%s: %v", addr, got)
		}
	}
}

func FuzzNote(f *testing.F) {
	for _, seed := range []string{`{"port":8976,"state":"Zk3vQ8mN2xL0pR7tY5wB1c~8976"}`, `{"port":-1}`, `{"port":1e9,"state":"x"}`, `{"port":1,"state":"&code=x"}`, `[`, ``} {
		f.Add([]byte(seed))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		n, ok := parseNote(data)
		if !ok {
			return
		}
		if n.port == 0 || n.state == "" || notePath(dir, n.port) != filepath.Join(dir, strconv.Itoa(int(n.port))+".json") {
			t.Fatalf("accepted %s", data)
		}
		for _, r := range n.state.Reveal() {
			if notCode(r) {
				t.Fatalf("state of %s", data)
			}
		}
		if n.expired(time.Time{}) {
			t.Fatal("a new one is old")
		}
	})
}

func FuzzFinishAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"signed_in":true,"profile":"work"}`, `{"signed_in":false,"profile":"w","error":{"what":"\u001b[2J","why":"b","kind":"x","facts":{"Place":"device","OAuth":"expired_token"}}}`,
		`{"signed_in":false,"under_way":true,"profile":"w"}`, `{"signed_in":null,"profile":1}`, `null`,
	} {
		f.Add([]byte(seed))
	}
	reader := newFinisher(FinishOptions{})
	f.Fuzz(func(t *testing.T, data []byte) {
		answer, err := readCallbackJSON(data)
		if err != nil {
			return
		}
		got, err := reader.read(answer)
		if (err == nil) != answer.SignedIn || err == nil && (got.Profile != words(got.Profile)) {
			t.Fatalf("%+v, %v", got, err)
		}
		if err != nil && (explain.Of(err).What == "" || len(err.Error()) > 4*maxWords+100) {
			t.Fatalf("error %q", err)
		}
	})
}
