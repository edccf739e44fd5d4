//go:build unix

package main

import (
	"runtime"
	"syscall"
)

// coreLimit is how large a core file may get (setrlimit(2), RLIMIT_CORE), as it was
// when the program began. A core file would hold every token and the client secret.
type coreLimit struct {
	former  syscall.Rlimit
	lowered bool
}

// withoutCore keeps a crash of this process from leaving a core file. Only the soft
// limit is lowered, so that [coreLimit.restore] can raise it again. Making the
// process undumpable would do more than that: an ordinary user could then no longer
// open /dev/stdin.
func withoutCore() coreLimit {
	var l coreLimit
	if syscall.Getrlimit(syscall.RLIMIT_CORE, &l.former) != nil {
		return coreLimit{} // a system without such limits
	}
	lower := l.former
	lower.Cur = 0
	if runtime.GOOS == "linux" {
		// A limit of 0 does not count where cores are piped to a program, such as
		// systemd-coredump; 1 byte forbids both kinds (fs/coredump.c of the kernel).
		lower.Cur = min(1, lower.Max)
	}
	l.lowered = lower.Cur != l.former.Cur && syscall.Setrlimit(syscall.RLIMIT_CORE, &lower) == nil
	return l
}

// restore gives the limit back, for a command that takes the place of this process.
func (l coreLimit) restore() {
	if l.lowered {
		_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &l.former) // it was allowed before
	}
}
