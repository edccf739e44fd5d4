package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"zoomtui/internal/api"
	"zoomtui/internal/har"
	"zoomtui/internal/ui/requests"
)

// Export writes every remembered call to a file in the working directory; where
// that cannot be written, in the state directory.
func (t traffic) Export() (requests.Exported, error) {
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	return t.exportTo(dir)
}

// exportTo is Export with another working directory.
func (t traffic) exportTo(dir string) (requests.Exported, error) {
	var all []api.Exchange
	for _, c := range t.recorder.Calls() {
		if x, ok := t.recorder.Exchange(c.Seq); ok {
			all = append(all, x)
		}
	}
	write := func(w io.Writer) error { return har.Write(w, all, "zoomtui", buildVersion()) }
	name := "zoomtui-" + t.cli.clock().In(t.profile.Location()).Format("20060102-150405")
	done := requests.Exported{Calls: len(all)}
	var err error
	done.Path, err = newFile(dir, name, ".har", write)
	if err == nil {
		return done, nil
	}
	refused := err
	if err := os.MkdirAll(t.cli.paths.State, 0o700); err != nil {
		return done, fmt.Errorf("make the state directory: %w", err)
	}
	if done.Path, err = newFile(t.cli.paths.State, name, ".har", write); err != nil {
		return done, errors.Join(refused, err)
	}
	done.Note = "The working directory cannot be written."
	return done, nil
}

// newFileTries bounds the search for a name that is not taken.
const newFileTries = 100

// newFile writes a file that was not there before, for its owner alone (0600), and
// gives its path. A file that cannot be finished is removed.
func newFile(dir, name, end string, write func(io.Writer) error) (path string, err error) {
	for n := 1; ; n++ {
		path = filepath.Join(dir, name+end)
		if n > 1 {
			path = filepath.Join(dir, name+"-"+strconv.Itoa(n)+end)
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) && n < newFileTries {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("make a file: %w", err)
		}
		if err := fill(f, write); err != nil {
			return "", errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(path))
		}
		return path, nil
	}
}

// fill writes and closes a file.
func fill(f *os.File, write func(io.Writer) error) error {
	w := bufio.NewWriter(f)
	err := write(w)
	if err == nil {
		err = w.Flush()
	}
	return errors.Join(err, f.Close())
}
