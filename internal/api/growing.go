package api

const (
	firstRoom  = 1 << 10 // bytes that a text has room for at first
	roomFactor = 4       // by how much its room grows
)

// growing is a text that grows up to about a limit. Room that is not used costs
// address space only, so it grows in few large steps: there is never a second copy
// of a large text, and little to collect behind it.
type growing struct {
	text  []byte
	limit int // bytes; more may be written, but in smaller steps
}

func (g *growing) write(p []byte) {
	if need := len(g.text) + len(p); need > cap(g.text) {
		room := max(firstRoom, roomFactor*cap(g.text))
		if g.limit >= need {
			room = min(room, g.limit)
		}
		text := make([]byte, len(g.text), max(room, need))
		copy(text, g.text)
		g.text = text
	}
	g.text = append(g.text, p...)
}

// take gives the text and empties g; nil when there is none. It is copied only
// when most of its room would be wasted.
func (g *growing) take() []byte {
	text := g.text
	g.text = nil
	switch {
	case len(text) == 0:
		return nil
	case len(text) > cap(text)/2:
		return text
	}
	return append(make([]byte, 0, len(text)), text...)
}
