package qr

import (
	"errors"
	"image"
	"math/rand/v2"
	"strings"
	"testing"
)

// Links as the program shows them.
const (
	deviceLink    = "https://zoom.us/oauth_device?user_code=K3V9Q2HX"
	lanLink       = "HTTP://192.168.100.200:8976/QJ5ZK7T2XV4MHW9R3BYC8DNSEF"
	authorizeLink = "https://zoom.us/oauth/authorize?response_type=code&client_id=7KxQ2fWJT1mBv8s0nLda3g" +
		"&redirect_uri=http%3A%2F%2F127.0.0.1%3A8976%2Fcallback&state=Zk3vQ8mN2xL0pR7tY5wB1c" +
		"&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
)

func encode(t testing.TB, text string) Code {
	t.Helper()
	code, err := Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestSizes(t *testing.T) {
	t.Parallel()
	type size struct{ cols, rows int }
	tests := map[string]struct {
		text    string
		modules int
		needs   [4]size // half blocks, thirds, sextants, full cells
	}{
		"device link":               {deviceLink, 29, [4]size{{33, 17}, {33, 11}, {17, 11}, {66, 33}}},
		"LAN link in capitals":      {lanLink, 29, [4]size{{33, 17}, {33, 11}, {17, 11}, {66, 33}}},
		"LAN link in small letters": {strings.ToLower(lanLink), 33, [4]size{{37, 19}, {37, 13}, {19, 13}, {74, 37}}},
		"long device link":          {strings.Repeat("a", 81), 37, [4]size{{41, 21}, {41, 14}, {21, 14}, {82, 41}}},
		"without PKCE":              {strings.Repeat("a", 166), 49, [4]size{{53, 27}, {53, 18}, {27, 18}, {106, 53}}},
		"version 9 at its fullest":  {strings.Repeat("a", 230), 53, [4]size{{57, 29}, {57, 19}, {29, 19}, {114, 57}}},
		"with PKCE, one byte above": {strings.Repeat("a", 252), 57, [4]size{{61, 31}, {61, 21}, {31, 21}, {122, 61}}},
		"with ten scopes":           {strings.Repeat("a", 562), 81, [4]size{{85, 43}, {85, 29}, {43, 29}, {170, 85}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := encode(t, tt.text)
			if code.Size() != tt.modules {
				t.Errorf("%d modules on a side, want %d", code.Size(), tt.modules)
			}
			for i, glyphs := range All() {
				cols, rows := Needs(code, glyphs)
				if got := (size{cols, rows}); got != tt.needs[i] {
					t.Errorf("%v: %v, want %v", glyphs, got, tt.needs[i])
				}
			}
		})
	}
	if n := len(authorizeLink); n > 252 || n < 230 {
		t.Errorf("the authorize link of the tests has %d bytes and is no longer an example of its row", n)
	}
}

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	secret := strings.Repeat("s3cret", 500)
	if _, err := Encode(secret); !errors.Is(err, ErrTooLong) || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("3000 bytes: error %v", err)
	}
	if _, err := Encode(strings.Repeat("A", 4297)); !errors.Is(err, ErrTooLong) {
		t.Errorf("4297 capitals: error %v", err)
	}
	if _, err := Encode(""); err == nil {
		t.Error("a code of nothing is no error")
	}
	if lines := Render(Code{}, HalfBlocks, Options{}); lines != nil {
		t.Errorf("a code of nothing has %d lines", len(lines))
	}
	if code := encode(t, strings.Repeat("a", maxBytes)); code.Size() != 177 {
		t.Errorf("the fullest code has %d modules on a side, want 177", code.Size())
	}
}

// TestScan reads every kind of code from a picture of the terminal.
func TestScan(t *testing.T) {
	t.Parallel()
	themes := map[string]struct {
		screen  screen
		options Options
	}{
		"dark theme":          {screen{foreground: white, background: black}, Options{}},
		"light theme":         {screen{foreground: black, background: white}, Options{}},
		"dark, no color":      {screen{foreground: white, background: black}, Options{NoColor: true, DarkBackground: true}},
		"light, no color":     {screen{foreground: black, background: white}, Options{NoColor: true}},
		"dark, short blocks":  {screen{foreground: white, background: black, gap: 1}, Options{}},
		"light, short blocks": {screen{foreground: black, background: white, gap: 1}, Options{}},
	}
	for name, theme := range themes {
		for _, glyphs := range All() {
			t.Run(name+"/"+glyphs.String(), func(t *testing.T) {
				t.Parallel()
				if theme.screen.gap > 0 && (glyphs == Thirds || glyphs == Sextants) {
					t.Skip("drawn only where the terminal leaves no gaps")
				}
				lines := Render(encode(t, authorizeLink), glyphs, theme.options)
				got, err := scan(squared(theme.screen.draw(t, lines), glyphs))
				if err != nil || got != authorizeLink {
					t.Errorf("a phone reads %q (%v), want %q", got, err, authorizeLink)
				}
			})
		}
	}
}

