package auth

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSealedFile(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	s := sealedStore(t, dir, ring, true)
	first := generation(1)
	first.Unknown = nil
	keep(t, s, first)
	keep(t, s, generation(2))
	for _, secret := range []string{"access-", "refresh-"} {
		if found := shown(t, dir, secret); len(found) > 0 {
			t.Errorf("%s stands in %v", secret, found)
		}
	}
	if found := shown(t, dir, `"sealed_key": "work-1"`); !slices.Equal(found, []string{"work.json", "work.json.prev"}) {
		t.Errorf("sealed with the key of the first are %v", found)
	}
	other := sealedStore(t, dir, ring, true)
	for _, store := range []*Store{s, other, sealedStore(t, dir, ring, false)} {
		got, err := store.Load()
		if diff := cmp.Diff(generation(2), got); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
		before, err := store.Previous()
		if diff := cmp.Diff(first, before); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	}
	reads := ring.reads
	if _, err := other.Load(); err != nil || ring.reads != reads {
		t.Errorf("the keyring is asked again for a key that is known (%v)", err)
	}
}

// What cannot be opened is whole: nothing may call it damaged, put it aside or
// write over it, but a new sign-in.
func TestSealedShut(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		bends func(t *testing.T, dir string, k *keyring) Sealer
		says  string
		gone  bool
	}{
		{"no sealer", func(*testing.T, string, *keyring) Sealer { return nil }, "which is not asked here", false},
		{"locked", func(_ *testing.T, _ string, k *keyring) Sealer {
			k.fail(errors.New("the keyring is locked"))
			return k
		}, "read the key work-1: the keyring is locked", false},
		{"key gone", func(_ *testing.T, _ string, k *keyring) Sealer {
			k.Forget("work-1")
			return k
		}, "no such key", true},
		{"another key of that name", func(_ *testing.T, _ string, k *keyring) Sealer {
			k.keys["work-1"] = bytes.Repeat([]byte{7}, 32)
			return k
		}, "the key work-1 does not open the tokens", true},
		{"no key at all", func(_ *testing.T, _ string, k *keyring) Sealer {
			k.keys["work-1"] = []byte("short")
			return k
		}, "read the key work-1", true},
		{"tokens of another generation", func(t *testing.T, dir string, k *keyring) Sealer {
			replaceIn(t, filepath.Join(dir, "work.json"), `"generation": 1`, `"generation": 2`)
			return k
		}, "does not open the tokens", true},
		{"tokens of another app", func(t *testing.T, dir string, k *keyring) Sealer {
			replaceIn(t, filepath.Join(dir, "work.json"), `"client_id": "client"`, `"client_id": "klient"`)
			return k
		}, "does not open the tokens", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir, ring := t.TempDir(), newKeyring()
			keep(t, sealedStore(t, dir, ring, true), generation(1))
			sealer := test.bends(t, dir, ring)
			before, _ := os.ReadFile(filepath.Join(dir, "work.json"))
			s := sealedStore(t, dir, sealer, true)
			if sealer == nil {
				s.seal = nil
			}
			_, err := s.Load()
			wantKind(t, err, ErrKeyring)
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "damaged") {
				t.Errorf("it says %v, want %q", err, test.says)
			}
			if e, ok := errors.AsType[*Error](err); !ok || e.Path != s.Path() {
				t.Errorf("the error names no file: %v", err)
			}
			if keyGone(err) != test.gone {
				t.Errorf("gone for good: %v, want %v", !test.gone, test.gone)
			}
			peeked, err := s.Peek()
			if err != nil || peeked.AccessToken != "" || peeked.SignedInAt.IsZero() {
				t.Errorf("a look from outside gives %v, %v", peeked, err)
			}
			if after, _ := os.ReadFile(filepath.Join(dir, "work.json")); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			stored, _, err := s.SaveSignIn(t.Context(), generation(9))
			if err != nil || stored.AccessToken != "access-9" {
				t.Fatalf("the new sign-in: %v", err)
			}
			if aside := keptAside(t, dir); !slices.ContainsFunc(aside, func(data []byte) bool { return bytes.Equal(data, before) }) {
				t.Error("the file that could not be read is not kept aside")
			}
		})
	}
}

