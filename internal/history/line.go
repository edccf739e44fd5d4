package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of one line. A line that is written fits into maxLine whatever the
// entry; a longer one in the file was not written by this program.
const (
	maxLine   = 32 << 10 // bytes, with its end
	maxWords  = 512      // bytes of a text
	maxScopes = 96       // of each list, and
	maxScope  = 40       // bytes of a scope: both only where all of them do not fit
)

// encode makes the line of an entry.
func encode(e Entry) ([]byte, error) {
	e.At, e.CutOff = e.At.UTC(), e.CutOff.UTC()
	for _, text := range []*string{&e.Action, &e.Command, &e.Result, &e.Cause, &e.Tried, &e.OldFingerprint, &e.NewFingerprint, &e.AccessFingerprint, &e.ScopesUnnamed} {
		*text = short(*text, maxWords)
	}
	line, err := marshal(e)
	if err == nil && len(line) > maxLine {
		e.ScopesAdded, e.ScopesRemoved = shortList(e.ScopesAdded), shortList(e.ScopesRemoved)
		line, err = marshal(e)
	}
	return line, err
}

func marshal(e Entry) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return nil, fmt.Errorf("encode history entry: %w", err)
	}
	return b.Bytes(), nil
}

// short cuts a text to so many bytes, between characters. What JSON would write
// as six bytes is left out, so that the length of a line can be told beforehand.
func short(text string, limit int) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}

// shortList is as much of a list as fits into a line for certain.
func shortList(list []string) []string {
	out := make([]string, 0, min(len(list), maxScopes))
	for _, scope := range list[:min(len(list), maxScopes)] {
		out = append(out, short(scope, maxScope))
	}
	return out
}

// decode reads a line; false for what is none.
func decode(line []byte) (Entry, bool) {
	var e Entry
	if len(line) == 0 || len(line) > maxLine || json.Unmarshal(line, &e) != nil {
		return Entry{}, false
	}
	return e, !e.At.IsZero() && e.Action != ""
}
