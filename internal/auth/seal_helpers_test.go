package auth

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// keyring is a [Sealer] in memory that several stores may share.
type keyring struct {
	mu    sync.Mutex
	keys  map[string][]byte
	fails error // of each call
	reads int
	made  int
}

func newKeyring() *keyring { return &keyring{keys: map[string][]byte{}} }

func (k *keyring) Key(name string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.reads++
	if k.fails != nil {
		return nil, k.fails
	}
	key, ok := k.keys[name]
	if !ok {
		return nil, fmt.Errorf("the keyring has %w", ErrNoKey)
	}
	return key, nil
}

func (k *keyring) NewKey() (string, []byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.made++
	if k.fails != nil {
		return "", nil, k.fails
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	name := fmt.Sprintf("work-%d", k.made)
	k.keys[name] = key
	return name, key, nil
}

func (k *keyring) Forget(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.keys, name)
}

func (k *keyring) fail(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fails = err
}

func (k *keyring) names() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Sorted(maps.Keys(k.keys))
}

// sealedStore is another process's view of the store in a directory.
func sealedStore(t *testing.T, dir string, k Sealer, seals bool) *Store {
	t.Helper()
	s, err := NewStore(dir, "work", WithSealer(k, seals))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// keep stores a token under the lock.
func keep(t *testing.T, s *Store, token Token) {
	t.Helper()
	held, err := s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer held.release()
	if err := held.Save(token); err != nil {
		t.Fatal(err)
	}
}

// generation is testToken with other tokens.
func generation(n int) Token {
	token := testToken()
	token.Generation = n
	token.AccessToken, token.RefreshToken = Secret(fmt.Sprintf("access-%d", n)), Secret(fmt.Sprintf("refresh-%d", n))
	return token
}

// shown are the files of a directory that hold a text.
func shown(t *testing.T, dir, text string) []string {
	t.Helper()
	var found []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			found = append(found, e.Name())
		}
	}
	return found
}
