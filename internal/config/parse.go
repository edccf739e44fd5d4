package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"zoomtui/internal/auth"
)

// document is config.toml.
type document struct {
	DefaultProfile string           `toml:"default_profile"`
	Store          string           `toml:"store"`  // of the profiles that say nothing
	Notify         bool             `toml:"notify"` // see [Config.Notify]
	Profiles       map[string]Entry `toml:"profiles"`
}

// equal tells whether two documents say the same.
func (d document) equal(other document) bool {
	return d.DefaultProfile == other.DefaultProfile && d.Store == other.Store && d.Notify == other.Notify &&
		maps.Equal(d.Profiles, other.Profiles)
}

func topKeys() []string { return []string{"default_profile", "store", "notify", "profiles"} }

// parse reads the text of a config.toml; path is for messages.
func parse(path, text string) (document, error) {
	var doc document
	meta, err := toml.Decode(text, &doc)
	if err != nil {
		return document{}, syntaxError(path, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return document{}, unknownKey(path, unknown[0])
	}
	if wrong := wrongStore(doc.Store); wrong != "" {
		return document{}, &Error{What: path + ": store: " + wrong, Path: path}
	}
	for name := range doc.Profiles {
		if err := auth.CheckProfile(name); err != nil {
			return document{}, &Error{What: path + ": " + nameRule(name), Path: path, Err: err}
		}
	}
	return doc, nil
}

// unknownKey names the key that is not one and the nearest that is.
func unknownKey(path string, key toml.Key) error {
	known, last := topKeys(), len(key)-1
	if len(key) > 1 && key[0] == "profiles" {
		known, last = profileKeys(), min(2, last)
	}
	if len(key) > 1 && key[0] != "profiles" {
		last = 0
	}
	hint := meantKey(key[last], known)
	// A key of a profile that stands above the first [profiles.NAME] is the
	// likeliest slip of all.
	if len(key) == 1 && slices.Contains(profileKeys(), key[0]) {
		hint = "; did you mean profiles." + DefaultProfile + "." + key[0] + "?"
	}
	// And the other way round: below [profiles.NAME], what is for all of them.
	if len(key) > 2 && key[2] != "profiles" && slices.Contains(topKeys(), key[2]) {
		hint = "; did you mean " + key[2] + ", above the first [profiles.NAME]?"
	}
	return &Error{
		What: fmt.Sprintf("%s: unknown key %s%s", path, key, hint),
		Path: path,
	}
}

// syntaxError says where the file is no TOML or a value has the wrong type. The
// parser quotes what it stumbled over, which may be an unquoted client secret:
// anything quoted and longer than a character or two is left out.
func syntaxError(path string, err error) error {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return &Error{What: path + ", " + wrongType(strings.TrimPrefix(err.Error(), "toml: ")), Path: path}
	}
	what := fmt.Sprintf("%s, line %d: %s", path, pe.Position.Line, withoutQuotations(pe.Message))
	if strings.Contains(pe.Message, "expected value") {
		what += "; a text stands in double quotes"
	}
	return &Error{What: what, Path: path}
}

// wrongType makes the parser's words about a value of another type shorter; it
// says line and key, and never the value.
func wrongType(message string) string {
	where, _, found := strings.Cut(message, ": incompatible types")
	if !found {
		return withoutQuotations(message)
	}
	if strings.HasSuffix(where, `"notify")`) {
		return where + ": the value has the wrong type; write true or false, without quotes"
	}
	return where + ": the value has the wrong type; a text stands in double quotes"
}

// withoutQuotations replaces what stands between quotation marks, except the
// name of a key that is defined twice.
func withoutQuotations(message string) string {
	if strings.HasPrefix(message, "Key '") {
		return message
	}
	var out strings.Builder
	for message != "" {
		start := strings.IndexAny(message, "\"'`")
		if start < 0 {
			break
		}
		end := strings.LastIndexByte(message, message[start])
		if end-start <= 3 { // one or two characters, or a lone mark
			end = start
			out.WriteString(message[:end+1])
		} else {
			out.WriteString(message[:start] + "…")
		}
		message = message[end+1:]
	}
	return out.String() + message
}
