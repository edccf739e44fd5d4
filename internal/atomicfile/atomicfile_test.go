package atomicfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/atomicfile"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	for _, text := range []string{"first", "a longer second", ""} {
		old, _ := os.ReadFile(path) // the first time there is none
		seen := "nobody looked"
		err := atomicfile.Write(path, []byte(text), func() {
			now, _ := os.ReadFile(path)
			seen = string(now)
		})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("read %q, %v; want %q", got, err, text)
		}
		if seen != string(old) {
			t.Errorf("before the rename a reader finds %q, want the old %q", seen, old)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if left := atomicfile.Leftovers(path); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

func TestWriteRefusesWhatIsNoFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(target, []byte("mine"), 0o600), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{link, dir} {
		if err := atomicfile.Write(path, []byte("x"), nil); !errors.Is(err, atomicfile.ErrNotRegular) {
			t.Errorf("%s: got %v", filepath.Base(path), err)
		}
	}
	if got, _ := os.ReadFile(target); string(got) != "mine" {
		t.Errorf("the target of the link is %q now", got)
	}
}

func TestLeftovers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a", ".a.tmp-123", ".a.tmp-", ".a.tmp-x1", ".ab.tmp-1", "a.tmp-1"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{filepath.Join(dir, ".a.tmp-123")}
	if diff := cmp.Diff(want, atomicfile.Leftovers(filepath.Join(dir, "a"))); diff != "" {
		t.Error(diff)
	}
}
