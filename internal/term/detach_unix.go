//go:build unix

package term

import "syscall"

// detached puts a program into a session of its own: Ctrl-C and a closed terminal do not reach it.
func detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true}
}
