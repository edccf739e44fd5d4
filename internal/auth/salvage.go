package auth

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"zoomtui/internal/atomicfile"
)

// A process that is killed between the answer of Zoom and the end of [Held.Save]
// leaves the new tokens in a temporary file, and the spent ones in place. What is
// left behind decides what can still be saved:
//
//	temporary file  what it means                          what is done
//	whole, newer    Zoom has answered                      it is put in place; Zoom is not asked for that
//	whole, older    it was replaced since                  removed
//	part of one     killed while writing                   removed; then the mark tells, see cutOff
//	none            killed before writing, or after all    the mark tells
//
// When the token file itself is missing, nothing is put in its place: a logout
// that was cut off must not be undone, and no step of a refresh takes it away.

// salvage puts the newest tokens that are known of the stored sign-in in place and
// removes what killed writers left. tried says where they were, as in [Event]; "":
// they are t, which was current. The caller holds the lock, so no writer is alive.
func (h *Held) salvage(t Token) (newest Token, tried string, err error) {
	newest, from, err := h.newest(t)
	if err != nil {
		return Token{}, "", err
	}
	switch from {
	case "":
	case h.store.prevPath():
		tried, err = TriedPrevious, h.Save(newest)
	default:
		tried, err = TriedLeftover, h.adopt(from)
	}
	if err != nil {
		return Token{}, "", err
	}
	h.dropTemps()
	return newest, tried, nil
}

// newest looks for later tokens than the current ones: in what killed writers
// left, and in the previous generation, which is the later one when an old copy of
// the token file was put back. from is where they are; "": the current ones are
// the newest. A file that is not to be read now, though it may be whole, is an
// error: it could be the only copy.
func (h *Held) newest(current Token) (t Token, from string, err error) {
	t = current
	for _, path := range append(atomicfile.Leftovers(h.store.Path()), h.store.prevPath()) {
		found, err := h.store.loadFrom(path)
		leftover := path != h.store.prevPath()
		switch {
		case err != nil && leftover && !worthless(err):
			return Token{}, "", err
		case err != nil || !found.MovedAt.IsZero():
		case found.continues(t), leftover && found.begins(t):
			t, from = found, path
		}
	}
	return t, from, nil
}

// worthless tells a left-over that nobody could take tokens from.
func worthless(err error) bool {
	_, isForeign := errors.AsType[*foreign](err)
	switch kindOf(err) {
	case ErrDamaged, ErrStoreMode:
		return true
	case ErrStore:
		return isForeign || errors.Is(err, atomicfile.ErrNotRegular) || errors.Is(err, fs.ErrNotExist)
	default:
		return keyGone(err)
	}
}

// adopt puts a left-over in the place of the current tokens, which become the
// previous generation. The mark of its refresh is explained by that, and goes.
func (h *Held) adopt(path string) error {
	s := h.store
	if err := atomicfile.Adopt(path, s.Path(), func() { _ = h.keepPrevious(nil) }); err != nil {
		return s.trouble("put the tokens of a killed process in place", s.dir, fmt.Errorf("%w: %w", errNotWritable, err))
	}
	_ = h.EndMark() // as in Save
	return nil
}

// park leaves tokens that could not be put in place beside it, as a killed process
// would have.
func (h *Held) park(t Token) {
	t.Profile = h.store.profile
	if data, err := h.store.encode(t); err == nil {
		_, _ = atomicfile.Temp(h.store.Path(), data) // the caller has the error of the save
	}
}

// dropTemps removes what killed writers left.
func (h *Held) dropTemps() {
	for _, path := range h.store.temps() {
		_ = os.Remove(path) // a left-over; the next one tries again
	}
}

// cutOff gives the mark of a refresh that was begun with t and of which nobody
// knows how it ended; nil: there is none. The caller holds the lock, so whoever
// wrote it is gone, or is this process after an answer that never came.
func (s *Store) cutOff(t Token) *Mark {
	mark, ok := s.Mark()
	if !ok || t.RefreshToken == "" || mark.Fingerprint != Fingerprint(t.RefreshToken) {
		return nil
	}
	return &mark
}

// before gives the previous generation of the same sign-in, whose refresh token
// Zoom may still take when a refresh with t was cut off.
func (s *Store) before(t Token) (Token, bool) {
	prev, err := s.Previous()
	ok := err == nil && t.continues(prev) && prev.MovedAt.IsZero() &&
		prev.RefreshToken != "" && prev.RefreshToken != t.RefreshToken
	return prev, ok
}
