//go:build !unix

package term

import "syscall"

// detached needs nothing where programs do not share a terminal session.
func detached() *syscall.SysProcAttr {
	return nil
}
