//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package main

import (
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// quietly makes a terminal hand over what is typed at once and without showing
// it. In its usual mode a terminal cuts lines at 4,096 bytes (1,024 on some
// systems), and an address may be longer. ctrl-C and ctrl-Z work as before.
// restore gives the usual mode back.
func quietly(tty *os.File) (restore func(), err error) {
	fd := int(tty.Fd())
	usual, err := unix.IoctlGetTermios(fd, ioctlRead)
	if err != nil {
		return nil, fmt.Errorf("ask for the mode of the terminal: %w", err)
	}
	quiet := *usual
	quiet.Lflag &^= unix.ICANON | unix.ECHO
	quiet.Cc[unix.VMIN], quiet.Cc[unix.VTIME] = 1, 0
	if err := unix.IoctlSetTermios(fd, ioctlWrite, &quiet); err != nil {
		return nil, fmt.Errorf("set the mode of the terminal: %w", err)
	}
	// The shell takes its own mode back while the program is stopped.
	continued, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(continued, syscall.SIGCONT)
	go func() {
		for {
			select {
			case <-done:
				return
			case <-continued:
				if inForeground(tty) {
					_ = unix.IoctlSetTermios(fd, ioctlWrite, &quiet) // at worst the typing is shown
				}
			}
		}
	}()
	return sync.OnceFunc(func() {
		signal.Stop(continued)
		close(done)
		if inForeground(tty) { // from the background it would stop the program
			_ = unix.IoctlSetTermios(fd, ioctlWrite, usual) // the terminal is gone then
		}
	}), nil
}
