package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"

	"zoomtui/internal/atomicfile"
)

const (
	chunk   = 16 << 10 // bytes that are read at once, from the end
	maxFile = 4 << 20  // bytes from the end that are looked at; what is before is not of this program
)

// Read gives the newest entries first, at most limit of them; 0 means all. A line
// that cannot be read is left out, and so is a key that is not known. No history
// is no error, and nothing is made by reading.
func (l *Log) Read(limit int) ([]Entry, error) {
	var entries []Entry
	for line, err := range l.newestFirst() {
		if err != nil {
			return entries, err
		}
		if e, ok := decode(line); ok {
			entries = append(entries, e)
		}
		if limit > 0 && len(entries) == limit {
			break
		}
	}
	return entries, nil
}

// Ended gives the entry that tells that Zoom no longer takes a refresh token, by
// the fingerprint of that token. It reads from the end and no further than to the
// first line that knows the token, which is among the last for the stored one.
func (l *Log) Ended(fingerprint string) (Entry, bool) {
	if fingerprint == "" {
		return Entry{}, false
	}
	for line, err := range l.newestFirst() {
		if err != nil {
			return Entry{}, false // what cannot be read tells nothing
		}
		if !bytes.Contains(line, []byte(fingerprint)) {
			continue
		}
		e, ok := decode(line)
		switch {
		case !ok:
			continue
		case e.NewFingerprint == fingerprint:
			return Entry{}, false // it has come since
		case e.OldFingerprint != fingerprint || e.Action == actionLogout:
			continue
		case e.Result == ResultEnded:
			return e, true
		case e.Result == ResultOK:
			return Entry{}, false
		}
	}
	return Entry{}, false
}

// EndedGeneration is [Log.Ended] for who does not know the fingerprint: the tokens
// are sealed. It goes by their generation, and by the newest line that tells
// whether the sign-in works.
func (l *Log) EndedGeneration(generation int) (Entry, bool) {
	for line, err := range l.newestFirst() {
		if err != nil {
			return Entry{}, false
		}
		e, ok := decode(line)
		switch {
		case !ok || e.Action == actionLogout:
			continue
		case e.Result == ResultEnded:
			return e, e.Generation == generation
		case e.Result == ResultOK && e.NewFingerprint != "":
			return Entry{}, false
		}
	}
	return Entry{}, false
}

// newestFirst gives the lines of the file from its end. An error is given once,
// with no line, and ends it.
func (l *Log) newestFirst() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		f, size, err := l.open()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			yield(nil, err)
		}
		if err != nil {
			return
		}
		defer func() { _ = f.Close() }() // only read; nothing can be lost
		if err := backwards(f, size, func(line []byte) bool { return yield(line, nil) }); err != nil {
			yield(nil, fmt.Errorf("read history: %w", err))
		}
	}
}

// open opens the file for reading.
func (l *Log) open() (*os.File, int64, error) {
	// Looked at before it is opened, because to open a pipe would wait for ever.
	if err := atomicfile.Regular(l.path); err != nil {
		return nil, 0, l.wrap("read history", err)
	}
	f, err := os.Open(l.path)
	if err != nil {
		return nil, 0, l.wrap("read history", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(l.wrap("read history", err), f.Close())
	}
	return f, info.Size(), nil
}

// backwards hands over the lines of a file, the last one first, until one is not
// wanted any more. A line that is too long, and one that may have begun before
// the part that is looked at, are left out.
func backwards(f io.ReaderAt, size int64, wanted func([]byte) bool) error {
	var begun []byte // the end of a line whose beginning is not read yet
	tooLong := false // that line is, and is being passed over
	for at := size; at > 0 && size-at < maxFile; {
		n := min(chunk, at)
		at -= n
		data := make([]byte, n, int(n)+len(begun))
		if got, err := f.ReadAt(data, at); err != nil && int64(got) < n {
			return err // the file became shorter, or cannot be read
		}
		data = append(data, begun...)
		for {
			i := bytes.LastIndexByte(data, '\n')
			if i < 0 {
				break
			}
			if line := data[i+1:]; !tooLong && len(line) > 0 && !wanted(line) {
				return nil
			}
			data, tooLong = data[:i], false
		}
		if begun = data; len(begun) > maxLine {
			begun, tooLong = nil, true
		}
		if at == 0 && !tooLong && len(begun) > 0 {
			wanted(begun)
		}
	}
	return nil
}

// wrap says what was tried, and the path where the error does not.
func (l *Log) wrap(op string, err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", op, err)
	}
	return fmt.Errorf("%s: %s: %w", op, l.path, err)
}
