package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"

	"zoomtui/internal/explain"
)

// maxFile bounds what is read, in bytes; a real config.toml has a few hundred.
const maxFile = 1 << 20

// readFile reads and parses the file at path. Missing is an empty document
// unless must says otherwise.
func readFile(path string, must bool) (document, error) {
	if path == os.DevNull { // the usual way to say "no configuration"
		return document{}, nil
	}
	text, err := readPrivate(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !must:
		return document{}, nil
	case errors.Is(err, fs.ErrNotExist):
		return document{}, &Error{What: "there is no file " + path, Fix: "Make it: zoomtui --config " + explain.ShellWord(path) + " profile add", Err: err}
	case err != nil:
		return document{}, err
	}
	return parse(path, text)
}

// readPrivate reads a regular file that nobody but its owner may read.
func readPrivate(path string) (string, error) {
	// Looked at before it is opened: opening a named pipe would wait for ever.
	info, err := os.Stat(path)
	if err != nil {
		return "", unreadable(path, err)
	}
	if !info.Mode().IsRegular() {
		return "", &Error{What: path + " is not a regular file", Path: path, Class: explain.Store}
	}
	f, err := os.Open(path)
	if err != nil {
		return "", unreadable(path, err)
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return "", unreadable(path, err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return "", &Error{
			What:  fmt.Sprintf("%s is open to others (mode %04o), and it may hold a client secret", path, mode),
			Path:  path,
			Fix:   "chmod 600 " + explain.ShellWord(path),
			Class: explain.Store,
		}
	}
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return "", unreadable(path, err)
	}
	if len(text) > maxFile {
		return "", &Error{What: path + " is larger than 1 MiB", Path: path}
	}
	return string(text), nil
}

func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return &Error{What: "read the configuration: " + err.Error(), Path: path, Class: explain.Store, Err: err}
}
