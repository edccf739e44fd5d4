//go:build linux

package main_test

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// code is a QR code on a picture.
type code struct {
	text   string
	corner image.Point // of its first position mark
	width  int         // from there to the second mark, in pixels
}

// scan finds the code on a picture as an app does that is held before a screen:
// it looks as often as it takes, from here and from there, sharp and less so.
func scan(picture *image.Gray) (code, error) {
	var failed error
	for _, look := range looks(picture) {
		source := gozxing.NewLuminanceSourceFromImage(look.picture)
		for _, threshold := range []gozxing.Binarizer{gozxing.NewGlobalHistgramBinarizer(source), gozxing.NewHybridBinarizer(source)} {
			bitmap, err := gozxing.NewBinaryBitmap(threshold)
			if err != nil {
				return code{}, fmt.Errorf("take the picture: %w", err)
			}
			hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
			result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("read the code %s: %w", look.how, err))
				continue
			}
			// The reader gives the marks at bottom left, top left and top right first.
			left, right := result.GetResultPoints()[1], result.GetResultPoints()[2]
			corner := look.back(int(left.GetX()), int(left.GetY()))
			across := look.back(int(right.GetX()), int(right.GetY())).Sub(corner)
			return code{result.GetText(), corner, int(math.Hypot(float64(across.X), float64(across.Y)))}, nil
		}
	}
	return code{}, failed
}

// look is a picture as a scanner may get it; back tells where a point of it is
// on the original.
type look struct {
	how     string
	picture *image.Gray
	back    func(x, y int) image.Point
}

// looks are the picture as it is, from a little and from twice as far, and turned
// by a quarter. The reader needs the choice: it is thrown by the thin seams that
// fonts leave between cells and by modules that are no squares, in one picture of
// fifty, and by another one in each look.
func looks(picture *image.Gray) []look {
	size := picture.Rect.Size()
	turned := image.NewGray(image.Rect(0, 0, size.Y, size.X))
	for y := range size.Y {
		for x := range size.X {
			turned.SetGray(size.Y-1-y, x, picture.GrayAt(x, y))
		}
	}
	return []look{
		{"as it is", picture, image.Pt},
		{"a step back", shrunk(picture, 10, 9), func(x, y int) image.Point { return image.Pt(x*10/9, y*10/9) }},
		{"from afar", shrunk(picture, 2, 1), func(x, y int) image.Point { return image.Pt(2*x, 2*y) }},
		{"turned", turned, func(x, y int) image.Point { return image.Pt(y, size.Y-1-x) }},
	}
}

// shrunk is a picture that is from/to times smaller, each point of it the mean of
// what it covers.
func shrunk(sharp *image.Gray, from, to int) *image.Gray {
	const samples = 4 // in each direction
	small := image.NewGray(image.Rectangle{Max: sharp.Rect.Max.Mul(to).Div(from)})
	at := func(i, sample int) int { return (2*i*samples + 2*sample + 1) * from / (2 * samples * to) }
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			sum := 0
			for i := range samples * samples {
				sum += int(sharp.GrayAt(at(x, i%samples), at(y, i/samples)).Y)
			}
			small.SetGray(x, y, color.Gray{Y: uint8(sum / (samples * samples))})
		}
	}
	return small
}
