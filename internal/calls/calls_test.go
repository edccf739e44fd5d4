package calls

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/atomicfile"
)

func at(second int) time.Time { return time.Date(2026, 11, 22, 3, 12, second, 0, time.UTC) }

func TestReadGivesTheNewestFirst(t *testing.T) {
	t.Parallel()
	log := Open(filepath.Join(t.TempDir(), "calls"), "work")
	if got, err := log.Read(10); err != nil || got != nil {
		t.Errorf("without a file there are %v (%v), want none and no error", got, err)
	}
	if err := log.Append(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Dir(log.Path())); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no call has made a directory: %v", err)
	}
	first := Call{At: at(1), Method: "POST", Host: "zoom.us", Path: "/oauth/token", Status: 200, Millis: 210, TrackingID: "v=2.0;clid=us02;rid=WEB_1"}
	second := Call{At: at(2), Method: "GET", Host: "api.zoom.us", Path: "/v2/users/me", Status: 400, ZoomCode: 4711, Millis: 90}
	third := Call{At: at(3), Method: "GET", Host: "api-eu.zoom.us", Path: "/v2/users/me/meetings", Failed: "timeout"}
	if err := errors.Join(log.Append(first, second), log.Append(third)); err != nil {
		t.Fatal(err)
	}
	got, err := log.Read(0)
	if diff := cmp.Diff([]Call{third, second, first}, got); diff != "" || err != nil {
		t.Errorf("(-want +got) %v\n%s", err, diff)
	}
	if got, _ := log.Read(1); len(got) != 1 || got[0] != third {
		t.Errorf("the newest call is %v, want %v", got, third)
	}
	for path, want := range map[string]os.FileMode{log.Path(): 0o600, filepath.Dir(log.Path()): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v (%v), want %v", path, info.Mode(), err, want)
		}
	}
}

func TestWhatCouldTellOfAPersonIsNotKept(t *testing.T) {
	t.Parallel()
	log := Open(t.TempDir(), "work")
	err := log.Append(Call{
		At: time.Date(2026, 11, 22, 3, 12, 1, 999, time.FixedZone("", 3600)), Method: "aiko", Host: "acme.zoom.us:443",
		Path: "/v2/users/aiko@example.com?next_page_token=abc", Status: -4, ZoomCode: 85212345678, Millis: -1,
		TrackingID: "aiko@example.com", Failed: "lookup aikos-laptop: no such host",
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(log.Path())
	const want = `{"at":"2026-11-22T02:12:01Z","method":"other","host":"{vanity}.zoom.us","path":"/v2/users/{email}","status":0,"ms":0,"failed":"other"}` + "\n"
	if string(data) != want || err != nil {
		t.Errorf("kept\n%s%v, want\n%s", data, err, want)
	}
}

func TestTrackingID(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"v=2.0;clid=us02;rid=WEB_5f3c_A-1.2": "v=2.0;clid=us02;rid=WEB_5f3c_A-1.2",
		"":                                   "",
		"aiko@example.com":                   "",
		"two words":                          "",
		"v=2;\x1b[2J":                        "",
		"rid=eyJhbGciOiJIUzUxMiJ9.e30.c2ln":  "",
		"v=" + strings.Repeat("a", maxTrack): "",
	} {
		if got := tracking(id); got != want {
			t.Errorf("tracking id %q is kept as %q, want %q", id, got, want)
		}
	}
}

// Whatever stands in the file, reading gives at most the calls that are kept, in
// the form in which they are kept.
func TestForeignLines(t *testing.T) {
	t.Parallel()
	log := Open(t.TempDir(), "work")
	text := "no json\n{}\n[]\nnull\n" +
		`{"at":"2026-11-22T03:12:01Z","method":"GET","host":"evil.example","path":"/v2/rooms/The Kitchen\u001b[2J","status":200,"tracking_id":"\u001b"}` + "\n" +
		`{"at":"2026-11-22T03:12:02Z","method":"GET","host":"zoom.us","path":"/oa`
	if err := os.WriteFile(log.Path(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := log.Read(0)
	want := []Call{{At: at(1), Method: "GET", Host: "{host}", Path: "/v2/rooms/{id}", Status: 200}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("(-want +got) %v\n%s", err, diff)
	}
}

func TestOnlyTheNewestAreKept(t *testing.T) {
	t.Parallel()
	log := Open(t.TempDir(), "work")
	const many = 2000
	for i := range many {
		if err := log.Append(Call{At: at(0).Add(time.Duration(i) * time.Second), Method: "GET", Host: "api.zoom.us", Path: "/v2/users/me"}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := log.Read(0)
	if err != nil || len(got) != keep || !got[0].At.Equal(at(0).Add((many-1)*time.Second)) {
		t.Errorf("there are %d calls, the newest of %v (%v)", len(got), got[0].At, err)
	}
	if info, err := os.Stat(log.Path()); err != nil || info.Size() > roomy {
		t.Errorf("the file has %d bytes (%v), want at most %d", info.Size(), err, roomy)
	}
}

func TestProcessesTogether(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { // each with a handle of its own, as processes have
			err := Open(dir, "work").Append(Call{At: at(i), Method: "GET", Path: "/v2/users/me"}, Call{At: at(i), Method: "POST", Path: "/oauth/token"})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got, err := Open(dir, "work").Read(0)
	if err != nil || len(got) != 40 {
		t.Errorf("%d calls were kept of 40: %v", len(got), err)
	}
}

func TestOnlyAFileIsWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	elsewhere := filepath.Join(dir, "elsewhere")
	log := Open(dir, "work")
	if err := errors.Join(os.WriteFile(elsewhere, nil, 0o600), os.Symlink(elsewhere, log.Path())); err != nil {
		t.Fatal(err)
	}
	if err := log.Append(Call{At: at(1)}); !errors.Is(err, atomicfile.ErrNotRegular) {
		t.Errorf("a link is written to: %v", err)
	}
	if _, err := log.Read(0); !errors.Is(err, atomicfile.ErrNotRegular) {
		t.Errorf("a link is read: %v", err)
	}
	if info, err := os.Stat(elsewhere); err != nil || info.Size() != 0 {
		t.Errorf("the file behind the link has %d bytes (%v)", info.Size(), err)
	}
}
