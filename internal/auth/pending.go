package auth

import (
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"zoomtui/internal/atomicfile"
	"zoomtui/internal/explain"
)

// The bounds of the notes of sign-ins that wait.
const (
	maxNote  = 4 << 10 // of a file, in bytes
	maxNotes = 64      // that are looked at
)

// noteSuffix ends the names of notes; the port stands before it.
const noteSuffix = ".json"

// noteJSON is the content of a note, and all of it: enough to bring an answer to
// the sign-in that waits, which is the only one that can trade it for tokens.
type noteJSON struct {
	Port  int    `json:"port"`
	State string `json:"state"`
}

// note is the file of one sign-in that waits, <port>.json; its age is the file's.
type note struct {
	path  string
	port  uint16
	state Secret
	since time.Time // when it was written; only of notes that were found
	once  sync.Once
}

// leaveNote writes the note of a sign-in that listens at an address. nil when there
// is none: no directory is named, the address cannot be reached over loopback, or
// the file cannot be written. The other ways need no note, so that is no error;
// [Finish] says then that nobody waits.
func leaveNote(dir string, listens netip.AddrPort, state Secret) *note {
	if dir == "" || !listens.Addr().IsLoopback() && !listens.Addr().IsUnspecified() {
		return nil
	}
	if err := os.MkdirAll(dir, dirMode); err != nil || openDir(dir) != nil {
		return nil
	}
	data, err := json.Marshal(noteJSON{Port: int(listens.Port()), State: state.Reveal()})
	if err != nil {
		return nil
	}
	n := &note{path: notePath(dir, listens.Port()), port: listens.Port(), state: state}
	if err := atomicfile.Write(n.path, append(data, '\n'), nil); err != nil {
		return nil
	}
	return n
}

func notePath(dir string, port uint16) string {
	return filepath.Join(dir, strconv.Itoa(int(port))+noteSuffix)
}

// remove takes the note away, once, if it is still this one: two sign-ins that
// listen at 127.0.0.1 and at [::1] may have the same port.
func (n *note) remove() {
	if n == nil {
		return
	}
	n.once.Do(func() {
		if there, ok := readNote(n.path); ok && equal(there.state.Reveal(), n.state.Reveal()) {
			_ = os.Remove(n.path) // it does no harm: nobody listens any more
		}
	})
}

// openDir refuses a directory into which others can put notes: an answer would be
// brought to whoever they name.
func openDir(dir string) error {
	info, err := os.Stat(dir)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o022 == 0 {
		return nil // one that is not there holds no notes
	}
	return &Error{
		Kind: ErrStoreMode, Op: "look at waiting sign-ins", Path: dir,
		Cause: "the directory is open to others for writing",
		Fix:   "chmod 700 " + explain.ShellWord(dir),
	}
}

// findNotes gives the notes in a directory. What is no note is left alone.
func findNotes(dir string) ([]*note, error) {
	if err := openDir(dir); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil // nobody has ever waited here
	}
	var found []*note
	for _, e := range entries {
		digits, ok := strings.CutSuffix(e.Name(), noteSuffix)
		if _, err := strconv.ParseUint(digits, 10, 16); !ok || err != nil {
			continue
		}
		if n, ok := readNote(filepath.Join(dir, e.Name())); ok && len(found) < maxNotes {
			found = append(found, n)
		}
	}
	return found, nil
}

// readNote reads a note that is a file of ours alone and whose name fits.
func readNote(path string) (*note, bool) {
	if atomicfile.Regular(path) != nil {
		return nil, false
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxNote || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, false
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, false
	}
	n, ok := parseNote(data)
	if !ok || notePath(filepath.Dir(path), n.port) != filepath.Clean(path) {
		return nil, false
	}
	n.path, n.since = path, info.ModTime()
	return n, true
}

// parseNote reads the content of a note.
func parseNote(data []byte) (*note, bool) {
	var n noteJSON
	if len(data) > maxNote || json.Unmarshal(data, &n) != nil {
		return nil, false
	}
	const lastPort = 65535
	if n.Port < 1 || n.Port > lastPort || n.State == "" || strings.ContainsFunc(n.State, notCode) {
		return nil, false
	}
	return &note{port: uint16(n.Port), state: Secret(n.State)}, true
}

// expired tells a note that is older than any link lives.
func (n *note) expired(now time.Time) bool { return now.Sub(n.since) > linkLife }