// TestScanLinks reads every kind of text that Encode packs in a way of its own.
func TestScanLinks(t *testing.T) {
	t.Parallel()
	for name, link := range map[string]string{
		"one block of data": deviceLink,
		"capitals":          lanLink,
		"digits":            "20261122",
		"beyond ASCII":      "https://zoom.us/j/1?n=設計",
		"many blocks":       authorizeLink + "&scope=" + strings.Repeat("meeting:read:list_upcoming_meetings+", 9),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			picture := screen{foreground: white, background: black}.draw(t, Render(encode(t, link), HalfBlocks, Options{}))
			if got, err := scan(picture); err != nil || got != link {
				t.Errorf("a phone reads %q (%v), want %q", got, err, link)
			}
		})
	}
}

// TestScanShortForms reads the links that are short enough for a small window, in every way they can be drawn.
func TestScanShortForms(t *testing.T) {
	t.Parallel()
	for name, link := range map[string]string{"device link": deviceLink, "LAN link in capitals": lanLink} {
		for _, glyphs := range All() {
			t.Run(name+"/"+glyphs.String(), func(t *testing.T) {
				t.Parallel()
				picture := screen{foreground: white, background: black}.draw(t, Render(encode(t, link), glyphs, Options{}))
				if got, err := scan(squared(picture, glyphs)); err != nil || got != link {
					t.Errorf("a phone reads %q (%v), want %q", got, err, link)
				}
			})
		}
	}
}

// TestModulesSurvive compares modules with cells, for codes of random modules, all glyphs and pens.
func TestModulesSurvive(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for _, version := range []int{1, 2, 3, 6, 10, 17} { // every remainder of 2 and 3
		size := 17 + 4*version
		code := Code{size: size, dark: make([]bool, size*size)}
		for i := range code.dark {
			code.dark[i] = random.IntN(2) == 0
		}
		for _, glyphs := range All() {
			for _, options := range []Options{{}, {NoColor: true}, {NoColor: true, DarkBackground: true}} {
				checkModules(t, code, glyphs, options)
			}
		}
	}
}

// checkModules looks at the middle of every module on a drawn screen, the quiet zone included.
func checkModules(t *testing.T, code Code, glyphs Glyphs, options Options) {
	t.Helper()
	s := screen{foreground: black, background: white}
	if options.DarkBackground {
		s = screen{foreground: white, background: black}
	}
	lines := Render(code, glyphs, options)
	cols, rows := Needs(code, glyphs)
	if len(lines) != rows {
		t.Fatalf("%v: %d lines, want %d", glyphs, len(lines), rows)
	}
	for _, line := range lines {
		if n := len(glyphsOf(line)); n != cols || !strings.HasSuffix(line, penReset) {
			t.Fatalf("%v: line of %d cells, want %d, and a reset at the end: %q", glyphs, n, cols, line)
		}
	}
	img := s.draw(t, lines)
	module := map[Glyphs]image.Point{
		HalfBlocks: {X: cellWidth, Y: cellHeight / 2},
		Thirds:     {X: cellWidth, Y: cellHeight / 3},
		Sextants:   {X: cellWidth / 2, Y: cellHeight / 3},
		FullCells:  {X: cellWidth * 2, Y: cellHeight},
	}[glyphs]
	for y := -QuietZone; y < code.Size()+QuietZone; y++ {
		for x := -QuietZone; x < code.Size()+QuietZone; x++ {
			px := 3*cellWidth + (x+QuietZone)*module.X + module.X/2
			py := 3*cellHeight + (y+QuietZone)*module.Y + module.Y/2
			if dark := img.GrayAt(px, py) == black; dark != code.At(x, y) {
				t.Fatalf("%v, %+v: module %d,%d is drawn dark=%v, want %v", glyphs, options, x, y, dark, code.At(x, y))
			}
		}
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	code := encode(t, strings.Repeat("a", 252)) // 57 modules: 61×31, 61×21, 31×21, 122×61
	tests := map[string]struct {
		available  []Glyphs
		cols, rows int
		want       Glyphs
		fits       bool
	}{
		"room for all":                  {All(), 200, 60, HalfBlocks, true},
		"half blocks fit exactly":       {All(), 61, 31, HalfBlocks, true},
		"one row short":                 {All(), 61, 30, Thirds, true},
		"one column short":              {All(), 60, 31, Sextants, true},
		"80×24":                         {All(), 80, 24, Thirds, true},
		"only half blocks known":        {[]Glyphs{HalfBlocks, FullCells}, 80, 24, HalfBlocks, false},
		"no UTF-8 and a large window":   {[]Glyphs{FullCells}, 200, 61, FullCells, true},
		"no UTF-8":                      {[]Glyphs{FullCells}, 80, 24, FullCells, false},
		"too small for all":             {All(), 40, 12, Sextants, false},
		"the order of the list is ours": {[]Glyphs{Sextants, HalfBlocks}, 200, 60, HalfBlocks, true},
		"nothing available":             {nil, 200, 60, HalfBlocks, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, fits := Choose(code, tt.available, tt.cols, tt.rows)
			if got != tt.want || fits != tt.fits {
				t.Errorf("%v, %v; want %v, %v", got, fits, tt.want, tt.fits)
			}
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	for b.Loop() {
		encode(b, authorizeLink)
	}
}

func BenchmarkRender(b *testing.B) {
	code := encode(b, authorizeLink)
	for b.Loop() {
		Render(code, HalfBlocks, Options{})
	}
}
