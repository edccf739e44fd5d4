package auth

import (
	"time"

	"golang.org/x/sys/unix"
)

// BootClock counts the time since the machine was started, sleep included, and
// does not notice that its clock is set: CLOCK_MONOTONIC, which goes on in sleep
// there, see clock_gettime(3). Only differences mean something.
func BootClock() time.Duration { return readClock(unix.CLOCK_MONOTONIC) }
