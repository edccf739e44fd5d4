package sandbox

import (
	"fmt"
	"slices"
)

// all are the meetings of this moment. The slice and the meetings in it never change: a list that was begun
// stays what it was.
func (w *world) all() []*meeting {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.meetings
}

// schedule enters a new meeting and gives it its number, UUID and, where one is wanted, passcode.
func (w *world) schedule(m meeting, passcode bool) *meeting {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.made++
	name := fmt.Sprintf("made %d %s", w.made, m.topic)
	m.id, m.uuid = w.meetingID(name), w.uuid(name)
	if passcode {
		m.passcode = w.passcode(name)
	}
	w.meetings = append(slices.Clone(w.meetings), &m)
	return &m
}

// replace puts a changed meeting in the place of the one with the same number. It is false when that one has
// gone meanwhile.
func (w *world) replace(m meeting) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.IndexFunc(w.meetings, func(o *meeting) bool { return o.id == m.id })
	if i < 0 {
		return false
	}
	w.meetings = slices.Clone(w.meetings)
	w.meetings[i] = &m
	return true
}

// remove takes a meeting out and keeps it, to be recovered.
func (w *world) remove(id int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.meetings = slices.DeleteFunc(slices.Clone(w.meetings), func(m *meeting) bool {
		if m.id != id {
			return false
		}
		if w.deleted == nil {
			w.deleted = map[int64]*meeting{}
		}
		w.deleted[id] = m
		return true
	})
}

// recover puts a meeting back that was removed, if its host may say so.
func (w *world) recover(id int64, mayHost func(host *user) bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	m, ok := w.deleted[id]
	if !ok || !mayHost(m.host) {
		return false
	}
	delete(w.deleted, id)
	w.meetings = append(slices.Clone(w.meetings), m)
	return true
}
