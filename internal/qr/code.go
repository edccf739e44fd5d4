// Package qr turns a link into a QR code (ISO/IEC 18004) and a QR code into terminal cells, as few or as many as the room
// and the terminal allow. It is pure: the same text and options always give the same cells.
package qr

import (
	"errors"
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// ErrTooLong is returned by Encode for text that no QR code of level L holds.
var ErrTooLong = errors.New("text does not fit into a QR code")

// maxBytes is the capacity of the largest QR code, version 40 at level L, in byte mode (ISO/IEC 18004, table 7).
const maxBytes = 2953

// Code is a QR code: a square of dark and light modules, without the quiet zone around it. The zero Code is empty.
type Code struct {
	size int
	dark []bool // row by row
}

// Encode makes the smallest QR code of error correction level L that holds text. Text of digits, capitals and
// " $%*+-./:" takes fewer modules than any other (alphanumeric mode). Of the eight masks the one with the fewest
// penalty points is taken (ISO/IEC 18004 section 7.8.3). The error is ErrTooLong, or says that there is no text; it never
// repeats the text.
func Encode(text string) (Code, error) {
	if text == "" {
		return Code{}, errors.New("encode a QR code: there is no text")
	}
	mode := qr.Unicode
	if strings.Trim(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") == "" {
		mode = qr.AlphaNumeric
	} else if len(text) > maxBytes {
		return Code{}, fmt.Errorf("encode a QR code of %d bytes: %w", len(text), ErrTooLong)
	}
	barcode, err := qr.Encode(text, qr.L, mode)
	if err != nil {
		// The library's error quotes the text, which may hold a state or a passcode.
		return Code{}, fmt.Errorf("encode a QR code of %d bytes: %w", len(text), ErrTooLong)
	}
	size := barcode.Bounds().Dx()
	code := Code{size: size, dark: make([]bool, size*size)}
	for y := range size {
		for x := range size {
			code.dark[y*size+x] = barcode.At(x, y) == color.Black
		}
	}
	return code, nil
}

// Size is the number of modules on a side: 17 + 4 for every version.
func (c Code) Size() int { return c.size }

// At reports whether the module in column x and row y is dark. Outside of the code everything is light.
func (c Code) At(x, y int) bool {
	return x >= 0 && y >= 0 && x < c.size && y < c.size && c.dark[y*c.size+x]
}
