// Command zoomtui is a dashboard and a token source for people who develop
// against Zoom. This package only wires: flags, profiles, dependencies and exit
// codes; the work is done below internal/.
package main

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

func main() {
	// What was ignored stays so: nohup, and the background jobs of a script.
	signals := slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, signal.Ignored)
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop) // a second ctrl-C ends a program that does not listen
	os.Exit(run(ctx, os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}, os.Getenv))
}
