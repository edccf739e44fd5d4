package jq

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/itchyny/gojq"
)

// SyntaxError is an expression that cannot be understood.
type SyntaxError struct {
	Expr   string
	At     int    // the character of Expr that is wrong, from 1; one past the last: something is missing there; 0: not known
	Reason string // a clause: "]" is not expected here
}

// Error gives one clause with the place: at character 3, "]" is not expected here.
func (e *SyntaxError) Error() string {
	if e.At == 0 {
		return e.Reason
	}
	return fmt.Sprintf("at character %d, %s", e.At, e.Reason)
}

// syntaxError finds the place, and puts the words of the parser into ours.
func syntaxError(expr string, err error) *SyntaxError {
	e := &SyntaxError{Expr: expr, Reason: strings.TrimSpace(err.Error())}
	if wrong, ok := errors.AsType[*gojq.ParseError](err); ok {
		e.At = placeOf(expr, wrong)
	}
	kind, detail, _ := strings.Cut(e.Reason, ": ")
	switch {
	case e.Reason == "unexpected EOF":
		e.Reason = "the expression ends too early"
	case e.Reason == "unterminated string literal":
		e.Reason = "the quote is not closed"
	case strings.HasPrefix(e.Reason, "missing query"):
		e.Reason = `the expression is empty; "." is the whole answer`
	case strings.HasPrefix(e.Reason, "unexpected token "):
		e.Reason = strings.TrimPrefix(e.Reason, "unexpected token ") + " is not expected here"
	case kind == "function not defined", kind == "variable not defined":
		e.Reason = "there is no " + strings.TrimSuffix(kind, " not defined") + " " + detail
		name, _, _ := strings.Cut(detail, "/")
		if at := strings.Index(expr, name); at >= 0 && strings.Count(expr, name) == 1 {
			e.At = utf8.RuneCountInString(expr[:at]) + 1
		}
	case kind == "cannot load module":
		e.Reason = "there are no modules, so not " + detail + " either"
	}
	return e
}

// placeOf is the character of the expression that the parser stopped at: it tells
// how many bytes it had read by then, the unexpected token included.
func placeOf(expr string, wrong *gojq.ParseError) int {
	read := utf8.RuneCountInString(expr[:min(max(wrong.Offset, 0), len(expr))])
	return max(1, read+1-utf8.RuneCountInString(wrong.Token))
}
