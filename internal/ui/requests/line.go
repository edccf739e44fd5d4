package requests

import (
	"errors"
	"net/url"
	"strings"

	"zoomtui/internal/jq"
	"zoomtui/internal/params"
)

// draft is a line of the console that is understood.
type draft struct {
	method   string
	address  string // scheme and host, where they were written and are not yet checked
	path     string // with the query; may hold {parameters}
	fields   []params.Field
	body     []byte // made of the fields; nil: there are none, or they are in the query
	filter   *lineFilter
	template string // the path as it was before its parameters were filled in
}

// readLine understands "METHOD PATH [FIELDS] [--jq EXPRESSION]". wrong says in a sentence
// why it cannot be sent; empty: it can.
func readLine(text string) (d draft, wrong string) {
	call, expr, filtered := cutFilter(text)
	if d, wrong = readCall(call); wrong != "" || !filtered {
		return d, wrong
	}
	switch {
	case expr == "":
		return d, "The expression behind --jq is missing, as in --jq .meetings[0].topic"
	case expr[0] == '\'' && strings.Count(expr, "'") == 1: // to jq it would be an odd character
		return d, "The quote before the expression is not closed: end it with ', or leave both out."
	}
	program, err := jq.Compile(expr, nil)
	if err != nil {
		return d, "This is no expression of jq: " + err.Error() + "."
	}
	d.filter = &lineFilter{text: expr, program: program}
	return d, ""
}

// readCall understands "METHOD PATH [-f KEY=VALUE] [-F KEY=VALUE]".
func readCall(call string) (d draft, wrong string) {
	words, fields, wrong := cutFields(params.Words(call))
	switch {
	case wrong != "":
		return d, wrong
	case len(words) == 0:
		return d, "Write a method and a path, such as GET /users/me."
	}
	d.method = "GET"
	if len(fields) > 0 {
		d.method = "POST" // as with zoomtui api
	}
	if params.IsMethod(words[0]) {
		d.method, words = strings.ToUpper(words[0]), words[1:]
	} else if !strings.Contains(words[0], "/") {
		return d, noMethod(words)
	}
	switch {
	case len(words) == 0:
		return d, "The path is missing, as in " + d.method + " /users/me."
	case len(words) > 1:
		return d, noWord(words)
	}
	target, err := params.ReadTarget(words[0])
	if told, ok := errors.AsType[*params.TargetError](err); ok {
		return d, told.What + " " + told.Why
	}
	d.address, d.path, d.fields = target.Address, target.String(), fields
	d.template = d.path
	return d, d.putFields()
}

// noWord says why a word cannot follow the path.
func noWord(words []string) string {
	if strings.Contains(words[1], "=") && !strings.Contains(words[0], "?") {
		return "A query follows the path at once, as in " + words[0] + "?" + words[1]
	}
	return "Nothing can follow the path but -f KEY=VALUE, -F KEY=VALUE and --jq EXPRESSION. A blank inside of a path is written %20."
}

// noMethod says why words are no call.
func noMethod(words []string) string {
	if len(words) > 1 && strings.Contains(words[1], "/") {
		return "“" + words[0] + "” is not a method of Zoom's API: before the path stands one of " + strings.Join(params.Methods(), ", ") + "."
	}
	return "“" + words[0] + "” is neither a method nor a path: begin as in GET /users/me, or with words that tab completes."
}

// lineFault is what hinders a line that is still being typed; empty: nothing, or
// nothing yet. Where operations are offered, words are there to be completed, and
// an expression may be half written.
func lineFault(text string, offered bool) string {
	if isCommand(text) {
		return "enter takes method and path of this command, and keeps nothing else of it."
	}
	if !offered {
		_, wrong := readLine(text)
		return wrong
	}
	call, _, _ := cutFilter(text)
	if !strings.Contains(call, "/") {
		return ""
	}
	_, wrong := readCall(call)
	return wrong
}

// cutFilter parts the line before --jq from the expression behind it, of which
// quotes around the whole are taken off.
func cutFilter(text string) (call, expr string, found bool) {
	padded := " " + strings.NewReplacer("\t", " ", "\n", " ").Replace(text) + " "
	call, expr, found = strings.Cut(padded, " --jq ")
	if !found {
		call, expr, found = strings.Cut(padded, " --jq=")
	}
	expr = strings.TrimSpace(expr)
	if n := len(expr); n >= 2 && (expr[0] == '\'' || expr[0] == '"') && expr[n-1] == expr[0] && !strings.ContainsRune(expr[1:n-1], rune(expr[0])) {
		expr = expr[1 : n-1]
	}
	return strings.TrimSpace(call), expr, found
}

// fillIn puts a value in the place of a parameter. A value that begins with a
// slash or holds two (some UUIDs of meetings do) has to be escaped twice.
// Source: https://developers.zoom.us/docs/api/using-zoom-apis/#meeting-id-and-uuid
func fillIn(path, name, value string) string {
	escaped := strings.ReplaceAll(url.PathEscape(value), "+", "%2B")
	if strings.HasPrefix(value, "/") || strings.Contains(value, "//") {
		escaped = url.PathEscape(escaped)
	}
	return strings.ReplaceAll(path, "{"+name+"}", escaped)
}

// words is the draft as a line.
func (d draft) words() string {
	line := d.method + " " + d.path
	if d.body != nil {
		line += fieldWords(d.fields)
	}
	if d.filter != nil {
		line += " --jq " + d.filter.text
	}
	return line
}
