// Package params reads a call as people write it on a line: its method, its path, and
// its parameters as fields in the syntax of `gh api`: key=value, key[sub]=value,
// key[]=value, key[][sub]=value.
// Source of the syntax: https://cli.github.com/manual/gh_api
package params

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Field is one field as it was written.
type Field struct {
	Text string
	// Typed: true, false, null and whole numbers are what they look like in JSON,
	// and @FILE is the content of a file. Otherwise the value is a text as it is.
	Typed bool
}

// Error is a field that cannot be used. It quotes the key and never the value.
type Error struct {
	Key    string // up to the =
	Reason string // a clause: "holds no value"
	Err    error  // the cause, where a file could not be read
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("the field %q %s", e.Key, e.Reason) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Read gives the content of a file for a value @NAME; "-" is standard input.
type Read func(name string) (string, error)

// Object is the fields as one JSON object, in the order in which they were written:
// in key[][sub] a sub that the last entry has already begins another entry. Numbers
// keep all their digits. The error is an [*Error].
func Object(list []Field, read Read) ([]byte, error) {
	var root any = map[string]any{}
	for _, f := range list {
		k, err := f.split(read)
		if err != nil {
			return nil, err
		}
		if root, err = insert(root, k.steps, k.value); err != nil {
			return nil, &Error{Key: k.text, Reason: err.Error()}
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(root); err != nil {
		return nil, fmt.Errorf("encode the fields: %w", err)
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// Query is the fields as the query of an address, encoded, in their order; a key
// stands in it as it was written and may be there several times. null is an empty
// value. The error is an [*Error].
func Query(list []Field, read Read) (string, error) {
	var parts []string
	for _, f := range list {
		k, err := f.split(read)
		if err != nil {
			return "", err
		}
		if k.value == (absent{}) {
			return "", &Error{Key: k.text, Reason: "holds no value: write " + k.text + "=VALUE"}
		}
		text := ""
		if k.value != nil {
			text = fmt.Sprint(k.value)
		}
		parts = append(parts, url.QueryEscape(k.text)+"="+url.QueryEscape(text))
	}
	return strings.Join(parts, "&"), nil
}

// keyed is a field taken apart.
type keyed struct {
	text  string   // of the key
	steps []string // a[b][] is a, b and "", which stands for the next entry of a list
	value any      // text, json.Number, bool, nil for null, or absent
}

// absent is the value of key[] without =, which is an empty list; and of a place
// that was not filled yet.
type absent struct{}

func (f Field) split(read Read) (keyed, error) {
	key, value, hasValue := strings.Cut(f.Text, "=")
	k := keyed{text: key, value: absent{}}
	reason := ""
	if k.steps, reason = steps(key); reason != "" {
		return k, &Error{Key: key, Reason: reason}
	}
	switch {
	case !hasValue && k.steps[len(k.steps)-1] != "":
		return k, &Error{Key: key, Reason: "holds no value: write " + key + "=VALUE"}
	case !hasValue:
	case !f.Typed:
		k.value = value
	case strings.HasPrefix(value, "@"):
		text, err := read(value[1:])
		if err != nil {
			return k, &Error{Key: key, Reason: "cannot be read from " + value[1:] + ": " + err.Error(), Err: err}
		}
		k.value = text
	default:
		k.value = typed(value)
	}
	return k, nil
}

// steps takes a key apart; the reason says what is wrong with it.
func steps(key string) (list []string, reason string) {
	const deepest = 100 // what is built is walked by recursion
	name, rest, nested := strings.Cut(key, "[")
	if name == "" || strings.Contains(name, "]") {
		return nil, "has no name: write KEY=VALUE, KEY[SUB]=VALUE or KEY[]=VALUE"
	}
	list = []string{name}
	for nested {
		sub, after, closed := strings.Cut(rest, "]")
		switch {
		case !closed, strings.Contains(sub, "["):
			return nil, "has a bracket that is not closed"
		case sub == "" && list[len(list)-1] == "":
			return nil, "is a list in a list: send the body with --input"
		case len(list) == deepest:
			return nil, "goes too deep"
		}
		list = append(list, sub)
		if after == "" {
			return list, ""
		}
		if rest, nested = strings.CutPrefix(after, "["); !nested {
			return nil, "has something between its brackets"
		}
	}
	return list, ""
}

// typed is a value as what it looks like.
func typed(text string) any {
	switch text {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	// As JSON writes whole numbers (RFC 8259, section 6): 007 and +1 are texts.
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" || digits[0] == '0' && len(digits) > 1 {
		return text
	}
	return json.Number(text)
}

// insert puts a value where the steps lead from at, and gives what at has become.
func insert(at any, steps []string, value any) (any, error) {
	if len(steps) == 0 {
		if at != (absent{}) {
			return nil, errTwice()
		}
		return value, nil
	}
	if steps[0] == "" {
		return insertEntry(at, steps[1:], value)
	}
	object, ok := at.(map[string]any)
	if at == (absent{}) {
		object = map[string]any{}
	} else if !ok {
		return nil, errOther()
	}
	inner, ok := object[steps[0]]
	if !ok {
		inner = absent{}
	}
	inner, err := insert(inner, steps[1:], value)
	if err != nil {
		return nil, err
	}
	object[steps[0]] = inner
	return object, nil
}

// insertEntry puts a value into the last entry of a list, or into another one.
func insertEntry(at any, steps []string, value any) (any, error) {
	list, ok := at.([]any)
	if at == (absent{}) {
		list = []any{}
	} else if !ok {
		return nil, errOther()
	}
	if len(steps) == 0 && value == (absent{}) {
		return list, nil
	}
	var entry any = absent{}
	if n := len(list); n > 0 && len(steps) > 0 && hasRoom(list[n-1], steps[0]) {
		entry, list = list[n-1], list[:n-1]
	}
	entry, err := insert(entry, steps, value)
	if err != nil {
		return nil, err
	}
	return append(list, entry), nil
}

// hasRoom tells whether an entry can take a key: it lacks it, or a list is there.
func hasRoom(entry any, key string) bool {
	object, ok := entry.(map[string]any)
	if !ok {
		return false
	}
	inner, there := object[key]
	_, list := inner.([]any)
	return !there || list
}

func errTwice() error { return errors.New("is given twice") }

func errOther() error { return errors.New("is given as a value and as something with brackets") }
