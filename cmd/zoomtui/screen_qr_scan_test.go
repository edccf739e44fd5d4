//go:build linux

package main_test

import (
	"errors"
	"fmt"
	"image"
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
	for _, look := range looks {
		seen := look.at(picture)
		source := gozxing.NewLuminanceSourceFromImage(seen)
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
			x, y := look.back(seen.Rect, picture.Rect, left.GetX(), left.GetY())
			toX, toY := look.back(seen.Rect, picture.Rect, right.GetX(), right.GetY())
			return code{result.GetText(), image.Pt(int(x), int(y)), int(math.Hypot(toX-x, toY-y))}, nil
		}
	}
	return code{}, failed
}

// look is how a scanner may see a picture: of another width and height, and turned
// by less than a right angle.
type look struct {
	how          string
	across, down float64 // its size to the original's
	turned       float64 // clockwise, in degrees
}

// looks are how the reader, a port of the older ZXing, gets a picture to see. Held
// straight it is thrown by data that looks like a position mark along one line, by
// the thin seams that fonts leave between cells, and by modules that are no squares:
// those of thirds are three wide to two high. Of 1,500 codes of random links, drawn
// in the three glyph sets without seams, it missed 51 in its best single look, and
// none in all.
var looks = []look{
	{"as it is", 1, 1, 0},
	{"aslant", 1, 1, 13},
	{"aslant, a step back", 0.9, 0.9, -8},
	{"stretched", 1, 1.5, 0},
	{"stretched, aslant", 0.9, 1.35, 20},
	{"from afar", 0.5, 0.5, 0},
}

// at is the picture as the look shows it, black around it, each point the mean of
// what it covers.
func (l look) at(sharp *image.Gray) *image.Gray {
	if l.across == 1 && l.down == 1 && l.turned == 0 {
		return sharp
	}
	const samples = 2 // in each direction
	sin, cos := l.sincos()
	wide, high := l.across*float64(sharp.Rect.Dx()), l.down*float64(sharp.Rect.Dy())
	seen := image.NewGray(image.Rect(0, 0, int(wide*cos+high*math.Abs(sin)), int(wide*math.Abs(sin)+high*cos)))
	// A sample to the right or below on it is a step of this size on the original.
	rightX, rightY := cos/l.across/samples, -sin/l.down/samples
	downX, downY := sin/l.across/samples, cos/l.down/samples
	width, height := sharp.Rect.Dx(), sharp.Rect.Dy()
	for row := range seen.Rect.Dy() {
		x, y := l.back(seen.Rect, sharp.Rect, 0.5/samples, float64(row)+0.5/samples)
		line := seen.Pix[row*seen.Stride:][:seen.Rect.Dx()]
		for column := range line {
			sum := 0
			for j := range samples * samples {
				right, down := float64(column*samples+j%samples), float64(j/samples)
				fromX, fromY := int(x+right*rightX+down*downX), int(y+right*rightY+down*downY)
				if uint(fromX) < uint(width) && uint(fromY) < uint(height) {
					sum += int(sharp.Pix[fromY*sharp.Stride+fromX])
				}
			}
			line[column] = uint8(sum / (samples * samples))
		}
	}
	return seen
}

// back is where a point of what was seen is on the original; the look turns about
// the middle.
func (l look) back(seen, sharp image.Rectangle, x, y float64) (float64, float64) {
	sin, cos := l.sincos()
	x -= float64(seen.Dx()) / 2
	y -= float64(seen.Dy()) / 2
	return (x*cos+y*sin)/l.across + float64(sharp.Dx())/2, (y*cos-x*sin)/l.down + float64(sharp.Dy())/2
}

func (l look) sincos() (sin, cos float64) { return math.Sincos(l.turned * math.Pi / 180) }
