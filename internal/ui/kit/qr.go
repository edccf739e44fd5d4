package kit

import (
	"fmt"

	"zoomtui/internal/qr"
)

// QRContext is what the terminal can show of a QR code.
type QRContext struct {
	Known   []qr.Glyphs // glyph sets the terminal is known to draw
	NoColor bool
	Dark    bool
}

// QR is a link as a QR code. It is made once, when the link is known: encoding
// is far too slow for every frame.
type QR struct {
	code qr.Code
	ok   bool
}

// NewQR encodes a link.
func NewQR(link string) QR {
	code, err := qr.Encode(link)
	return QR{code: code, ok: err == nil}
}

// Draw draws the code so that it fits into w×h cells. When it does not, lines
// is nil and needs says in words how much room it takes.
func (q QR) Draw(c QRContext, w, h int) (lines []string, needs string) {
	if !q.ok {
		return nil, "more modules than a QR code has"
	}
	glyphs, fits := qr.Choose(q.code, c.Known, w, h)
	if !fits {
		cols, rows := qr.Needs(q.code, glyphs)
		return nil, fmt.Sprintf("%d×%d cells", cols, rows)
	}
	return q.render(glyphs, c), ""
}

// Fits says whether the code fits into w×h cells.
func (q QR) Fits(c QRContext, w, h int) bool {
	if !q.ok {
		return false
	}
	_, fits := qr.Choose(q.code, c.Known, w, h)
	return fits
}

// DrawWith draws the code with a certain glyph set, known to the terminal or
// not, because the person asked for it; nil when it does not fit.
func (q QR) DrawWith(glyphs qr.Glyphs, c QRContext, w, h int) []string {
	if cols, rows := qr.Needs(q.code, glyphs); !q.ok || cols > w || rows > h {
		return nil
	}
	return q.render(glyphs, c)
}

func (q QR) render(glyphs qr.Glyphs, c QRContext) []string {
	return qr.Render(q.code, glyphs, qr.Options{NoColor: c.NoColor, DarkBackground: c.Dark})
}
