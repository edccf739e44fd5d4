package main

import (
	"bufio"
	"context"
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
// it never gives anything when nobody can paste.
func (c *cli) pastes(ctx context.Context, whole func(string) bool) <-chan string {
	if !c.canPaste() {
		return nil
	}
	lines := make(chan string)
	go func() {
		defer close(lines)
		in := bufio.NewScanner(c.in)
		in.Buffer(nil, maxPasteLine)
		for in.Scan() {
			select {
			case lines <- in.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	texts := make(chan string)
	go func() {
		defer close(texts)
		joinLines(ctx, lines, texts, whole)
	}()
	return texts
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
