//go:build !linux

package auth

// stuck cannot tell here.
func stuck(string) error { return nil }
