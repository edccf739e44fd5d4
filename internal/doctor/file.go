package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// File is how a file or directory looks from outside.
type File struct {
	Path   string
	There  bool
	Mode   fs.FileMode
	Owner  int    // user id; -1 where the system has none
	Target string // of a symbolic link; empty: it is none
}

// LookAt looks at a file without opening it.
func LookAt(path string) File {
	f := File{Path: path, Owner: -1}
	info, err := os.Lstat(path)
	if err != nil {
		return f
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		f.Target, _ = os.Readlink(path) // shown only
		if f.Target == "" {
			f.Target = "?"
		}
		if behind, err := os.Stat(path); err == nil {
			info = behind
		}
	}
	f.There, f.Mode, f.Owner = true, info.Mode(), ownerOf(info)
	return f
}

// mode is the permissions as chmod takes them; "" when there is no file.
func (f File) mode() string {
	if !f.There {
		return ""
	}
	return fmt.Sprintf("%04o", f.Mode.Perm())
}

// Writable finds out whether a file can be made in a directory, by making one and
// removing it; for a directory that is not there, whether it could be made.
func Writable(dir string) error {
	dir, err := existing(dir)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".zoomtui-doctor-*")
	if err != nil {
		return fmt.Errorf("make a file: %w", err)
	}
	_, err = f.Write(make([]byte, 4096))
	if err = errors.Join(err, f.Close(), os.Remove(f.Name())); err != nil {
		return fmt.Errorf("write a file: %w", err)
	}
	return nil
}

// existing is the directory itself, or the first one above it that is there.
func existing(dir string) (string, error) {
	for {
		info, err := os.Stat(dir)
		switch {
		case err == nil && info.IsDir():
			return dir, nil
		case err == nil:
			return "", &fs.PathError{Op: "look at directory", Path: dir, Err: errors.New("it is not a directory")}
		case !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir):
			return "", fmt.Errorf("look at directory: %w", err)
		}
		dir = filepath.Dir(dir)
	}
}

// Dir is a directory of the program.
type Dir struct {
	Name string // of the check: cache or state
	For  string // what is kept there
	File File
	Err  error // why it cannot be written; nil: it can
}

// Directory checks a directory whose loss costs comfort and no token.
func Directory(d Dir) Check {
	c := result(d.Name, OK, "%s can be written; %s is kept there.", d.File.Path, d.For).brief("can be written")
	switch {
	case d.Err != nil:
		c = result(d.Name, Warning, "%s cannot be written (%s), so %s is not kept.", d.File.Path, lastWords(d.Err), d.For).brief("cannot be written").
			remedy(ownerRemedy(d.File))
	case !d.File.There:
		c = result(d.Name, OK, "%s is made when it is first needed; %s will be kept there.", d.File.Path, d.For).brief("not there yet")
	case d.File.Mode.Perm()&0o022 != 0:
		c = result(d.Name, Warning, "Others can write to %s.", d.File.Path).brief("others can write to it").
			remedy("chmod 700 " + quote(d.File.Path))
	}
	return c.detail("path", d.File.Path).detail("exists", d.File.There).detail("mode", d.File.mode())
}

// ownerRemedy mends a directory that cannot be written.
func ownerRemedy(f File) string {
	if f.There && f.Owner >= 0 && f.Owner != os.Geteuid() {
		return "Make it yours: sudo chown -R \"$(id -un)\" " + quote(f.Path)
	}
	if f.There && f.Mode.Perm()&0o700 != 0o700 {
		return "chmod 700 " + quote(f.Path)
	}
	return "Make the directory above it writable, or mount a volume there: ls -ld " + quote(filepath.Dir(f.Path))
}
