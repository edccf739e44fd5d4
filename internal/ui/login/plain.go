package login

import (
	"bufio"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
)

// plainPrint shows the link on the ordinary screen, where the terminal wraps
// it by itself and a selection copies it in one piece.
type plainPrint struct {
	link string
	in   io.Reader
	out  io.Writer
}

func printPlain(link string) tea.Cmd {
	return tea.Exec(&plainPrint{link: link}, func(error) tea.Msg { return nil })
}

func (p *plainPrint) SetStdin(r io.Reader)  { p.in = r }
func (p *plainPrint) SetStdout(w io.Writer) { p.out = w }
func (p *plainPrint) SetStderr(io.Writer)   {}

// Run prints the link and waits for Enter.
func (p *plainPrint) Run() error {
	if _, err := fmt.Fprintf(p.out, "\n%s\n\nPress Enter to go back; the sign-in goes on waiting.\n", p.link); err != nil {
		return fmt.Errorf("print the link: %w", err)
	}
	if _, err := bufio.NewReader(p.in).ReadString('\n'); err != nil && err != io.EOF {
		return fmt.Errorf("wait for enter: %w", err)
	}
	return nil
}
