package auth

import (
	"crypto/cipher"
	"crypto/sha256"
	"errors"
	"sync"
)

// ErrNoKey is what an error of [Sealer.Key] wraps when the holder of the keys
// answers and has none of that name.
var ErrNoKey = errors.New("no such key")

// Sealer holds the keys that the tokens of a [Store] are sealed with, apart from
// the token file: a keyring does. A key has 32 bytes and a name that no other key
// has had before. Its methods may be called from several goroutines and should
// have a time limit, because some are called under the store's lock.
type Sealer interface {
	// Key gives the key of a name; the error wraps ErrNoKey when there is none.
	Key(name string) ([]byte, error)
	// NewKey makes a key. When it cannot, the tokens are written as they are,
	// because they may exist nowhere else; the Sealer is the one to say so.
	NewKey() (name string, key []byte, err error)
	// Forget takes away a key that no token needs any more.
	Forget(name string)
}

// WithSealer gives a store the keys of sealed tokens. It seals what it writes when
// seals is set; otherwise it only reads what was sealed before.
func WithSealer(k Sealer, seals bool) StoreOption {
	return func(s *Store) { s.seal = &sealing{sealer: k, seals: seals, known: map[string]cipher.AEAD{}} }
}

// sealing is what a store knows of its keys. Only access_token and refresh_token
// are sealed (AES-256-GCM, the nonce before the ciphertext); profile, client id
// and generation are authenticated with them, so that the tokens of one file
// cannot be put into another.
type sealing struct {
	sealer Sealer
	seals  bool
	blind  bool // the sealer is not asked for anything; see [Store.Peek]

	mu    sync.Mutex
	known map[string]cipher.AEAD // by name of the key
	fresh string                 // a key that stands in no file yet
	gone  string                 // a known key that the keyring has no longer
	last  written                // so that a write that is repeated writes the same
	freed []string               // keys of files that are replaced by ones without a seal
}

// written is a file as it was encoded last.
type written struct {
	plain [sha256.Size]byte // of the same without the seal
	data  []byte
	key   string // name of its key
}

// encode is the content of the token file. The caller holds the store's lock.
func (s *Store) encode(t Token) ([]byte, error) {
	plain, err := encodeToken(t)
	if err != nil || s.seal == nil {
		return plain, err
	}
	s.seal.mu.Lock()
	defer s.seal.mu.Unlock()
	if !s.seal.seals {
		s.seal.freed = append(s.seal.freed, sealedBy(s.read(s.Path()))...)
		return plain, nil
	}
	sum := sha256.Sum256(plain)
	if s.seal.last.plain == sum {
		return s.seal.last.data, nil
	}
	name, key := s.currentKey()
	if key == nil {
		return plain, nil // the sealer has said so
	}
	data, err := encodeSealed(t, name, key)
	if err == nil {
		s.seal.last, s.seal.fresh = written{sum, data, name}, ""
	}
	return data, err
}

// reseal gives a file that becomes the previous generation, sealed or not like the
// file that takes its place: plain tokens must not stay beside sealed ones, and a
// key that only they need is to be freed. When that cannot be done, the file is
// kept as it is.
func (s *Store) reseal(data []byte) []byte {
	if s.seal == nil {
		return data
	}
	s.seal.mu.Lock()
	defer s.seal.mu.Unlock()
	t, b, err := readTokenFile(data)
	if err != nil || s.seal.seals == (b != nil) {
		return data
	}
	name := s.seal.last.key
	if b != nil {
		name = b.key
	}
	key := s.seal.known[name]
	if key == nil {
		return data
	}
	again, err := encodeSealed(t, name, key)
	if b != nil {
		if t, err = b.open(t, key); err == nil {
			again, err = encodeToken(t)
		}
	}
	if err != nil {
		return data
	}
	return again
}

// NeedsKey tells whether the next tokens will be sealed with a key that is yet to
// be made, for which the keyring must be writable.
func (s *Store) NeedsKey() bool {
	if s.seal == nil || !s.seal.seals {
		return false
	}
	if !s.Sealed() {
		return true
	}
	_, err := s.Load()
	return err != nil
}

// Sealed tells whether the tokens that are stored now are sealed. The sealer is
// not asked.
func (s *Store) Sealed() bool {
	return len(sealedBy(s.read(s.Path()))) > 0
}

// Peek is [Store.Load] without asking for a key: of sealed tokens it gives
// everything but the tokens themselves.
func (s *Store) Peek() (Token, error) {
	peek := *s
	peek.seal = &sealing{blind: true}
	return peek.Load()
}

// decode reads the content of the token file. An [*Error] of kind [ErrKeyring]:
// the file is whole, and its key is not at hand.
func (s *Store) decode(data []byte) (Token, error) {
	t, b, err := readTokenFile(data)
	if err != nil || b == nil || s.seal != nil && s.seal.blind {
		return t, err
	}
	if s.seal == nil {
		return Token{}, shut("the tokens are sealed with a key of the keyring, which is not asked here", nil)
	}
	s.seal.mu.Lock()
	defer s.seal.mu.Unlock()
	key, err := s.seal.key(b.key)
	if err != nil {
		return Token{}, shut(words(err.Error()), err)
	}
	return b.open(t, key)
}

// shut is the error for sealed tokens that cannot be read.
func shut(cause string, err error) *Error {
	return &Error{Kind: ErrKeyring, Op: "read tokens", Cause: cause, Err: err}
}

// keyGone tells sealed tokens that nobody will read any more: the keyring answers,
// and what it holds does not open them.
func keyGone(err error) bool { return kindOf(err) == ErrKeyring && errors.Is(err, ErrNoKey) }
