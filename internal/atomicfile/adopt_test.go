package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"zoomtui/internal/atomicfile"
)

func TestAdopt(t *testing.T) {
	t.Parallel()
	for name, old := range map[string]string{"in the place of another": "old", "where none was": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "file")
			if old != "" {
				if err := os.WriteFile(path, []byte(old), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			left, err := atomicfile.Temp(path, []byte("new"))
			if err != nil {
				t.Fatal(err)
			}
			seen := "nobody looked"
			err = atomicfile.Adopt(left, path, func() {
				now, _ := os.ReadFile(path)
				seen = string(now)
			})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != "new" || seen != old {
				t.Errorf("read %q after %q, %v", got, seen, err)
			}
			if _, err := os.Lstat(left); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the left-over is still there: %v", err)
			}
		})
	}
}

func TestAdoptRefusesWhatIsNoFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(file, []byte("mine"), 0o600), os.Symlink(file, link)); err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]string{{link, filepath.Join(dir, "new")}, {file, link}} {
		if err := atomicfile.Adopt(pair[0], pair[1], nil); !errors.Is(err, atomicfile.ErrNotRegular) {
			t.Errorf("%v: %v", pair, err)
		}
	}
	if err := atomicfile.Adopt(filepath.Join(dir, "gone"), file, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a left-over that is not there: %v", err)
	}
	if got, _ := os.ReadFile(file); string(got) != "mine" {
		t.Errorf("the file is %q now", got)
	}
}
