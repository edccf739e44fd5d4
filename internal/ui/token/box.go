package token

import (
	"strconv"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// maxBox bounds what the box takes, in bytes: a token answer or a curl line has
// some thousands.
const maxBox = 16 << 10

// box takes a text without showing it. It is no text input of the kit, because
// that one keeps what was typed in strings, which cannot be overwritten.
type box struct {
	text []byte // of one allocation, so that no copy of it stays behind
	full bool   // more came than it takes
}

// write takes over what was typed or pasted.
func (b *box) write(text string) {
	if b.text == nil {
		b.text = make([]byte, 0, maxBox)
	}
	if len(b.text)+len(text) > maxBox {
		b.full = true
		return
	}
	b.text = append(b.text, text...)
}

// empty overwrites what there is.
func (b *box) empty() {
	clear(b.text[:cap(b.text)])
	b.text, b.full = b.text[:0], false
}

// take hands out a copy and empties the box.
func (b *box) take() []byte {
	out := make([]byte, len(b.text))
	copy(out, b.text)
	b.empty()
	return out
}

// back takes the last character away.
func (b *box) back() {
	_, size := utf8.DecodeLastRune(b.text)
	clear(b.text[len(b.text)-size:])
	b.text = b.text[:len(b.text)-size]
}

// said is all that is shown of it.
func (b *box) said() string {
	n := utf8.RuneCount(b.text)
	if n == 1 {
		return "1 character"
	}
	return strconv.Itoa(n) + " characters"
}

// boxKey handles a key while the box takes text.
func (m *Model) boxKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Leave):
		m.forget()
	case key.Matches(msg, m.keys.Use):
		return m.compare()
	case key.Matches(msg, m.keys.Empty):
		m.box.empty()
		m.trouble = ""
	case msg.String() == "backspace":
		m.box.back()
	case msg.Text != "":
		m.box.write(msg.Text)
		m.trouble = ""
	}
	return nil
}
