package har

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"
)

// piece is how many bytes of a body are written at once.
const piece = 64 << 10

// writer writes JSON piece by piece; the first error stops it.
type writer struct {
	w   io.Writer
	err error
}

func (out *writer) bytes(p []byte) {
	if out.err == nil {
		_, out.err = out.w.Write(p)
	}
}

func (out *writer) text(s string) { out.bytes([]byte(s)) }

// open writes an object without its closing bracket.
func (out *writer) open(object any) {
	p, err := json.Marshal(object)
	if err != nil {
		out.err = err
		return
	}
	out.bytes(p[:len(p)-1])
}

// body adds a body as the text of the object that is open; none is left out.
func (out *writer) body(body []byte) {
	if len(body) == 0 {
		return
	}
	var buffer bytes.Buffer // for all pieces: a new one for each would be as much as the body
	encoder := json.NewEncoder(&buffer)
	out.text(`,"text":"`)
	for len(body) > 0 && out.err == nil {
		n := min(piece, len(body))
		for back := 1; back < utf8.UTFMax && n < len(body) && !utf8.RuneStart(body[n]); back++ {
			n-- // a character is not written in two parts
		}
		buffer.Reset()
		if out.err = encoder.Encode(string(body[:n])); out.err == nil {
			out.bytes(buffer.Bytes()[1 : buffer.Len()-2])
		}
		body = body[n:]
	}
	out.text(`"`)
}
