package auth

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"zoomtui/internal/atomicfile"
)

// A refresh token works once, so two machines cannot share a sign-in: whoever
// refreshes second ends it for both. Moving it marks the copy that stays behind,
// and a marked copy is neither refreshed nor handed out.

// opImport begins the text of an error about a sign-in that was brought here.
const opImport = "import the sign-in"

// MarkMoved marks the stored sign-in as moved to another machine and gives its
// tokens as they were, to be taken there. The mark is on disk when it returns. What
// a killed process left is put in place first, so that the newest tokens go; an
// earlier generation gets no mark and stays as it is. Kinds of error: those of
// [Store.Load], [ErrMoved] when the mark is there already, and [ErrStore].
func (h *Held) MarkMoved() (Token, error) {
	t, err := h.store.Load()
	if err == nil {
		err = h.store.Moved(t)
	}
	if err == nil {
		t, _, err = h.salvage(t)
	}
	if err != nil {
		return Token{}, err
	}
	marked := t
	marked.MovedAt = h.store.now().UTC().Truncate(time.Second)
	if err := h.rewrite("mark sign-in as moved", marked); err != nil {
		return Token{}, err
	}
	return t, nil
}

// Unmove takes the mark of [Held.MarkMoved] back. Without one it does nothing.
func (h *Held) Unmove() error {
	t, err := h.store.Load()
	if err != nil || t.MovedAt.IsZero() {
		return err
	}
	t.MovedAt = time.Time{}
	return h.rewrite("take the mark of the move back", t)
}

// Import stores a sign-in that was moved here, with its generation and the time
// when the person signed in; what was here becomes the previous generation. A
// file of a newer version is refused untouched, a damaged one is kept aside. It
// gives what was stored and the tokens that were there before (the zero Token when
// there were none). Tokens that are older than those of the same sign-in here are
// an error of kind [ErrUsage].
func (h *Held) Import(t Token) (stored, before Token, err error) {
	if t.AccessToken == "" && t.RefreshToken == "" {
		return Token{}, Token{}, &Error{Kind: ErrUsage, Op: opImport, Cause: "it holds no token"}
	}
	here, err := h.store.Load()
	if err == nil {
		here, _, err = h.newest(here)
	}
	if err == nil && here.continues(t) {
		return Token{}, Token{}, &Error{
			Kind: ErrUsage, Op: opImport, Path: h.store.Path(),
			Cause: fmt.Sprintf("it is of generation %d, and generation %d of the same sign-in is here already; the older one would end it", t.Generation, here.Generation),
		}
	}
	before, err = h.makeWay()
	if err != nil {
		return Token{}, Token{}, err
	}
	t.Version, t.ClockSkew = tokenVersion, 0 // the skew was the other machine's
	unknown := maps.Clone(before.Unknown)
	for key, value := range t.Unknown {
		if unknown == nil {
			unknown = map[string]json.RawMessage{}
		}
		unknown[key] = value
	}
	t.Unknown = unknown
	return h.replace(t, before)
}

// rewrite replaces the current tokens by themselves with another mark. The
// previous generation stays: it would otherwise become a copy without the mark.
func (h *Held) rewrite(op string, t Token) error {
	s := h.store
	data, err := s.encode(t)
	if err != nil {
		return s.trouble(op, s.Path(), err)
	}
	if err := atomicfile.Write(s.Path(), data, nil); err != nil {
		return s.trouble(op, s.Path(), fmt.Errorf("%w: %w", errNotWritable, err))
	}
	return nil
}

// Moved gives the error of kind [ErrMoved] for tokens that another machine has
// now, and nil for others. [Store.Load] gives both alike.
func (s *Store) Moved(t Token) error {
	if t.MovedAt.IsZero() {
		return nil
	}
	return &Error{
		Kind: ErrMoved, Op: "read tokens", Path: s.Path(),
		Cause: "the sign-in was moved to another machine " + when(t.MovedAt),
		Fix:   "zoomtui export --cancel --profile " + s.profile,
	}
}
