// Package calls remembers the last requests of a profile from one run of the
// program to the next, so that a person who asks for help can say what was asked
// and what Zoom answered. What it keeps names nobody: paths are templates, hosts
// are Zoom's or not told, and no query, header or body gets in.
package calls

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zoomtui/internal/atomicfile"
)

const (
	keep     = 50        // calls that are kept
	roomy    = 48 << 10  // bytes of a file from which on it is cut back to keep
	maxFile  = 256 << 10 // bytes that are read of a file
	maxCode  = 999_999   // Zoom's numbers; a larger one may be the id of a meeting
	maxTrack = 120       // bytes of a tracking id
)

// Call is one request and what came of it. Its JSON keys are those of the file.
type Call struct {
	At         time.Time `json:"at"` // by this machine's clock, UTC
	Method     string    `json:"method"`
	Host       string    `json:"host"` // see [Host]
	Path       string    `json:"path"` // see [Template]
	Status     int       `json:"status"`
	ZoomCode   int       `json:"zoom_code,omitempty"`
	TrackingID string    `json:"tracking_id,omitempty"` // header x-zm-trackingid, which Zoom's support asks for
	Millis     int64     `json:"ms"`                    // to the end of the answer
	Failed     string    `json:"failed,omitempty"`      // why there is no whole answer, in one word; empty: there is
}

// Log is the last calls of one profile, a file of one JSON object a line.
type Log struct{ path string }

// Open gives the log of a profile in a directory. Nothing is read or made.
func Open(dir, profile string) *Log { return &Log{path: filepath.Join(dir, profile+".jsonl")} }

// Path is the file.
func (l *Log) Path() string { return l.path }

// Append adds calls, the oldest first, in one write; the file and its directory
// are made if they are not there (0600, 0700). Whatever could tell of a person is
// taken out. None is no work at all. A log that cannot be written must not cost an
// answer: callers pass over the error, or tell it beside.
func (l *Log) Append(calls ...Call) error {
	if len(calls) == 0 {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return fmt.Errorf("make directory of the last calls: %w", err)
	}
	if err := atomicfile.Regular(l.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look at the last calls: %w", err)
	}
	f, err := os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("open the last calls: %w", err)
	}
	_, err = f.Write(lines(calls[max(0, len(calls)-keep):]))
	size := int64(0)
	if info, e := f.Stat(); e == nil {
		size = info.Size()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the last calls: %w", err)
	}
	if size > roomy {
		return l.cutBack()
	}
	return nil
}

// cutBack leaves the newest calls. What another process adds meanwhile may be
// lost; it is a help, not a record.
func (l *Log) cutBack() error {
	newest, err := l.Read(keep)
	if err != nil {
		return err
	}
	slices.Reverse(newest)
	if err := atomicfile.Write(l.path, lines(newest), nil); err != nil {
		return fmt.Errorf("cut back the last calls: %w", err)
	}
	return nil
}

// Read gives the newest calls first, at most limit of them; 0 means all that are
// kept. A line that cannot be read is left out, and what stands in the file is
// trusted as little as what is added. No file is no error.
func (l *Log) Read(limit int) ([]Call, error) {
	data, err := l.tail()
	if err != nil {
		return nil, err
	}
	if limit <= 0 || limit > keep {
		limit = keep
	}
	var calls []Call
	for _, line := range slices.Backward(bytes.Split(data, []byte("\n"))) {
		var c Call
		if len(line) == 0 || json.Unmarshal(line, &c) != nil || c.At.IsZero() {
			continue
		}
		if calls = append(calls, c.tame()); len(calls) == limit {
			break
		}
	}
	return calls, nil
}

// tail reads the end of the file.
func (l *Log) tail() ([]byte, error) {
	switch err := atomicfile.Regular(l.path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look at the last calls: %w", err)
	}
	f, err := os.Open(l.path)
	if err != nil {
		return nil, fmt.Errorf("open the last calls: %w", err)
	}
	defer func() { _ = f.Close() }() // only read; nothing can be lost
	if info, err := f.Stat(); err == nil && info.Size() > maxFile {
		if _, err := f.Seek(-maxFile, io.SeekEnd); err != nil {
			return nil, fmt.Errorf("read the last calls: %w", err)
		}
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return nil, fmt.Errorf("read the last calls: %w", err)
	}
	return data, nil
}

// lines writes one JSON object a line.
func lines(calls []Call) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	for _, c := range calls {
		_ = e.Encode(c.tame()) // into memory, and of types that always can be written
	}
	return out.Bytes()
}

// tame takes out of a call whatever could tell of a person, or harm a reader.
func (c Call) tame() Call {
	c.At = c.At.UTC().Truncate(time.Second)
	if c.At.Year() < 1 || c.At.Year() > 9999 { // what RFC 3339 cannot write
		c.At = time.Unix(0, 0).UTC()
	}
	c.Method = oneOf(c.Method, "GET", "POST", "PATCH", "PUT", "DELETE", "HEAD")
	c.Failed = oneOf(c.Failed, "", "cancelled", "timeout", "dns", "tls", "sign-in", "connection")
	c.Host, c.Path = Host(c.Host), Template(c.Path)
	c.TrackingID = tracking(c.TrackingID)
	c.Status, c.Millis = min(max(c.Status, 0), 999), max(c.Millis, 0)
	if c.ZoomCode < 0 || c.ZoomCode > maxCode {
		c.ZoomCode = 0
	}
	return c
}

// oneOf gives the word if it is one of those known.
func oneOf(word string, known ...string) string {
	if slices.Contains(known, word) {
		return word
	}
	return "other"
}

// tracking lets a tracking id through that looks like one, as in
// v=2.0;clid=us02;rid=WEB_0123456789abcdef; a header can hold anything.
func tracking(id string) string {
	foreign := func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("=;._-", r)
	}
	if len(id) > maxTrack || strings.ContainsFunc(id, foreign) || strings.Contains(id, "eyJ") {
		return ""
	}
	return id
}
