package agenda

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Fields are the names that a [Template] may hold in braces.
func Fields() []string { return []string{"in", "start", "title", "join_url", "minutes"} }

// Template is a line of one's own: text with names of [Fields] in braces. "{{" and "}}" are the braces themselves.
type Template struct{ parts []part }

// part is text, or the name of a field.
type part struct {
	text  string
	field bool
}

// UnknownField is the error for a name in braces that is none of [Fields].
type UnknownField struct{ Name string }

func (e *UnknownField) Error() string { return fmt.Sprintf("there is no field {%s}", e.Name) }

// errBrace is the error for a brace that opens or closes nothing.
type errBrace rune

func (e errBrace) Error() string {
	return fmt.Sprintf("a %c stands alone; write %[1]c%[1]c for the character itself", e)
}

// ParseTemplate reads a template. The error is an [*UnknownField], or says which brace stands alone.
func ParseTemplate(text string) (Template, error) {
	var t Template
	for text != "" {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			break
		}
		t.add(text[:i], false)
		brace, rest := text[i], text[i+1:]
		end := strings.IndexAny(rest, "{}")
		switch {
		case rest != "" && rest[0] == brace:
			t.add(string(brace), false)
			text = rest[1:]
			continue
		case brace == '}' || end < 0 || rest[end] == '{':
			return Template{}, errBrace(brace)
		}
		name := rest[:end]
		if !isField(name) {
			return Template{}, &UnknownField{name}
		}
		t.add(name, true)
		text = rest[end+1:]
	}
	t.add(text, false)
	return t, nil
}

func isField(name string) bool { return slices.Contains(Fields(), name) }

func (t *Template) add(text string, field bool) {
	if text != "" {
		t.parts = append(t.parts, part{text, field})
	}
}

// Expand fills the template with a line; "" without a meeting.
func (t Template) Expand(l Line) string {
	if l.Meeting == nil {
		return ""
	}
	var b strings.Builder
	for _, p := range t.parts {
		if !p.field {
			b.WriteString(p.text)
			continue
		}
		switch p.text {
		case "in":
			b.WriteString(l.In())
		case "start":
			b.WriteString(l.Start())
		case "title":
			b.WriteString(l.Title)
		case "join_url":
			b.WriteString(l.JoinURL)
		case "minutes":
			b.WriteString(strconv.Itoa(Minutes(l.Meeting.Start.Sub(l.Viewer.Now))))
		}
	}
	return b.String()
}
