package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/keyring"
)

// tokenStore is where a profile's tokens are kept: the one place that decides it.
// The keyring is asked for nothing yet; a store that does not seal asks it only for
// the key of tokens that were sealed before.
func (c *cli) tokenStore(p config.Profile) (*auth.Store, error) {
	store, _, err := c.sealedStore(p)
	return store, err
}

// sealedStore is tokenStore, and the keys of the tokens in it.
func (c *cli) sealedStore(p config.Profile) (*auth.Store, *keyHolder, error) {
	keys := &keyHolder{ring: c.ring, profile: p.Name, say: func(text string) { c.say("%s", text) }}
	if keys.ring == nil {
		keys.ring = keyring.New(keyring.Options{})
	}
	store, err := auth.NewStore(c.paths.TokenDir(), p.Name,
		auth.WithStoreClock(c.clock), auth.WithSealer(keys, p.Store == config.StoreKeyring))
	if err != nil {
		return nil, nil, err
	}
	keys.file = store.Path()
	return store, keys, nil
}

// keyHolder is the keyring as the store of one profile's tokens knows it.
type keyHolder struct {
	ring    *keyring.Ring
	profile string
	file    string       // of the tokens, for messages
	say     func(string) // tells the person

	mu      sync.Mutex
	refused error // why no new key is made any more; the person knows
}

// Key gives a key by its name.
func (k *keyHolder) Key(name string) ([]byte, error) {
	key, err := k.ring.Key(context.Background(), name)
	if errors.Is(err, keyring.NotFound) {
		return nil, goneKey{err}
	}
	return key, err
}

// goneKey is an answer of the keyring that it has no such key.
type goneKey struct{ error }

// Is makes it the error that package auth knows.
func (goneKey) Is(target error) bool { return target == auth.ErrNoKey }

// NewKey makes a key. When the keyring cannot be used, the tokens go into the file
// as they are, and the person is told once.
func (k *keyHolder) NewKey() (string, []byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.refused != nil {
		return "", nil, k.refused
	}
	name, key, err := k.ring.NewKey(context.Background(), k.profile)
	if err != nil {
		k.refused = err
		k.say(k.unsealed(err))
	}
	return name, key, err
}

// Forget takes a key out of the keyring.
func (k *keyHolder) Forget(name string) {
	err := k.ring.Delete(context.Background(), name)
	if err != nil && !errors.Is(err, keyring.NotFound) {
		k.say(fmt.Sprintf("The key %s stays in the keyring (%s). It opens nothing any more.", name, clean(err.Error())))
	}
}

// fallBack tries the keyring and gives the sentence for the person when it cannot
// be used; the tokens then go into the file as they are.
func (k *keyHolder) fallBack(ctx context.Context) string {
	err := k.ring.Probe(ctx)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refused = err // nil: another try may have worked
	if err == nil || ctx.Err() != nil {
		return ""
	}
	return k.unsealed(err)
}

// unsealed is the sentence about tokens that are not sealed though they should be.
func (k *keyHolder) unsealed(err error) string {
	return fmt.Sprintf("The keyring cannot be used: %s. So the tokens of profile %s are kept unsealed in %s, which only you can read.",
		clean(err.Error()), k.profile, k.file)
}

// readyStore is called before a person takes the trouble to sign in: it finds out
// whether the tokens can be kept where the settings say. The remark, empty when
// they can, is to be shown; the sign-in goes on in any case.
func (o *opened) readyStore(ctx context.Context) (remark string) {
	if !o.store.NeedsKey() {
		return ""
	}
	return o.keys.fallBack(ctx)
}

// keptWhere tells where the tokens of a profile are, by its file and without
// asking the keyring: the kind, as `store` has it, and the words for a person.
func keptWhere(store *auth.Store, p config.Profile) (kind, text string) {
	wanted := p.Store == config.StoreKeyring
	_, err := store.Peek()
	there, sealed := err == nil, store.Sealed()
	switch {
	case sealed && wanted:
		return config.StoreKeyring, store.Path() + ", sealed with a key of the keyring"
	case sealed:
		return config.StoreKeyring, store.Path() + ", sealed with a key of the keyring until they are refreshed"
	case wanted && there:
		return config.StoreFile, store.Path() + ", not sealed: the next refresh seals them if the keyring can be used"
	case wanted:
		return config.StoreKeyring, store.Path() + ", to be sealed with a key of the keyring"
	default:
		return config.StoreFile, store.Path()
	}
}
