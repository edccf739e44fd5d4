//go:build !linux && !darwin

package auth

import "time"

// BootClock counts the time that passes by the machine's own clock: here is none
// that counts through sleep and cannot be set. Only differences mean something.
func BootClock() time.Duration { return sinceEpoch(time.Now()) }
