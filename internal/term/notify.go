package term

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Notifier makes the terminal call the person. Terminals disagree on the sequence
// for a notification of the desktop, so the one is sent that the terminal is known
// to read; every terminal rings at the bell.
type Notifier struct {
	mux   Multiplexer
	named notice // by the environment
}

// notice is a sequence for a notification.
type notice int

const (
	noNotice notice = iota
	osc9            // OSC 9 ; text (https://iterm2.com/documentation-escape-codes.html)
	osc99           // OSC 99 ; metadata ; text (https://sw.kovidgoyal.net/kitty/desktop-notifications/)
	osc777          // OSC 777 ; notify ; title ; text, of rxvt-unicode's extension of that name
)

// noticeCells bounds the text of a notification.
const noticeCells = 200

// screenLimit is the longest sequence that GNU screen hands on.
const screenLimit = 768

// NewNotifier reads from the environment what terminal this is: what it set for
// the programs in it is all that is known of one behind tmux or screen, and of one
// that does not tell its name.
func NewNotifier(getenv func(string) string) Notifier {
	n := Notifier{mux: multiplexer(getenv), named: noticeOf(getenv("TERM"))}
	for _, name := range []string{getenv("TERM_PROGRAM"), getenv("LC_TERMINAL")} {
		if n.named == noNotice {
			n.named = noticeOf(name)
		}
	}
	for _, mark := range [...]struct {
		variable string
		reads    notice
	}{
		{"KITTY_WINDOW_ID", osc99},
		{"ITERM_SESSION_ID", osc9},
		{"WEZTERM_PANE", osc777},
		{"GHOSTTY_RESOURCES_DIR", osc777},
		{"KONSOLE_VERSION", osc777},
		{"VTE_VERSION", osc777},
	} {
		if n.named == noNotice && getenv(mark.variable) != "" {
			n.named = mark.reads
		}
	}
	return n
}

// noticeOf knows a terminal by its name: TERM, TERM_PROGRAM, or the answer to
// XTVERSION, as in "kitty(0.41.1)" or "WezTerm 20240203". VTE itself swallows the
// sequence; the builds of some distributions show it.
func noticeOf(name string) notice {
	name = strings.ToLower(name)
	switch {
	case strings.Contains(name, "kitty"):
		return osc99
	case strings.HasPrefix(name, "iterm"):
		return osc9
	}
	for _, known := range []string{"ghostty", "wezterm", "foot", "konsole", "contour", "rxvt", "vte"} {
		if strings.Contains(name, known) {
			return osc777
		}
	}
	return noNotice
}

// Sequence is what to write to the terminal for a notification: text, cleaned and
// bounded, under the title "zoomtui", and a bell. xtversion is the terminal's
// answer to XTVERSION, "" if none came; inside tmux and screen that is their own,
// and the sequence is wrapped so that they hand it on. tmux does so with
// `allow-passthrough on`, and passes on the bell in any case.
func (n Notifier) Sequence(xtversion, text string) string {
	reads := noticeOf(xtversion)
	if reads == noNotice || n.mux != NoMultiplexer {
		reads = n.named
	}
	const title = "zoomtui"
	text = Clean(text, noticeCells)
	var seq string
	switch reads {
	case osc9:
		seq = ansi.Notify(title + ": " + text)
	case osc99:
		seq = ansi.DesktopNotification(title, "i=zoomtui", "d=0") + ansi.DesktopNotification(text, "i=zoomtui", "p=body")
	case osc777:
		// A semicolon would begin another parameter.
		seq = ansi.URxvtExt("notify", title, strings.ReplaceAll(text, ";", ","))
	case noNotice:
		return "\a"
	}
	switch n.mux {
	case Tmux:
		seq = ansi.TmuxPassthrough(seq)
	case Screen:
		seq = ansi.ScreenPassthrough(seq, screenLimit)
	case NoMultiplexer:
	}
	return seq + "\a"
}
