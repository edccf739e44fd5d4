//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// inForeground tells whether this process may read its terminal: a background
// job that does is stopped by SIGTTIN.
func inForeground(tty *os.File) bool {
	group, err := unix.IoctlGetInt(int(tty.Fd()), unix.TIOCGPGRP)
	return err == nil && group == unix.Getpgrp()
}
