// Package atomicfile replaces a file in one step, and durably: what it writes must
// survive a machine that loses power, because some of it exists nowhere else.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// tempMark stands between a file's name and the digits of its temporary copy.
const tempMark = ".tmp-"

// Write puts data into path, mode 0600, so that a reader, or a machine that lost
// power, finds the old content or the new one and nothing else: a temporary file
// in the same directory, fsync, rename, fsync of the directory. Before the rename,
// when the new content is safe already, it calls before (unless nil). A path that
// is there and is no regular file is refused with [ErrNotRegular].
func Write(path string, data []byte, before func()) (err error) {
	if err := Regular(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	temp, err := Temp(path, data)
	if err != nil {
		return err
	}
	if before != nil {
		before()
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(fmt.Errorf("rename: %w", err), os.Remove(temp))
	}
	return SyncDir(filepath.Dir(path))
}

// Adopt finishes the [Write] of a killed process: it puts a whole file that
// [Leftovers] found in the place of path, flushed to disk before. As with Write,
// before is called when the new content is safe; an error leaves both files as they
// are.
func Adopt(leftover, path string, before func()) error {
	for _, p := range []string{leftover, path} {
		if err := Regular(p); err != nil && (p == leftover || !errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	f, err := os.OpenFile(leftover, os.O_RDWR, 0) // some systems flush only what is open for writing
	if err != nil {
		return fmt.Errorf("open left-over: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("flush left-over: %w", err)
	}
	if before != nil {
		before()
	}
	if err := os.Rename(leftover, path); err != nil {
		return fmt.Errorf("rename left-over: %w", err)
	}
	return SyncDir(filepath.Dir(path))
}

// Temp writes a new file beside path, mode 0600, and flushes it to disk.
func Temp(path string, data []byte) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+tempMark+"*")
	if err != nil {
		return "", fmt.Errorf("create temporary file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err := f.Write(data); err != nil {
		return "", errors.Join(fmt.Errorf("write temporary file: %w", err), f.Close())
	}
	if err := f.Sync(); err != nil {
		return "", errors.Join(fmt.Errorf("flush temporary file: %w", err), f.Close())
	}
	if err := f.Close(); err != nil {
		return "", fmt.Errorf("close temporary file: %w", err)
	}
	return f.Name(), nil
}

// SyncDir flushes a directory, without which a rename may be forgotten. Some
// file systems cannot do that and say so; then there is nothing more to do.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // a directory cannot be opened for flushing there
	}
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open directory to flush: %w", err)
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	if err = errors.Join(err, d.Close()); err != nil {
		return fmt.Errorf("flush directory: %w", err)
	}
	return nil
}

// ErrNotRegular is for a path where something else than a file stands.
var ErrNotRegular = errors.New("not a regular file")

// Regular refuses what is no file: a symlink, directory, pipe or device.
func Regular(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return fmt.Errorf("look at file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return ErrNotRegular
	}
	return nil
}

// Leftovers finds the temporary files that a killed writer of path left behind.
// Only the holder of the lock may take them for that.
func Leftovers(path string) []string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		digits, ok := strings.CutPrefix(e.Name(), "."+filepath.Base(path)+tempMark)
		if ok && digits != "" && strings.Trim(digits, "0123456789") == "" {
			found = append(found, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return found
}
