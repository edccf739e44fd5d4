package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"time"
)

// pasteGap is how long a line that is no whole answer waits for the rest of it:
// an address copied from a narrow window comes with line breaks inside.
const pasteGap = 300 * time.Millisecond

// maxPasteLine bounds a line of standard input, in bytes.
const maxPasteLine = 64 << 10

// canPaste tells whether somebody or something may type: standard input is a
// pipe, or a terminal that is ours to read. A background job must not touch its
// terminal; it would be stopped.
func (c *cli) canPaste() bool {
	f, ok := c.in.(*os.File)
	if !ok {
		return c.in != nil
	}
	if isTerminal(f) {
		return inForeground(f)
	}
	info, err := f.Stat()
	return err == nil && (info.Mode()&os.ModeNamedPipe != 0 || info.Mode()&os.ModeSocket != 0 || info.Mode().IsRegular())
}

// pastes gives what is pasted on standard input, each text once it is whole or
// nothing more came for a moment. The channel is closed at the end of the input;
// it never gives anything when nobody can paste. stop gives the terminal back.
func (c *cli) pastes(ctx context.Context, whole func(string) bool) (texts <-chan string, stop func()) {
	if !c.canPaste() {
		return nil, func() {}
	}
	lines, out := make(chan string), make(chan string)
	stop = func() {}
	read := c.readLines
	if f, ok := c.in.(*os.File); ok && isTerminal(f) {
		if h, err := quietly(f, c.markPastes); err == nil {
			keys := keyboard{tty: f, whole: whole, resume: h.resume}
			read = func(ctx context.Context, lines chan<- string) { c.readKeys(ctx, lines, keys) }
			stop = h.restore
			// At once, and not when somebody comes to it: a second ctrl-C may kill
			// a program that is still asking Zoom.
			context.AfterFunc(ctx, stop)
		}
	}
	go func() {
		defer close(lines)
		read(ctx, lines)
	}()
	go func() {
		defer close(out)
		joinLines(ctx, lines, out, whole)
	}()
	return out, stop
}

// readLines reads a pipe or a file.
func (c *cli) readLines(ctx context.Context, lines chan<- string) {
	in := bufio.NewScanner(c.in)
	in.Buffer(nil, maxPasteLine)
	for in.Scan() {
		select {
		case lines <- in.Text():
		case <-ctx.Done():
			return
		}
	}
}

// keyboard is a hushed terminal to read from.
type keyboard struct {
	tty    io.Reader
	whole  func(string) bool          // tells a paste that needs no Enter
	resume func(context.Context) bool // after a failed read: the terminal is ours again
}

// readKeys reads a terminal that shows nothing of what is typed, and says how
// much it is instead.
func (c *cli) readKeys(ctx context.Context, lines chan<- string, k keyboard) {
	var keys typing
	chunk := make([]byte, 4096)
	for {
		n, err := k.tty.Read(chunk)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && k.resume(ctx):
			continue
		case err != nil:
			return
		}
		for i, b := range chunk[:n] {
			given, pasted := keys.feed(b)
			switch {
			case given && !pasted && i < n-1:
				keys.add('\n') // nobody types that fast: an unmarked paste with line breaks inside
				continue
			case !given && i < n-1, !k.whole(string(keys.line)) && (!given || pasted):
				continue // it may go on
			}
			c.writeTerminal("\r\x1b[K")
			select {
			case lines <- keys.take():
			case <-ctx.Done():
				return
			}
		}
		c.tellTyped(keys.count())
	}
}

// markPastes asks the terminal to mark what is pasted, or not to.
func (c *cli) markPastes(on bool) {
	if on {
		c.writeTerminal(pasteModeOn)
	} else {
		c.writeTerminal(pasteModeOff)
	}
}

// tellTyped shows how much waits for Enter, on the line of the cursor.
func (c *cli) tellTyped(characters int) {
	switch characters {
	case 0:
		c.writeTerminal("\r\x1b[K")
	default:
		c.writeTerminal(fmt.Sprintf("\r\x1b[K(%d characters; Enter uses them, Ctrl-U empties)", characters))
	}
}

// writeTerminal writes what is for the eyes only, where there are any.
func (c *cli) writeTerminal(text string) {
	if isTerminal(c.err) && c.getenv("TERM") != "dumb" {
		_, _ = io.WriteString(c.err, text) // nothing depends on it
	}
}

// joinLines puts lines together until they are whole, or until no more come.
func joinLines(ctx context.Context, lines <-chan string, texts chan<- string, whole func(string) bool) {
	pending := ""
	var gap <-chan time.Time
	give := func(text string) bool {
		pending, gap = "", nil
		select {
		case texts <- text:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for {
		select {
		case <-ctx.Done():
			return
		case line, open := <-lines:
			if !open {
				if pending != "" {
					give(pending)
				}
				return
			}
			joined, taken := pending+line, true
			switch {
			case whole(line):
				taken = give(line)
			case whole(joined):
				taken = give(joined)
			case joined != "":
				pending, gap = joined, time.After(pasteGap)
			}
			if !taken {
				return
			}
		case <-gap:
			if !give(pending) {
				return
			}
		}
	}
}
