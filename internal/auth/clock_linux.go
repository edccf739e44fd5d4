package auth

import (
	"time"

	"golang.org/x/sys/unix"
)

// BootClock counts the time since the machine was started, sleep included, and
// does not notice that its clock is set: CLOCK_BOOTTIME, see clock_gettime(2). Only
// differences mean something.
func BootClock() time.Duration { return readClock(unix.CLOCK_BOOTTIME) }
