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
	ctx := untilSignalled(context.Background())
	os.Exit(run(ctx, os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}, os.Getenv))
}

// untilSignalled gives a context that ends with the first signal that asks the
// program to end. After it a second ctrl-C ends a program that does not listen.
// SIGTERM and SIGHUP are caught to the very end: a terminal that is closed sends
// SIGHUP more than once, and a refresh that Zoom has answered must still be stored.
func untilSignalled(parent context.Context) context.Context {
	// What was ignored stays so: nohup, and the background jobs of a script.
	signals := slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, signal.Ignored)
	if len(signals) == 0 { // to Notify, none would mean all
		return parent
	}
	ctx, cancel := context.WithCancel(parent)
	first := make(chan os.Signal, 1) // what does not fit came later, and changes nothing
	signal.Notify(first, signals...)
	go func() {
		<-first
		signal.Reset(os.Interrupt)
		cancel()
	}()
	return ctx
}
