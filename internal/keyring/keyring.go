// Package keyring keeps small keys in the keyring of the person's session: the
// Secret Service on Linux and the BSDs, the Keychain on macOS, the Credential
// Manager on Windows.
//
// A keyring is another program, often reached over D-Bus, and may be absent,
// locked, or silent. So every call has a time limit, and every failure has a
// [Kind] that says what a person can do. Nothing is asked of it before a call.
package keyring

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"sync"
	"time"
)

// Name is the service that all entries of this program stand under, for
// `secret-tool search service zoomtui` and the like.
const Name = "zoomtui"

// Limit is how long a call may take: longer than any keyring that is open needs,
// and short enough for a script that runs where nobody can unlock one.
const Limit = 3 * time.Second

// KeySize is the length of a key in bytes: AES-256.
const KeySize = 32

// Service is what holds the entries: a text for each service and account. A text
// that is not there is an [Error] of kind [NotFound].
type Service interface {
	Set(service, account, text string) error
	Get(service, account string) (string, error)
	Delete(service, account string) error
}

// Options is what a [Ring] is built from; the zero value is the keyring of this
// session.
type Options struct {
	Service Service       // nil: [System]
	Limit   time.Duration // of each call; 0: [Limit]
}

// Ring is a keyring. Its methods may be called from several goroutines; their
// errors are of type [*Error].
type Ring struct {
	service Service
	limit   time.Duration

	mu    sync.Mutex
	stuck int // calls that were left behind without an answer
}

// New gives a keyring, without asking it anything.
func New(o Options) *Ring {
	if o.Service == nil {
		o.Service = System()
	}
	if o.Limit == 0 {
		o.Limit = Limit
	}
	return &Ring{service: o.Service, limit: o.Limit}
}

// Key gives the key of an account, [KeySize] bytes.
func (r *Ring) Key(ctx context.Context, account string) ([]byte, error) {
	var key []byte
	err := r.call(ctx, "read a key", func() error {
		text, err := r.service.Get(Name, account)
		if err != nil {
			return err
		}
		if key, err = base64.StdEncoding.DecodeString(text); err != nil || len(key) != KeySize {
			return &Error{Kind: NotFound, Err: fmt.Errorf("what it holds as %s is no key", account)}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return key, nil
}

// NewKey makes a random key and gives the account that it stands under: the given
// name and some random digits, so that no key ever takes the place of another. It
// has been read back when NewKey returns.
func (r *Ring) NewKey(ctx context.Context, name string) (account string, key []byte, err error) {
	key, account = random(KeySize), name+"-"+hex.EncodeToString(random(4))
	err = r.call(ctx, "keep a key", func() error {
		return r.keep(account, base64.StdEncoding.EncodeToString(key))
	})
	if err != nil {
		return "", nil, err
	}
	return account, key, nil
}

// Delete takes a key away. One that is not there is an error of kind [NotFound].
func (r *Ring) Delete(ctx context.Context, account string) error {
	return r.call(ctx, "delete a key", func() error { return r.service.Delete(Name, account) })
}

// Probe finds out whether the keyring can be used, by writing, reading back and
// deleting an entry of its own, within one time limit.
func (r *Ring) Probe(ctx context.Context) error {
	account := "probe-" + hex.EncodeToString(random(4))
	return r.call(ctx, "try the keyring", func() error {
		if err := r.keep(account, "this entry may be deleted"); err != nil {
			return err
		}
		return r.service.Delete(Name, account)
	})
}

// keep writes an entry and reads it back: a keyring that forgets is none.
func (r *Ring) keep(account, text string) error {
	if err := r.service.Set(Name, account, text); err != nil {
		return err
	}
	back, err := r.service.Get(Name, account)
	if err == nil && back != text {
		err = &Error{Kind: Refused, Err: fmt.Errorf("it gave back something else than was written")}
	}
	return err
}

// random gives random bytes; crypto/rand ends the program rather than fail.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}
