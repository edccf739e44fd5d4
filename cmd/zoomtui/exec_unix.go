//go:build unix

package main

import (
	"errors"
	"syscall"
)

// shell runs a file that has no line of its own for who is to run it, as every
// shell and execvp(3) do.
const shell = "/bin/sh"

// become puts a program in the place of this process: signals, terminal, input and
// exit code are then its own. It returns only if that fails.
func (c *cli) become(path string, args, env []string) error {
	c.core.restore()
	err := syscall.Exec(path, args, env)
	if errors.Is(err, syscall.ENOEXEC) {
		err = syscall.Exec(shell, append([]string{shell, path}, args[1:]...), env)
	}
	return err
}
