//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// hush is a terminal that hands over what is typed at once and without showing it.
// The shell takes its own mode back while the program is stopped or in the
// background; whenever the terminal is ours again, it is hushed again.
type hush struct {
	tty          *os.File
	usual, quiet unix.Termios
	marks        func(on bool) // what else is switched with the mode; not called from the background
	continued    chan os.Signal

	mu   sync.Mutex
	over chan struct{} // closed by restore
}

// quietly hushes a terminal. In its usual mode it cuts lines at 4,096 bytes (1,024
// on some systems), and an address may be longer. ctrl-C and ctrl-Z work as before.
// Reading from the background fails then and stops nobody, because the rest of the
// program has to go on; see [hush.resume].
func quietly(tty *os.File, marks func(on bool)) (*hush, error) {
	usual, err := unix.IoctlGetTermios(int(tty.Fd()), ioctlRead)
	if err != nil {
		return nil, fmt.Errorf("ask for the mode of the terminal: %w", err)
	}
	h := &hush{tty: tty, usual: *usual, quiet: *usual, marks: marks, continued: make(chan os.Signal, 1), over: make(chan struct{})}
	h.quiet.Lflag &^= unix.ICANON | unix.ECHO
	h.quiet.Cc[unix.VMIN], h.quiet.Cc[unix.VTIME] = 1, 0
	if err := unix.IoctlSetTermios(int(tty.Fd()), ioctlWrite, &h.quiet); err != nil {
		return nil, fmt.Errorf("set the mode of the terminal: %w", err)
	}
	marks(true)
	signal.Ignore(syscall.SIGTTIN) // to the end: somebody may still be reading after restore
	signal.Notify(h.continued, syscall.SIGCONT)
	go func() {
		for {
			select {
			case <-h.over:
				return
			case <-h.continued:
				h.again()
			}
		}
	}()
	return h, nil
}

// again hushes the terminal once more, where it is ours.
func (h *hush) again() {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.over:
	default:
		if inForeground(h.tty) {
			_ = unix.IoctlSetTermios(int(h.tty.Fd()), ioctlWrite, &h.quiet) // at worst the typing is shown
			h.marks(true)
		}
	}
}

// resume is for a reader whose read has failed: it waits until the terminal, which
// the shell had, is ours again. false: the terminal is gone, or ctx has ended.
func (h *hush) resume(ctx context.Context) bool {
	const pace = 200 * time.Millisecond // a shell need not tell a job that runs already
	for ctx.Err() == nil {
		group, err := unix.IoctlGetInt(int(h.tty.Fd()), unix.TIOCGPGRP)
		switch {
		case err != nil:
			return false
		case group == unix.Getpgrp():
			h.again()
			return true
		}
		select {
		case <-ctx.Done():
		case <-time.After(pace):
		}
	}
	return false
}

// restore gives the usual mode back, once.
func (h *hush) restore() {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.over:
		return
	default:
		close(h.over)
	}
	signal.Stop(h.continued)
	if inForeground(h.tty) { // from the background it would stop the program
		h.marks(false)
		_ = unix.IoctlSetTermios(int(h.tty.Fd()), ioctlWrite, &h.usual) // an error: the terminal is gone
	}
}
