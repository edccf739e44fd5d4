package doctor

import (
	"fmt"
	"strconv"
	"strings"

	"zoomtui/internal/term"
)

// Terminal is what is known of the terminal without asking it anything.
type Terminal struct {
	Machine    term.Machine
	There      bool // standard output and input are one
	Cols, Rows int  // 0: not known
	Getenv     func(string) string
}

// The smallest window that the dashboard draws in, and the one that shows all.
const (
	leastCols, leastRows = 40, 12
	goodCols, goodRows   = 80, 24
)

const nameTerminal = "terminal"

// Features checks what the terminal can show.
func Features(t Terminal) Check {
	clipboard, links := t.clipboard(), t.links()
	glyphs := t.Machine.Glyphs("", term.DA2{})
	c := t.judge(clipboard)
	qr := []string{}
	for _, g := range []struct {
		name string
		can  bool
	}{{"half blocks", glyphs.HalfBlocks}, {"sextants", glyphs.Sextants}, {"cells", glyphs.Cells}} {
		if g.can {
			qr = append(qr, g.name)
		}
	}
	return c.detail("term", t.Machine.Term).detail("colours", t.colours()).detail("utf8", t.Machine.UTF8).
		detail("qr", qr).detail("clipboard", string(clipboard)).detail("links", string(links)).
		detail("ssh", t.Machine.SSH).detail("multiplexer", string(t.Machine.Multiplexer)).
		detail("columns", t.Cols).detail("rows", t.Rows)
}

func (t Terminal) judge(clipboard ability) Check {
	switch {
	case !t.There:
		return result(nameTerminal, Skipped, "This is no terminal (a pipe, a timer, a script); commands work here, the dashboard does not.").brief("none")
	case t.Machine.Dumb:
		return result(nameTerminal, Warning, "TERM=dumb: the cursor cannot be moved here, so there is no dashboard; commands work.").brief("dumb").
			remedy("If your terminal can do more: export TERM=xterm-256color")
	case !t.Machine.UTF8:
		return result(nameTerminal, Warning, "The locale is not UTF-8: names and QR codes cannot be drawn well.").brief("no UTF-8").
			remedy("export LANG=C.UTF-8")
	case t.Cols > 0 && (t.Cols < leastCols || t.Rows < leastRows):
		return result(nameTerminal, Warning, "The window has %d×%d cells; the dashboard needs %d×%d.", t.Cols, t.Rows, leastCols, leastRows).brief("too small").
			remedy(fmt.Sprintf("Make the window larger; with %d×%d everything is shown.", goodCols, goodRows))
	}
	words := []string{t.Machine.Term, t.colours(), "UTF-8"}
	if t.Cols > 0 {
		words = append(words, fmt.Sprintf("%d×%d", t.Cols, t.Rows))
	}
	if m := t.Machine.Multiplexer; m != term.NoMultiplexer {
		words = append(words, "in "+string(m))
	}
	if t.Machine.SSH {
		words = append(words, "over SSH")
	}
	what := strings.Join(words, ", ") + "."
	switch {
	case clipboard == yes:
		what += " Copying works (OSC 52)."
	case clipboard == no:
		what += " Copying (OSC 52) does not work here; what is to be copied is printed plain with p."
	case t.Machine.Multiplexer == term.Tmux:
		return result(nameTerminal, OK, "%s Copying (OSC 52) works if tmux lets it through.", what).brief("fine").
			remedy("If copying does not work: tmux set -g set-clipboard on")
	default:
		what += " Whether copying (OSC 52) works is up to the terminal's settings."
	}
	return result(nameTerminal, OK, "%s", what).brief("fine")
}

// colours is what can be expected, by the variables that people go by.
// Sources: https://no-color.org , https://github.com/termstandard/colors
func (t Terminal) colours() string {
	switch depth := t.Getenv("COLORTERM"); {
	case t.Machine.Dumb:
		return "none"
	case t.Machine.NoColor:
		return "switched off by NO_COLOR"
	case depth == "truecolor" || depth == "24bit" || strings.HasSuffix(t.Machine.Term, "-direct"):
		return "16 million colours"
	case strings.Contains(t.Machine.Term, "256"), strings.HasPrefix(t.Machine.Term, "xterm-kitty"):
		return "256 colours"
	default:
		return "16 colours"
	}
}

// ability is what is known of a feature.
type ability string

const (
	yes   ability = "yes"
	no    ability = "no"
	maybe ability = "not known"
)

// program is the terminal's own name, as far as the environment tells it. Inside
// a multiplexer and over SSH it does not.
func (t Terminal) program() string {
	if t.Machine.Multiplexer != term.NoMultiplexer {
		return string(t.Machine.Multiplexer)
	}
	for _, v := range []struct{ variable, name string }{
		{"KITTY_WINDOW_ID", "kitty"},
		{"WT_SESSION", "windows-terminal"},
		{"GHOSTTY_RESOURCES_DIR", "ghostty"},
		{"ALACRITTY_WINDOW_ID", "alacritty"},
		{"KONSOLE_VERSION", "konsole"},
		{"VTE_VERSION", "vte"},
	} {
		if t.Getenv(v.variable) != "" {
			return v.name
		}
	}
	if name := t.Getenv("TERM_PROGRAM"); name != "" {
		return strings.ToLower(name)
	}
	name := strings.TrimPrefix(t.Machine.Term, "xterm-")
	name, _, _ = strings.Cut(name, "-")
	return name
}

// clipboard tells whether OSC 52 reaches the clipboard.
// Sources: the documents of each program.
func (t Terminal) clipboard() ability {
	switch t.program() {
	case "kitty", "windows-terminal", "ghostty", "alacritty", "foot", "wezterm", "contour", "rio":
		return yes
	case "apple_terminal", "linux", "screen", "dumb":
		return no
	default: // iTerm2, xterm and tmux have a switch; VTE and Konsole learnt it lately
		return maybe
	}
}

// links tells whether OSC 8 makes a link.
// Source: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
func (t Terminal) links() ability {
	const firstVTE = 5000 // 0.50
	switch t.program() {
	case "kitty", "windows-terminal", "ghostty", "alacritty", "foot", "wezterm", "iterm.app", "konsole", "contour", "rio", "vscode":
		return yes
	case "vte":
		if version, err := strconv.Atoi(t.Getenv("VTE_VERSION")); err == nil && version >= firstVTE {
			return yes
		}
		return no
	case "apple_terminal", "linux", "screen", "dumb":
		return no
	default:
		return maybe
	}
}
