package kit

import (
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
)

func TestDA2(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer        string
		kind, version int
		ok            bool
	}{
		"Alacritty 0.15": {"\x1b[>0;2500;1c", 0, 2500, true},
		"xterm":          {"\x1b[>41;398;0c", 41, 398, true},
		"too short":      {"\x1b[>1c", 0, 0, false},
		"DA1":            {"\x1b[?62;22c", 0, 0, false},
		"a key":          {"d", 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var decoder uv.EventDecoder
			_, event := decoder.Decode([]byte(tc.answer))
			if kind, version, ok := DA2(event); kind != tc.kind || version != tc.version || ok != tc.ok {
				t.Errorf("%T %v is read as %d, %d, %t", event, event, kind, version, ok)
			}
		})
	}
}
