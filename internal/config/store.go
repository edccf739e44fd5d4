package config

import "fmt"

// Where tokens can be kept: the values of `store`.
const (
	StoreFile    = "file"    // in a file that only its owner may read
	StoreKeyring = "keyring" // in the same file, sealed with a key that the keyring of the session holds
)

// wrongStore says what is wrong with a value of `store`; "" when nothing is, as
// with one that is not there.
func wrongStore(value string) string {
	if value == "" || value == StoreFile || value == StoreKeyring {
		return ""
	}
	return fmt.Sprintf("%q is neither %s nor %s%s", value, StoreFile, StoreKeyring, meant(value, []string{StoreFile, StoreKeyring}))
}
