package kit

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// RequestDA2 asks the terminal for its secondary device attributes (DA2,
// `CSI > c`), by which versions of a terminal without XTVERSION are told apart.
func RequestDA2() tea.Msg { return tea.RawMsg{Msg: ansi.RequestSecondaryDeviceAttributes} }

// DA2 is the kind and the version in the terminal's answer to RequestDA2, its
// first two parameters. Bubble Tea has no message of its own for that answer and
// hands on what its reader of terminal sequences made of it.
func DA2(msg tea.Msg) (kind, version int, ok bool) {
	attributes, ok := msg.(uv.SecondaryDeviceAttributesEvent)
	if !ok || len(attributes) < 2 {
		return 0, 0, false
	}
	return attributes[0], attributes[1], true
}
