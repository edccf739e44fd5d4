package requests

import (
	"slices"
	"strings"

	"zoomtui/internal/explain"
)

// redacted stands in what is kept for a value that is not.
const redacted = "[redacted]"

// placeholder stands for it where a person has to fill it in: the brackets would
// mean something to curl and to the shell.
const placeholder = "REDACTED"

// Curl is a call as a line for a POSIX shell. The access token is fetched by
// tokenCommand when the line is run. hidden says that values are missing.
func Curl(x Exchange, tokenCommand string) (line string, hidden bool) {
	words := []string{"curl"}
	switch {
	case x.Method == "HEAD":
		words = append(words, "--head")
	case x.Method != "GET" || len(x.RequestBody) > 0:
		words = append(words, "-X", explain.ShellWord(x.Method))
	}
	fill := func(text string) string {
		if strings.Contains(text, redacted) || strings.Contains(text, "%5Bredacted%5D") {
			hidden = true
			text = strings.NewReplacer(redacted, placeholder, "%5Bredacted%5D", placeholder).Replace(text)
		}
		return text
	}
	address := x.URL
	if address == "" {
		address = "https://" + x.Host + x.Path
	}
	address = fill(address)
	if strings.ContainsAny(address, "[]{}") {
		words = append(words, "--globoff")
	}
	words = append(words, explain.ShellWord(address))
	switch {
	case x.OtherToken: // not ours in its place: the answer would be another
		words, hidden = append(words, "-H", explain.ShellWord("Authorization: Bearer "+placeholder)), true
	case x.Step != "":
		words, hidden = append(words, "-H", explain.ShellWord("Authorization: "+placeholder)), true
	default:
		words = append(words, "-H", `"Authorization: Bearer $(`+tokenCommand+`)"`)
	}
	for _, f := range x.RequestHeader {
		if f.Name == "Content-Type" || f.Name == "Accept" {
			words = append(words, "-H", explain.ShellWord(f.Name+": "+f.Value))
		}
	}
	switch {
	case len(x.RequestBody) > 0:
		words = append(words, "--data-raw", explain.ShellWord(fill(string(x.RequestBody)))) // --data would read a file named behind an @
	case x.sentBody():
		words, hidden = append(words, "--data-raw", placeholder), true
	}
	return strings.Join(words, " "), hidden
}

// sentBody tells a call whose body is not kept from one that had none.
func (x Exchange) sentBody() bool {
	return slices.ContainsFunc(x.RequestHeader, func(f Field) bool { return f.Name == "Content-Type" })
}
