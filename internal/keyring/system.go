package keyring

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// System is the keyring of this session, found by the environment of the process
// (DBUS_SESSION_BUS_ADDRESS where it is the Secret Service).
func System() Service { return system{} }

// system asks go-keyring, which knows the keyring of each operating system.
type system struct{}

// Set writes an entry, or replaces the text of one.
func (system) Set(service, account, text string) error {
	return ask(func() error { return keyring.Set(service, account, text) })
}

// Get reads an entry.
func (system) Get(service, account string) (text string, err error) {
	err = ask(func() (err error) {
		text, err = keyring.Get(service, account)
		return err
	})
	return text, err
}

// Delete takes an entry away.
func (system) Delete(service, account string) error {
	return ask(func() error { return keyring.Delete(service, account) })
}

// ask finds out whether there is a keyring, asks it, and gives its failures a kind.
func ask(question func() error) error {
	if err := reachable(); err != nil {
		return err
	}
	switch err := question(); {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return &Error{Kind: NotFound}
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return &Error{Kind: None, Err: err}
	default:
		return &Error{Kind: kindOf(err), Err: err}
	}
}
