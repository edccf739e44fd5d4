package main_test

import (
	"strings"
	"testing"
)

// Characters of two cells, typed one by one and into the midst of others, stand on
// a real screen as they were typed, and the cursor stands between them.
func TestScreenWideLetters(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	aiko := person{t.TempDir()}
	s := openTerminal(t, 80, 24, aiko.environment(), "demo")
	s.awaits("allow as the user")
	s.press("a")
	s.awaits(fullName, loaded)
	for _, box := range []struct{ tab, key, label string }{{"2", "/", "/ "}, {"3", "/", "/ "}, {"5", ":", ": "}} {
		s.press(box.tab, box.key)
		typed := box.label
		for _, letter := range []string{"あ", "い", "x", "う", "え"} {
			s.press(letter)
			typed += letter
			s.awaits(typed)
		}
		s.press("Left", "Left", "画")
		s.until(box.label+"あいx画うえ, the cursor before う, in tab "+box.tab, func(screen string) bool {
			return strings.Contains(screen, box.label+"あいx画うえ") && s.is("==:#{cursor_x},10")
		})
		s.press("Escape")
		s.awaits("? help") // what follows an Escape at once is read as one key with it
	}
}