// replaceIn changes a file as somebody with an editor would.
func replaceIn(t *testing.T, path, old, now string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s does not hold %s: %v", path, old, err)
	}
	if err := os.WriteFile(path, bytes.Replace(data, []byte(old), []byte(now), 1), 0o600); err != nil {
		t.Fatal(err)
	}
}

// keptAside are the contents of the files that were put aside.
func keptAside(t *testing.T, dir string) [][]byte {
	t.Helper()
	var all [][]byte
	paths, _ := filepath.Glob(filepath.Join(dir, "work.json.*-*Z*"))
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data)
	}
	return all
}

// The setting may change while there is a sign-in, in both directions.
func TestSealFollowsTheSetting(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	keep(t, sealedStore(t, dir, ring, false), generation(1))
	if ring.reads+ring.made != 0 {
		t.Error("the keyring was asked, though nothing is sealed")
	}
	sealing := sealedStore(t, dir, ring, true)
	if !sealing.NeedsKey() {
		t.Error("the first key is yet to be made")
	}
	if got, err := sealing.Load(); err != nil || got.AccessToken != "access-1" {
		t.Fatalf("plain tokens: %v", err)
	}
	keep(t, sealing, generation(2))
	if found := shown(t, dir, "access-"); len(found) > 0 || !sealing.Sealed() || sealing.NeedsKey() {
		t.Errorf("plain tokens stay in %v", found)
	}
	if got, err := sealing.Previous(); err != nil || got.AccessToken != "access-1" {
		t.Errorf("the generation before is lost: %v", err)
	}
	plain := sealedStore(t, dir, ring, false)
	if got, err := plain.Load(); err != nil || got.AccessToken != "access-2" {
		t.Fatalf("sealed tokens under the other setting: %v", err)
	}
	keep(t, plain, generation(3))
	if found := shown(t, dir, "access-3"); !slices.Equal(found, []string{"work.json"}) {
		t.Errorf("the new tokens stand in %v", found)
	}
	if names := ring.names(); len(names) > 0 {
		t.Errorf("the keyring still holds %v, which nothing needs", names)
	}
	ring.fail(errors.New("no keyring answers"))
	if got, err := sealedStore(t, dir, ring, false).Previous(); err != nil || got.AccessToken != "access-2" {
		t.Errorf("the generation before is lost: %v", err)
	}
}

// Tokens that exist nowhere else are written, sealed or not.
func TestNoKeyToBeHad(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	ring.fail(errors.New("no keyring answers"))
	s := sealedStore(t, dir, ring, true)
	keep(t, s, generation(1))
	if got, err := s.Load(); err != nil || got.RefreshToken != "refresh-1" || s.Sealed() {
		t.Fatalf("%v, %v", got, err)
	}
	ring.fail(nil)
	keep(t, s, generation(2))
	if !s.Sealed() || len(shown(t, dir, "refresh-")) > 0 {
		t.Error("the keyring is back, and the tokens are not sealed")
	}
}

// A key that is at hand goes on to be used when the keyring is locked meanwhile.
func TestLockedLater(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	s := sealedStore(t, dir, ring, true)
	keep(t, s, generation(1))
	ring.fail(errors.New("the keyring is locked"))
	keep(t, s, generation(2))
	if got, err := s.Load(); err != nil || got.AccessToken != "access-2" || !s.Sealed() {
		t.Errorf("%v, %v", got, err)
	}
}

