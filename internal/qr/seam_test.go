package qr

import (
	"image"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// TestSeams draws with a font whose blocks are too short, and looks for lines that split a run of one colour at the
// centres of the finder patterns: scanners measure there whether dark and light are as 1:1:3:1:1.
func TestSeams(t *testing.T) {
	t.Parallel()
	for i := range 40 {
		code := encode(t, deviceLink+strings.Repeat("x", 5*i))
		checkFinders(t, code, screen{foreground: white, background: black, gap: 1})
	}
}

func checkFinders(t *testing.T, code Code, s screen) {
	t.Helper()
	img := s.draw(t, Render(code, HalfBlocks, Options{}))
	for name, module := range map[string]image.Point{
		"upper left": {X: 3}, "upper right": {X: code.Size() - 4}, "lower left": {X: 3, Y: code.Size() - 7},
	} {
		x := (3+QuietZone+module.X)*cellWidth + cellWidth/2
		from := 3*cellHeight + (QuietZone+module.Y)*cellHeight/2
		changes := 0
		for y := from - 2; y < from+7*cellHeight/2+2; y++ {
			if img.GrayAt(x, y) != img.GrayAt(x, y-1) {
				changes++
			}
		}
		// dark, light, dark, light, dark and the light around: six borders.
		if changes != 6 {
			t.Errorf("%d modules, %s: %d borders down the middle of the finder pattern, want 6", code.Size(), name, changes)
		}
	}
}

func TestHalfBlockRule(t *testing.T) {
	t.Parallel()
	// Each picture is a column of modules of which the third and fourth (quiet zone of two rows apart) share a cell.
	tests := map[string]struct {
		above, upper, lower, below bool // dark
		want                       cell
	}{
		"seam above is harmless":         {false, true, false, false, cell{upperHalf, false}},
		"seam below is harmless":         {true, true, false, true, cell{lowerHalf, true}},
		"light above dark, below splits": {true, false, true, true, cell{upperHalf, true}},
		"light above dark, above splits": {false, false, true, false, cell{lowerHalf, false}},
		"dark only":                      {true, true, true, true, cell{' ', true}},
		"light only":                     {true, false, false, true, cell{' ', false}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := Code{size: 8, dark: make([]bool, 64)}
			const x = 4
			for y, dark := range []bool{1: tt.above, 2: tt.upper, 3: tt.lower, 4: tt.below} {
				code.dark[y*code.size+x] = dark
			}
			cells := grid{code: code, inkDark: true}.cells(HalfBlocks)
			if got := cells[(QuietZone+2)/2][QuietZone+x]; got != tt.want {
				t.Errorf("drawn as %+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestThroughBubbleTea sends a code through the cell buffer that Bubble Tea keeps, as a window larger than the code, and
// through the writer that takes colours away from terminals without them.
func TestThroughBubbleTea(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		profile colorprofile.Profile
		options Options
		screen  screen
	}{
		"true colour, dark":     {colorprofile.TrueColor, Options{}, screen{foreground: white, background: black}},
		"256 colours, light":    {colorprofile.ANSI256, Options{}, screen{foreground: black, background: white}},
		"NO_COLOR, dark":        {colorprofile.Ascii, Options{NoColor: true, DarkBackground: true}, screen{foreground: white, background: black}},
		"NO_COLOR, light":       {colorprofile.Ascii, Options{NoColor: true}, screen{foreground: black, background: white}},
		"NO_COLOR, not told us": {colorprofile.Ascii, Options{}, screen{foreground: black, background: white}},
	}
	for name, tt := range tests {
		for _, glyphs := range All() {
			t.Run(name+"/"+glyphs.String(), func(t *testing.T) {
				t.Parallel()
				code := encode(t, deviceLink)
				cols, rows := Needs(code, glyphs)
				buffer := uv.NewScreenBuffer(cols+7, rows+3)
				buffer.Method = ansi.GraphemeWidth
				uv.NewStyledString(strings.Join(Render(code, glyphs, tt.options), "\n")).Draw(buffer, buffer.Bounds())
				var out strings.Builder
				writer := &colorprofile.Writer{Forward: &out, Profile: tt.profile}
				if _, err := writer.WriteString(buffer.Render()); err != nil {
					t.Fatal(err)
				}
				lines := strings.Split(strings.ReplaceAll(out.String(), "\r\n", "\n"), "\n")
				got, err := scan(squared(tt.screen.draw(t, lines), glyphs))
				if err != nil || got != deviceLink {
					t.Errorf("a phone reads %q (%v), want %q", got, err, deviceLink)
				}
			})
		}
	}
}
