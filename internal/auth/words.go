package auth

import (
	"net/url"
	"strings"
	"time"
	"unicode"
)

// maxWords bounds foreign text in an error, in characters.
const maxWords = 300

// minMasked is the shortest secret that is looked for in foreign text: anything
// shorter would blacken ordinary words.
const minMasked = 6

// words makes foreign text fit for an error: one line, printable, bounded, and
// without the secrets that were part of the question. Zoom has repeated the
// authorization code in its answer ("Invalid authorization code <code>").
func words(text string, secrets ...Secret) string {
	for _, s := range secrets {
		if len(s) < minMasked {
			continue
		}
		text = strings.ReplaceAll(text, s.Reveal(), redacted)
		text = strings.ReplaceAll(text, url.QueryEscape(s.Reveal()), redacted)
	}
	if len(text) > 8*maxWords {
		text = text[:8*maxWords]
	}
	text = strings.ToValidUTF8(text, "")
	fields := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
	for i, f := range fields {
		if strings.Contains(f, "eyJ") { // the start of every JWT, so of every token of Zoom's
			fields[i] = redacted
		}
	}
	runes := []rune(strings.Join(fields, " "))
	if len(runes) > maxWords {
		runes = append(runes[:maxWords-1], '…')
	}
	return string(runes)
}

// when writes a moment in a sentence, by this machine's time zone.
func when(t time.Time) string { return "at " + clockTime(t) }

// clockTime writes a moment for a person, by this machine's time zone.
func clockTime(t time.Time) string { return t.Local().Format("2006-01-02 15:04 MST") }
