package bounce

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"slices"
	"strings"
	"sync"
)

// source is the page without what is computed.
//
//go:embed bounce.html
var source string

// Page is the page, ready for any static host: one HTML file that loads nothing.
// Its Content Security Policy admits the page's own script and style by their
// hashes (https://www.w3.org/TR/CSP3/#match-element-to-source-list). The caller
// may change the bytes.
func Page() []byte { return slices.Clone(page()) }

var page = sync.OnceValue(func() []byte {
	text := strings.ReplaceAll(source, "{{path}}", Path)
	return []byte(strings.NewReplacer(
		"{{script}}", hash(between(text, "<script>", "</script>")),
		"{{style}}", hash(between(text, "<style>", "</style>")),
	).Replace(text))
})

// between is the text that a browser hashes: all between the two tags.
func between(text, open, end string) string {
	_, rest, _ := strings.Cut(text, open)
	inside, _, _ := strings.Cut(rest, end)
	return inside
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
