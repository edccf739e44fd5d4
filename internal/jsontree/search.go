package jsontree

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
)

const (
	// MaxHits is how many hits a search finds at most.
	MaxHits = 1 << 20
	// searchStep is how many bytes are searched before the context is looked at.
	searchStep = 256 << 10
)

// Search looks for a text in the names and the scalars of a document. It is meant
// to be run in steps beside the screen; it is not safe for concurrent use.
type Search struct {
	doc      *Doc
	text     string    // in lower case
	patterns [][]byte  // in lower case
	first    [256]bool // bytes that a pattern may begin with
	at       int       // searched so far
	last     int       // the last hit; -1: none yet
	hits     int
	near     int // a value at or before the place that was looked at last
}

// Found is what a step of a search brought.
type Found struct {
	Hits []uint32 // the values found, in the order of the document; in an object also by their names
	Part float64  // of the document, searched so far: 0 to 1
	Done bool     // the whole document was searched, or MaxHits were found
}

// NewSearch looks for a text, ASCII letters of either case. The text is one as a
// person reads it: it also finds a slash and a character that stand in the document
// as escapes.
func NewSearch(doc *Doc, text string) *Search {
	s := &Search{doc: doc, text: strings.Map(lower, text), last: -1, near: doc.root}
	for _, pattern := range written(text) {
		pattern = strings.Map(lower, pattern)
		if pattern == "" || slices.ContainsFunc(s.patterns, func(p []byte) bool { return string(p) == pattern }) {
			continue
		}
		s.patterns = append(s.patterns, []byte(pattern))
		s.first[pattern[0]] = true
		if pattern[0] >= 'a' && pattern[0] <= 'z' {
			s.first[pattern[0]-0x20] = true
		}
	}
	return s
}

// written is how a text may stand in JSON.
func written(text string) []string {
	quoted, err := json.Marshal(text)
	if err != nil {
		return nil
	}
	// Marshal also escapes what need not be, for HTML's sake.
	plain := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\u2028`, "\u2028", `\u2029`, "\u2029").Replace(string(quoted[1 : len(quoted)-1]))
	var ascii strings.Builder
	for _, r := range plain {
		switch {
		case r < 0x80:
			ascii.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&ascii, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&ascii, `\u%04x`, r)
		}
	}
	slashed := strings.NewReplacer("/", `\/`)
	return []string{plain, slashed.Replace(plain), ascii.String(), slashed.Replace(ascii.String())}
}

func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 0x20
	}
	return r
}

// Next searches on, about so many bytes far. It ends early with the context's error.
func (s *Search) Next(ctx context.Context, size int) (Found, error) {
	var out Found
	text := s.doc.text
	for stop := min(s.at+size, len(text)); s.at < stop && s.hits < MaxHits && len(s.patterns) > 0; {
		if err := ctx.Err(); err != nil {
			return out, fmt.Errorf("search: %w", err)
		}
		out.Hits = s.step(min(s.at+searchStep, stop), out.Hits)
	}
	out.Done = s.at >= len(text) || s.hits >= MaxHits || len(s.patterns) == 0
	if out.Part = 1; !out.Done {
		out.Part = float64(s.at) / float64(len(text))
	}
	return out, nil
}

// step searches up to a place and adds the values found.
func (s *Search) step(stop int, hits []uint32) []uint32 {
	text := s.doc.text
	for s.at < stop && s.hits < MaxHits {
		if !s.first[text[s.at]] || !s.matches(text[s.at:]) {
			s.at++
			continue
		}
		at, token, next := s.around(s.at)
		if token.to == 0 { // between names and values
			s.at = next
			continue
		}
		if s.at = token.to; at != s.last && s.holds(text[token.from:token.to]) {
			s.last = at
			s.hits++
			hits = append(hits, uint32(at))
		}
	}
	return hits
}

// matches tells whether a text begins with one of the patterns.
func (s *Search) matches(text []byte) bool {
	for _, pattern := range s.patterns {
		if hasFold(text, pattern) {
			return true
		}
	}
	return false
}

// hasFold tells whether s begins with a pattern in lower case.
func hasFold(s, pattern []byte) bool {
	if len(s) < len(pattern) {
		return false
	}
	for i, p := range pattern {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 0x20
		}
		if c != p {
			return false
		}
	}
	return true
}

// around finds the name or the scalar that a match begins in, and the value that
// it belongs to. token.to is 0 when it begins in neither; then the next that may
// hold one begins at next.
func (s *Search) around(match int) (at int, token span, next int) {
	d := s.doc
	if match-s.near > bigBox { // it is cheaper to look a value up than to walk there
		n := sort.Search(len(d.every), func(i int) bool { return int(d.every[i]) > match })
		s.near = max(s.near, int(d.every[max(n, 1)-1]))
	}
	for {
		end := d.ownEnd(s.near)
		if match < end {
			return s.near, d.inside(span{s.near, end}, match), match + 1
		}
		c, ok := d.following(end)
		switch {
		case !ok:
			return 0, span{}, len(d.text)
		case match < c.begin():
			return 0, span{}, c.begin()
		case match < c.at:
			token = d.inside(c.key, match)
			if next = match + 1; match >= c.key.to {
				next = c.at
			}
			return c.at, token, next
		}
		s.near = c.at
	}
}

// inside is the text of a token, without quotes; 0, 0 when a place is not in it.
func (d *Doc) inside(token span, place int) span {
	switch d.text[token.from] {
	case '{', '[':
		return span{}
	case '"':
		token.from++
		token.to--
	}
	if place < token.from || place >= token.to {
		return span{}
	}
	return token
}

// longToken is from which length on a match is not looked at closer.
const longToken = 1 << 20

// holds tells whether a token in which a pattern was seen holds the text in
// truth: an n is no letter in \n.
func (s *Search) holds(token []byte) bool {
	if bytes.IndexByte(token, '\\') < 0 || len(token) > longToken {
		return true
	}
	var plain string
	if json.Unmarshal(slices.Concat([]byte{'"'}, token, []byte{'"'}), &plain) != nil {
		return true
	}
	return strings.Contains(strings.Map(lower, plain), s.text)
}
