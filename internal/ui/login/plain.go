package login

import (
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
	"github.com/muesli/cancelreader"
)

// plainPrint shows the link on the ordinary screen, where the terminal wraps
// it by itself and a selection copies it in one piece. Bubble Tea stands still
// meanwhile, so it ends by itself with the sign-in and with the program.
type plainPrint struct {
	link string
	try  *try
	in   io.Reader
	out  io.Writer
}

func printPlain(link string, t *try) tea.Cmd {
	return tea.Exec(&plainPrint{link: link, try: t}, func(error) tea.Msg { return nil })
}

// SetStdin is part of tea.ExecCommand.
func (p *plainPrint) SetStdin(r io.Reader) { p.in = r }

// SetStdout is part of tea.ExecCommand.
func (p *plainPrint) SetStdout(w io.Writer) { p.out = w }

// SetStderr is part of tea.ExecCommand.
func (p *plainPrint) SetStderr(io.Writer) {}

// Run prints the link and waits for Enter, for the sign-in or for the end of
// the program.
func (p *plainPrint) Run() error {
	if _, err := fmt.Fprintf(p.out, "\n%s\n\nPress Enter to go back; the sign-in goes on waiting.\n", p.link); err != nil {
		return fmt.Errorf("print the link: %w", err)
	}
	in, err := cancelreader.NewReader(p.in)
	if err != nil {
		return fmt.Errorf("read the keyboard: %w", err)
	}
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-p.try.ctx.Done():
		case <-p.try.ended:
		case <-done:
		}
		in.Cancel()
	}()
	one := make([]byte, 256) // the terminal gives a whole line at once
	if _, err := in.Read(one); err != nil && !errors.Is(err, cancelreader.ErrCanceled) && !errors.Is(err, io.EOF) {
		return fmt.Errorf("wait for enter: %w", err)
	}
	return nil
}