// One process signs out, which takes the key away, and signs in again; another has
// known the old key. What that one writes must be readable for all.
func TestKeyOfAnotherProcess(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	dashboard, command := sealedStore(t, dir, ring, true), sealedStore(t, dir, ring, true)
	keep(t, dashboard, generation(1))
	if _, err := command.Delete(t.Context()); err != nil {
		t.Fatal(err)
	}
	if names := ring.names(); len(names) != 0 {
		t.Fatalf("the keyring still holds %v", names)
	}
	keep(t, command, generation(2))
	keep(t, dashboard, generation(3))
	if got, err := sealedStore(t, dir, ring, true).Load(); err != nil || got.AccessToken != "access-3" {
		t.Fatalf("%v, %v", got, err)
	}
	if _, err := command.Delete(t.Context()); err != nil {
		t.Fatal(err)
	}
	keep(t, dashboard, generation(4)) // nobody does that; it must not be sealed for ever
	if got, err := sealedStore(t, dir, ring, true).Load(); err != nil || got.AccessToken != "access-4" {
		t.Fatalf("%v, %v", got, err)
	}
}

// The keyring is made anew while a dashboard runs. What that seals with the key in
// its memory, nobody could read once it has ended.
func TestKeyIsGoneLater(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	dashboard := sealedStore(t, dir, ring, true)
	keep(t, dashboard, generation(1))
	for _, name := range ring.names() {
		ring.Forget(name)
	}
	for n := 2; n <= 3; n++ {
		dashboard.readyKey()
		if _, err := dashboard.Load(); err != nil {
			t.Errorf("the key in memory does not open the tokens any more: %v", err)
		}
		keep(t, dashboard, generation(n))
		got, err := sealedStore(t, dir, ring, true).Load()
		if err != nil || got.Generation != n {
			t.Fatalf("generation %d is lost: %v", n, err)
		}
	}
	if names := ring.names(); len(names) != 1 {
		t.Errorf("the keyring holds %v", names)
	}
}

// A save that is repeated, because the directory could not be flushed, must find
// its own content there, or the previous generation would be lost.
func TestSealIsRepeatable(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	s := sealedStore(t, dir, ring, true)
	for _, n := range []int{1, 2, 2} {
		keep(t, s, generation(n))
	}
	if got, err := s.Previous(); err != nil || got.Generation != 1 {
		t.Errorf("the previous generation is %d, %v", got.Generation, err)
	}
}

// A key that is made ready before Zoom is asked is the one that is used.
func TestReadyKey(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	s := sealedStore(t, dir, ring, true)
	s.readyKey()
	s.readyKey()
	ring.fail(errors.New("the keyring is locked"))
	keep(t, s, generation(1))
	if ring.made != 1 || !s.Sealed() {
		t.Errorf("%d keys made, sealed %v", ring.made, s.Sealed())
	}
	unsealed := sealedStore(t, t.TempDir(), ring, false)
	unsealed.readyKey()
	if ring.made != 1 {
		t.Error("a store that does not seal has made a key")
	}
}

func TestSealedTimesStayReadable(t *testing.T) {
	t.Parallel()
	dir, ring := t.TempDir(), newKeyring()
	token := generation(1)
	token.MovedAt = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	keep(t, sealedStore(t, dir, ring, true), token)
	ring.fail(errors.New("the keyring is locked"))
	got, err := sealedStore(t, dir, ring, true).Peek()
	if err != nil || !got.MovedAt.Equal(token.MovedAt) || got.Generation != 1 {
		t.Errorf("%v, moved %v, %v", got, got.MovedAt, err)
	}
}

// Whatever is sealed in a file, reading it ends with tokens or an error.
func FuzzSealedFile(f *testing.F) {
	key := bytes.Repeat([]byte{1}, 32)
	aead, err := newCipher(key)
	if err != nil {
		f.Fatal(err)
	}
	whole, err := encodeSealed(testToken(), "k", aead)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(`{"version":1,"sealed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","sealed_key":"k"}`))
	f.Add([]byte(`{"version":1,"sealed":"AA==","sealed_key":"k"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := NewStore(t.TempDir(), "work", WithSealer(&keyring{keys: map[string][]byte{"k": key}}, true))
		if err != nil {
			t.Fatal(err)
		}
		token, err := s.decode(data)
		if err != nil && (token.AccessToken != "" || len(err.Error()) > 400) {
			t.Fatalf("%q gives %v and %v", data, token, err)
		}
		if err == nil && token.AccessToken == "" && token.RefreshToken == "" {
			t.Fatalf("%q is read and holds no token", data)
		}
	})
}
