//go:build unix

package auth

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"
	"time"

	"zoomtui/internal/explain"
)

// TestPipeInTheWay: opening one would wait for ever.
func TestPipeInTheWay(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	if err := errors.Join(os.MkdirAll(s.dir, dirMode), syscall.Mkfifo(s.Path(), 0o600)); err != nil {
		t.Fatal(err)
	}
	_, err := s.Load()
	if e := wantKind(t, err, ErrStore); !contains(e.Cause, "not a regular file") || e.Fix != "" {
		t.Errorf("%q, %q", e.Cause, e.Fix)
	}
	wantKind(t, s.Probe(), ErrStore)
	_, _, err = s.SaveSignIn(t.Context(), testToken())
	wantKind(t, err, ErrStore)
}

// ownedBy is a file of another user.
type ownedBy struct {
	fs.FileInfo
	uid uint32
}

func (o ownedBy) Sys() any { return &syscall.Stat_t{Uid: o.uid} }

func TestOwner(t *testing.T) {
	t.Parallel()
	self := uint32(os.Geteuid())
	if err := ours(ownedBy{uid: self}); err != nil {
		t.Error(err)
	}
	err := ours(ownedBy{uid: self + 1})
	s := newTestStore(t)
	e := wantKind(t, s.trouble("read tokens", "/x y", err), ErrStore)
	want := fmt.Sprintf("sudo chown %d '/x y'", self)
	if self == 0 {
		want = "chown 0 '/x y'"
	}
	if e.Fix != want || !contains(e.Cause, fmt.Sprintf("uid %d", self+1)) {
		t.Errorf("%q, %q", e.Cause, e.Fix)
	}
}

// TestForeignStore needs root to make the files; what it may not do, it may not
// test.
func TestForeignStore(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("only root can give files away; see TestOwner")
		return
	}
	for name, give := range map[string]func(s *Store) string{
		"the file":      (*Store).Path,
		"the directory": func(s *Store) string { return s.dir },
		"the lock":      (*Store).lockPath,
		"the mark":      (*Store).markPath,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			w.signIn()
			w.clock.forward(2 * time.Hour)
			path := give(w.opts.Store)
			if err := os.WriteFile(w.opts.Store.markPath(), nil, fileMode); err != nil {
				t.Fatal(err)
			}
			if err := os.Chown(path, 12345, -1); err != nil {
				t.Fatal(err)
			}
			_, err := w.source().Token(t.Context())
			e := wantKind(t, err, ErrStore)
			if e.Path != path || e.Fix != "chown 0 "+path || w.refreshes() != 0 {
				t.Errorf("%d refreshes: %v", w.refreshes(), e)
			}
			if p := explain.Of(err); p.Class() != explain.Store || !contains(p.What, "belongs to another user") {
				t.Errorf("%v: %s", p.Class(), p.What)
			}
		})
	}
}
