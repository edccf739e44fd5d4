package api

import "slices"

// keptBody is a body with its secrets hidden, or why there is none.
type keptBody struct {
	text []byte
	note string
	came int64 // bytes that were counted while it came in
}

// bodyStore keeps the newest bodies within a number of bytes. It is used under
// the recorder's lock.
type bodyStore struct {
	budget int64 // 0: no body is kept
	used   int64
	coming int64      // bytes of bodies that are not complete yet
	kept   []*details // the oldest first
}

// KeepBodies makes the recorder keep headers and bodies from now on, at most
// budget bytes of bodies in all; the oldest go first, and the newest one stays.
func (r *Recorder) KeepBodies(budget int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies.budget = budget
}

// keep takes the bodies of an exchange in as the newest, and lets the oldest go
// as far as need be.
func (s *bodyStore) keep(d *details) {
	if d == nil || d.size() == 0 {
		return
	}
	s.kept = append(s.kept, d)
	s.used += d.size()
	s.shrink()
}

// shrink lets the oldest bodies go. One stays: while a body comes in, it may yet
// turn out to be too large, and then nothing would be left.
func (s *bodyStore) shrink() {
	for s.used+s.coming > s.budget && len(s.kept) > 1 {
		oldest := s.kept[0]
		s.drop(oldest)
		if oldest.body.text != nil {
			oldest.body = keptBody{note: notePushed}
		}
		if oldest.request.text != nil {
			oldest.request = keptBody{note: notePushed}
		}
	}
}

// drop stops counting the bodies of an exchange.
func (s *bodyStore) drop(d *details) {
	if at := slices.Index(s.kept, d); at >= 0 {
		s.kept = slices.Delete(s.kept, at, at+1)
		s.used -= d.size()
	}
}

// size is the number of bytes that the bodies of one exchange take.
func (d *details) size() int64 { return int64(len(d.request.text) + len(d.body.text)) }
