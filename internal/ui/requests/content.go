package requests

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/jsontree"
	"zoomtui/internal/ui/jsonview"
	"zoomtui/internal/ui/kit"
)

// content is a body made ready to be drawn: a tree, or lines of text.
type content struct {
	view  *jsonview.Model // nil: it is no JSON
	lines []string        // then it is text, tamed
	note  string          // why it is not all, or not there
	pager kit.Pager

	results int // of a filter, that it consists of; 0: it is no filter's

	broken []string // lines, as they are broken for a width
	width  int
}

// shownText is how much of a text that is no JSON is drawn, in bytes; lines that
// are longer than lineBytes are broken there.
const (
	shownText = 256 << 10
	lineBytes = 4 << 10
)

// newContent reads a body. It is slow for a large one.
func newContent(body []byte, note string) *content {
	out := &content{note: note}
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) == 0 {
		if out.note == "" {
			out.note = "No body."
		}
		return out
	}
	if doc, err := jsontree.Parse(body); err == nil {
		out.view = jsonview.New(doc)
		return out
	}
	if !utf8.Valid(body[:min(len(body), lineBytes)]) && bytes.IndexByte(body[:min(len(body), lineBytes)], 0) >= 0 {
		out.note = "This is no text: " + size(int64(len(body))) + "."
		return out
	}
	out.lines = textLines(body)
	if left := len(body) - shownText; left > 0 {
		out.note = strings.TrimSpace(note + " The last " + size(int64(left)) + " are not shown; the export has them.")
	}
	return out
}

// textLines tames the begin of a text.
func textLines(body []byte) []string {
	text := strings.ToValidUTF8(string(body[:min(len(body), shownText)]), "")
	var out []string
	for line := range strings.SplitSeq(strings.TrimRight(text, "\r\n"), "\n") {
		for len(line) > lineBytes {
			cut := lineBytes
			for cut > 0 && !utf8.RuneStart(line[cut]) {
				cut--
			}
			out = append(out, kit.CleanText(line[:cut]))
			line = line[cut:]
		}
		out = append(out, kit.CleanText(line))
	}
	return out
}

func (b *content) typing() bool { return b.view != nil && b.view.Typing() }

// key gives a key to the body; it says whether it meant something there.
func (b *content) key(msg tea.KeyPressMsg, c kit.Context) (tea.Cmd, bool) {
	if b.view != nil {
		return b.view.Update(msg, c)
	}
	return nil, b.pager.Key(msg, c.Keys)
}

// draw draws the body in at most h lines.
func (b *content) draw(c kit.Context, w, h int) kit.Frame {
	var notes []string
	if b.note != "" {
		notes = kit.IndentedDim(c.Styles, kit.CleanText(b.note), 1, w)
		notes = notes[:min(len(notes), max(h, 0))]
	}
	var f kit.Frame
	switch room := h - len(notes); {
	case room <= 0:
	case b.view != nil:
		f = b.view.View(c, w, room)
	case len(b.lines) > 0:
		if b.width != w {
			b.broken, b.width = brokenLines(b.lines, w), w
		}
		f.Lines = b.pager.View(c, b.broken, room)
	}
	if f.Cursor != nil {
		f.Cursor.Y += len(notes)
	}
	f.Lines = append(notes, f.Lines...)
	return f
}

// brokenLines are lines as they stand in w cells.
func brokenLines(lines []string, w int) []string {
	var out []string
	for _, l := range lines {
		for _, part := range kit.Chop(l, max(w-2, 1)) {
			out = append(out, " "+part)
		}
	}
	return out
}

// bigness is the size of a body for its heading.
func bigness(n int64) string {
	if n == 0 {
		return ""
	}
	return " · " + size(n)
}

// lineOf is where in a text a byte stands, counted from 1.
func lineOf(text []byte, offset int) string {
	before := text[:min(max(offset, 0), len(text))]
	line := bytes.Count(before, []byte{'\n'}) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return "line " + strconv.Itoa(line) + ", character " + strconv.Itoa(max(column, 1))
}
