package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"zoomtui/internal/atomicfile"
)

// Mark says that a refresh was begun. It is written before Zoom is asked and
// taken away when the answer is safe; one that is found later tells of a
// refresh that was cut off, after which the stored refresh token may be dead.
type Mark struct {
	At          time.Time `json:"at"` // Zoom's time
	PID         int       `json:"pid"`
	Command     string    `json:"command"`     // which command refreshed
	Fingerprint string    `json:"fingerprint"` // of the refresh token that was sent
}

// who names the process in words.
func (m Mark) who() string {
	name := "zoomtui"
	if command := words(m.Command); command != "" {
		name += " " + command
	}
	return fmt.Sprintf("%s, pid %d", name, m.PID)
}

// Mark gives the mark of a refresh that is under way or was cut off.
func (s *Store) Mark() (Mark, bool) { return s.readMark(s.markPath()) }

func (s *Store) readMark(path string) (Mark, bool) {
	data, err := s.read(path)
	if err != nil {
		return Mark{}, false
	}
	var m Mark
	if err := json.Unmarshal(data, &m); err != nil {
		return Mark{}, false
	}
	return m, true
}

// Begin writes the mark. A mark of an earlier refresh with the same token stays:
// it was the first attempt that may have spent the token.
func (h *Held) Begin(m Mark) error {
	if old, ok := h.store.Mark(); ok && old.Fingerprint == m.Fingerprint {
		return nil
	}
	data, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode mark: %w", err)
	}
	if err := atomicfile.Write(h.store.markPath(), append(data, '\n'), nil); err != nil {
		return h.store.trouble("mark refresh", h.store.markPath(), err)
	}
	return nil
}

// EndMark takes the mark away: the answer is stored, or surely nothing was spent.
func (h *Held) EndMark() error {
	if err := os.Remove(h.store.markPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return h.store.trouble("remove mark", h.store.markPath(), err)
	}
	return nil
}
