package main

import (
	"context"
	"strings"

	"zoomtui/internal/auth"
)

// pasteQuestion asks for the address on a terminal.
const pasteQuestion = "Paste the address, then press Enter (it is not shown): "

// finish completes a sign-in that waits in another terminal with the address
// that its browser ended on; "-" reads it from standard input, so that it stays
// out of the shell's history.
func (c *cli) finish(ctx context.Context, text string, asJSON bool) error {
	if text == "-" {
		read := func(ctx context.Context) (string, error) { return c.readInput(ctx, maxPasteLine) }
		if isTerminal(c.in) {
			read = func(ctx context.Context) (string, error) {
				return c.readHidden(ctx, pasteQuestion)
			}
		}
		given, err := read(ctx)
		if err != nil {
			return err
		}
		text = given
	}
	options := auth.FinishOptions{PendingDir: c.pendingDir(), Clock: c.clock}
	// The settings only help to tell a wrong paste from a right one; the sign-in
	// that waits may be of another profile, and needs none of ours.
	if cfg, err := c.loadConfig(); err == nil {
		if p, err := cfg.Profile(); err == nil {
			options.RedirectURI, options.OAuthBase = p.RedirectURI, p.OAuthBase
		}
	}
	done, err := auth.Finish(ctx, options, text)
	if err != nil {
		return err
	}
	if asJSON {
		return printEvent(c.out, doneEvent{Event: "done", Profile: done.Profile})
	}
	profile := strings.TrimSpace(" " + clean(done.Profile))
	c.say("Signed in (profile %s). The terminal that waited goes on by itself.", profile)
	return nil
}
