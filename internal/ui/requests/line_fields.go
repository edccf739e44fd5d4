package requests

import (
	"errors"
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/params"
	"zoomtui/internal/ui/kit"
)

// cutFields takes the fields out of the words of a line, in their order.
func cutFields(words []string) (rest []string, fields []params.Field, wrong string) {
	for len(words) > 0 {
		flag, value, typed, ok := fieldFlag(words[0])
		if !ok {
			if strings.HasPrefix(words[0], "-") {
				return nil, nil, noFlag(words[0])
			}
			rest, words = append(rest, words[0]), words[1:]
			continue
		}
		words = words[1:]
		if value == "" {
			if len(words) == 0 {
				return nil, nil, "A field follows " + flag + ", as in " + flag + " topic=Review."
			}
			value, words = words[0], words[1:]
		}
		fields = append(fields, params.Field{Text: value, Typed: typed})
	}
	return rest, fields, ""
}

// fieldFlag reads a flag of zoomtui api, with its value where that stands in the same
// word.
func fieldFlag(word string) (flag, value string, typed, ok bool) {
	for _, f := range []struct {
		name  string
		typed bool
	}{{"--raw-field", false}, {"--field", true}} {
		if rest, found := strings.CutPrefix(word, f.name); found && (rest == "" || rest[0] == '=') {
			return f.name, strings.TrimPrefix(rest, "="), f.typed, true
		}
	}
	if strings.HasPrefix(word, "-f") || strings.HasPrefix(word, "-F") {
		return word[:2], strings.TrimPrefix(word[2:], "="), word[1] == 'F', true
	}
	return "", "", false, false
}

// noFlag says why a flag is of no use here.
func noFlag(flag string) string {
	if strings.HasPrefix(flag, "-H") || strings.HasPrefix(flag, "--header") {
		return "A header cannot be given here: zoomtui api -H sends one."
	}
	return "There is no " + flag + " here: what can follow the path is -f KEY=VALUE, -F KEY=VALUE and --jq EXPRESSION."
}

// errNoFile is why a value cannot come from a file.
var errNoFile = errors.New("only zoomtui api reads files")

// putFields puts the fields where they belong: into the query, or the body. wrong is
// a sentence; empty: that went well.
func (d *draft) putFields() (wrong string) {
	if len(d.fields) == 0 {
		return ""
	}
	read := func(string) (string, error) { return "", errNoFile }
	var err error
	if params.InQuery(d.method) {
		var query string
		query, err = params.Query(d.fields, read)
		d.path = params.WithQuery(d.path, query)
	} else {
		d.body, err = params.Object(d.fields, read)
	}
	if told, ok := errors.AsType[*params.Error](err); ok {
		return "The field “" + told.Key + "” " + strings.TrimSuffix(told.Reason, ".") + "."
	}
	if err != nil {
		return "The fields cannot be used: " + kit.CleanText(err.Error()) + "."
	}
	return ""
}

// fieldWords are fields as they stand in a line.
func fieldWords(fields []params.Field) string {
	var b strings.Builder
	for _, f := range fields {
		flag := " -f "
		if f.Typed {
			flag = " -F "
		}
		b.WriteString(flag + explain.ShellWord(f.Text))
	}
	return b.String()
}
