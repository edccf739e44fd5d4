package qr

import (
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// screen is a terminal reduced to what QR codes need: it draws lines of text with SGR attributes as pixels.
type screen struct {
	foreground, background color.Gray // of the theme
	gap                    int        // pixels that the font's blocks stay away from the edges of a cell
}

var (
	black = color.Gray{}
	white = color.Gray{Y: 255}
)

const (
	cellWidth  = 6
	cellHeight = 12 // a multiple of 2 and 3
)

// sgr is the state of the attributes while a line is drawn.
type sgr struct {
	foreground, background color.Gray
	reverse                bool
}

// draw paints the lines with a margin of three cells of the theme's background around them.
func (s screen) draw(t *testing.T, lines []string) *image.Gray {
	t.Helper()
	const margin = 3
	cols := 0
	for _, line := range lines {
		cols = max(cols, len(glyphsOf(line)))
	}
	img := image.NewGray(image.Rect(0, 0, (cols+2*margin)*cellWidth, (len(lines)+2*margin)*cellHeight))
	fill(img, img.Rect, s.background)
	for row, line := range lines {
		state := sgr{foreground: s.foreground, background: s.background}
		col := 0
		for line != "" {
			if sequence, rest, ok := cutSGR(line); ok {
				s.apply(t, &state, sequence)
				line = rest
				continue
			}
			glyph := []rune(line)[0]
			line = line[len(string(glyph)):]
			corner := image.Pt((margin+col)*cellWidth, (margin+row)*cellHeight)
			s.drawCell(t, img, corner, glyph, state)
			col++
		}
	}
	return img
}

// drawCell paints one character: the background over the whole cell, then the blocks of the glyph.
func (s screen) drawCell(t *testing.T, img *image.Gray, corner image.Point, glyph rune, state sgr) {
	t.Helper()
	ink, ground := state.foreground, state.background
	if state.reverse {
		ink, ground = ground, ink
	}
	whole := image.Rectangle{Max: image.Pt(cellWidth, cellHeight)}
	fill(img, whole.Add(corner), ground)
	for _, block := range blocks(t, glyph) {
		fill(img, block.Intersect(whole.Inset(s.gap)).Add(corner), ink)
	}
}

// blocks is what the glyph fills of a cell, taken from the Unicode charts, not from the code under test.
func blocks(t *testing.T, glyph rune) []image.Rectangle {
	t.Helper()
	const w, h = cellWidth, cellHeight
	switch glyph {
	case ' ':
		return nil
	case '▀':
		return []image.Rectangle{image.Rect(0, 0, w, h/2)}
	case '▄':
		return []image.Rectangle{image.Rect(0, h/2, w, h)}
	case '▌':
		return []image.Rectangle{image.Rect(0, 0, w/2, h)}
	case '▐':
		return []image.Rectangle{image.Rect(w/2, 0, w, h)}
	}
	// The sextants in code point order are the numbers 1 to 62 without those of ▌ (21) and ▐ (42).
	at := rune(0x1fb00)
	for pattern := 1; pattern < 63; pattern++ {
		if pattern == 21 || pattern == 42 {
			continue
		}
		if at == glyph {
			var filled []image.Rectangle
			for bit := range 6 {
				if pattern&(1<<bit) != 0 {
					x, y := bit%2*w/2, bit/2*h/3
					filled = append(filled, image.Rect(x, y, x+w/2, y+h/3))
				}
			}
			return filled
		}
		at++
	}
	t.Fatalf("the terminal does not know %q (%U)", glyph, glyph)
	return nil
}

// apply changes the attributes by one SGR sequence, given as its parameters.
func (s screen) apply(t *testing.T, state *sgr, parameters string) {
	t.Helper()
	words := strings.Split(parameters, ";")
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "", "0":
			*state = sgr{foreground: s.foreground, background: s.background}
		case "7":
			state.reverse = true
		case "27":
			state.reverse = false
		case "38", "48":
			if i+2 >= len(words) || words[i+1] != "5" {
				t.Fatalf("SGR %q", parameters)
			}
			if words[i] == "38" {
				state.foreground = cubeColour(t, words[i+2])
			} else {
				state.background = cubeColour(t, words[i+2])
			}
			i += 2
		default:
			t.Fatalf("SGR %q", parameters)
		}
	}
}

// cubeColour knows the two corners of the 256-colour cube that the pen may use.
func cubeColour(t *testing.T, number string) color.Gray {
	t.Helper()
	switch n, _ := strconv.Atoi(number); n {
	case 16:
		return black
	case 231:
		return white
	}
	t.Fatalf("colour %s is neither black nor white", number)
	return black
}

// cutSGR takes one SGR sequence from the beginning of line.
func cutSGR(line string) (parameters, rest string, ok bool) {
	if !strings.HasPrefix(line, "\x1b[") {
		return "", line, false
	}
	parameters, rest, ok = strings.Cut(line[2:], "m")
	return parameters, rest, ok
}

// glyphsOf is the characters of a line without its attributes.
func glyphsOf(line string) []rune {
	var glyphs []rune
	for line != "" {
		if _, rest, ok := cutSGR(line); ok {
			line = rest
			continue
		}
		glyph := []rune(line)[0]
		glyphs = append(glyphs, glyph)
		line = line[len(string(glyph)):]
	}
	return glyphs
}

func fill(img *image.Gray, area image.Rectangle, c color.Gray) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := img.Pix[img.PixOffset(area.Min.X, y):img.PixOffset(area.Max.X, y)]
		for i := range row {
			row[i] = c.Y
		}
	}
}

// squared stretches the picture until the modules are square. Thirds are three wide to two high: zbar and zxing-cpp
// read them so, but gozxing, a port of the older ZXing, does not find large codes of such modules.
func squared(img *image.Gray, glyphs Glyphs) *image.Gray {
	if glyphs != Thirds {
		return img
	}
	tall := image.NewGray(image.Rect(0, 0, img.Rect.Dx(), img.Rect.Dy()*3/2))
	for y := range tall.Rect.Dy() {
		copy(tall.Pix[y*tall.Stride:(y+1)*tall.Stride], img.Pix[y*2/3*img.Stride:])
	}
	return tall
}

// scan reads the code on a picture as a phone would, which has to find it first.
func scan(img image.Image) (string, error) {
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		return "", fmt.Errorf("take the picture: %w", err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		return "", fmt.Errorf("read the code: %w", err)
	}
	return result.GetText(), nil
}
