//go:build !unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
)

// become runs a program and waits for it, where a process cannot be replaced. An
// interrupt of the terminal reaches both, and is the program's to act upon.
func (c *cli) become(path string, args, env []string) error {
	signal.Ignore(os.Interrupt)
	cmd := exec.Command(path, args[1:]...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = env, c.in, c.out, c.err
	err := cmd.Run()
	if ended, ok := errors.AsType[*exec.ExitError](err); ok {
		return exitStatus(ended.ExitCode())
	}
	return err
}
