package auth

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
)

// holding runs do under the store's lock.
func holding(t *testing.T, s *Store, do func(*Held) error) error {
	t.Helper()
	held, err := s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return errors.Join(do(held), held.Unlock())
}

func TestMovedSignInIsNotUsedHere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	signed := w.signIn()
	var out Token
	err := holding(t, w.opts.Store, func(h *Held) (err error) { out, err = h.MarkMoved(); return err })
	if diff := cmp.Diff(signed, out); diff != "" || err != nil {
		t.Fatalf("the tokens are not given as they were: %v\n%s", err, diff)
	}
	for name, req := range map[string]TokenRequest{
		"good token": {}, "no refresh": {NoRefresh: true}, "force": {Force: true},
	} {
		_, err := w.source().TokenWith(t.Context(), req)
		wantKind(t, err, ErrMoved)
		if p := explain.Of(err); p.Class() != explain.SignIn || !contains(p.What, "another machine") ||
			!contains(p.Next[1].Text, "zoomtui export --cancel --profile work") {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if w.refreshes() != 0 {
		t.Errorf("%d refreshes of a sign-in that another machine has", w.refreshes())
	}
	err = holding(t, w.opts.Store, func(h *Held) error { _, err := h.MarkMoved(); return err })
	wantKind(t, err, ErrMoved)
	if _, err := w.opts.Store.Previous(); !errors.Is(err, ErrSignedOut) {
		t.Errorf("the mark made an unmarked copy: %v", err)
	}
}

func TestMoveIsTakenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	signed := w.signIn()
	before := w.files()
	err := holding(t, w.opts.Store, func(h *Held) error {
		_, err := h.MarkMoved()
		return errors.Join(err, h.Unmove(), h.Unmove())
	})
	if diff := cmp.Diff(before, w.files()); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if got, err := w.source().Token(t.Context()); err != nil || got.AccessToken != signed.AccessToken {
		t.Errorf("the sign-in that came back is not used: %v", err)
	}
}

func TestSignInEndsTheMove(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	if err := holding(t, w.opts.Store, func(h *Held) error { _, err := h.MarkMoved(); return err }); err != nil {
		t.Fatal(err)
	}
	again := w.signIn()
	if got, err := w.source().Token(t.Context()); err != nil || got.AccessToken != again.AccessToken {
		t.Errorf("a new sign-in is held for the moved one: %v", err)
	}
}

func TestLogoutOfAMovedSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	moved := w.signIn()
	if err := holding(t, w.opts.Store, func(h *Held) error { _, err := h.MarkMoved(); return err }); err != nil {
		t.Fatal(err)
	}
	r, err := Logout(t.Context(), w.opts)
	if err != nil || r.Revoked || !r.Moved || r.RevokeErr != nil || len(r.Deleted) == 0 || len(r.Remains) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	save(t, w.opts.Store, moved) // the other machine
	if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Errorf("the logout here ended the sign-in there: %v", err)
	}
}

func TestImport(t *testing.T) {
	t.Parallel()
	came := testToken()
	came.Generation, came.ClockSkew, came.MovedAt = 7, time.Minute, time.Now()
	came.Unknown = map[string]rawJSON{"note": rawJSON(`"there"`)}
	tests := []struct {
		name    string
		prepare func(s *Store) error
		kind    ErrorKind
		keeps   func(s *Store) string // the file that must be there afterwards
	}{
		{"nothing here", func(*Store) error { return nil }, "", nil},
		{"another sign-in here", func(s *Store) error { return os.WriteFile(s.Path(), mustEncode(t, testToken()), 0o600) }, "", (*Store).prevPath},
		{"a moved one here", func(s *Store) error {
			moved := testToken()
			moved.MovedAt = time.Now()
			return os.WriteFile(s.Path(), mustEncode(t, moved), 0o600)
		}, "", (*Store).prevPath},
		{"damaged", func(s *Store) error { return os.WriteFile(s.Path(), []byte("{"), 0o600) }, "", func(s *Store) string {
			return s.Path() + ".damaged-20261122T031200Z"
		}},
		{"newer", func(s *Store) error { return os.WriteFile(s.Path(), []byte(`{"version":9}`), 0o600) }, ErrNewer, (*Store).Path},
	}
	at := time.Date(2026, 11, 22, 3, 12, 0, 0, time.UTC)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newTestStore(t, WithStoreClock(func() time.Time { return at }))
			if err := errors.Join(os.MkdirAll(s.dir, 0o700), test.prepare(s)); err != nil {
				t.Fatal(err)
			}
			var stored Token
			err := holding(t, s, func(h *Held) (err error) { stored, _, err = h.Import(came); return err })
			if kindOf(err) != test.kind {
				t.Fatal(err)
			}
			if test.keeps != nil {
				if _, err := os.Stat(test.keeps(s)); err != nil {
					t.Error(err)
				}
			}
			if test.kind != "" {
				return
			}
			want := came
			want.ClockSkew, want.MovedAt = 0, time.Time{}
			if diff := cmp.Diff(want, stored); diff != "" {
				t.Error(diff)
			}
			if got, err := s.Load(); cmp.Diff(stored, got) != "" || err != nil {
				t.Errorf("%v\n%s", err, cmp.Diff(stored, got))
			}
		})
	}
}

// TestImportBesideALeftOver: what a killed process had got is newer than what came.
func TestImportBesideALeftOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	fresh := undoRename(t, w, old)
	err := holding(t, w.opts.Store, func(h *Held) error { _, _, err := h.Import(old); return err })
	wantKind(t, err, ErrUsage)
	w.clock.forward(2 * time.Hour)
	if got, err := w.source().Token(t.Context()); err != nil || got.Generation != fresh.Generation+1 {
		t.Errorf("the newest tokens are lost: %v", err)
	}
}

func TestImportOfNothing(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	err := holding(t, s, func(h *Held) error { _, _, err := h.Import(Token{}); return err })
	wantKind(t, err, ErrUsage)
}

func mustEncode(t *testing.T, token Token) []byte {
	t.Helper()
	data, err := encodeToken(token)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
