package api

import "bytes"

// veil collects a text that comes in pieces and hides its secrets on the way:
// JSON by its structure, so that it stays JSON, and everything else as
// [hideSecrets] does.
type veil struct {
	out  growing
	json *jsonVeil
	text *textVeil
}

// newVeil makes a veil for a text of which at most limit bytes are wanted.
func newVeil(limit int64) *veil { return &veil{out: growing{limit: int(limit) + growStep}} }

// empty says whether nothing has come but blanks.
func (v *veil) empty() bool { return v.json == nil && v.text == nil }

// size is the number of bytes that have been decided about.
func (v *veil) size() int64 { return int64(len(v.out.text)) }

func (v *veil) write(p []byte) {
	if v.empty() {
		start := bytes.TrimLeft(p, "\xef\xbb\xbf \t\r\n")
		v.out.write(p[:len(p)-len(start)])
		switch p = start; {
		case len(p) == 0:
			return
		case p[0] == '{', p[0] == '[', p[0] == '"':
			v.json = newJSONVeil(&v.out)
		default:
			v.text = &textVeil{out: &v.out}
		}
	}
	if v.text != nil {
		v.text.write(p)
		return
	}
	v.json.write(p)
}

// close gives the whole text in one piece.
func (v *veil) close() []byte {
	if v.text != nil {
		v.text.close()
	}
	if v.json != nil {
		v.json.close()
	}
	return v.out.take()
}
