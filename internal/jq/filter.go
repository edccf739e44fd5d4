// Package jq filters JSON with expressions of the jq language.
// Source of the language: https://jqlang.org/manual/ and, for the few differences,
// https://github.com/itchyny/gojq#difference-to-jq
package jq

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/itchyny/gojq"
)

// ErrInput is a document that is not JSON.
var ErrInput = errors.New("not valid JSON")

// EvalError is an expression that fails on the document at hand, as .a does on a
// list. The words are the evaluator's and quote values of the document.
type EvalError struct{ What string }

// Error implements error.
func (e *EvalError) Error() string { return e.What }

// Filter is an expression that is understood. It never changes and is safe for
// concurrent use.
type Filter struct{ code *gojq.Code }

// Compile understands an expression. env and $ENV are what environ gives
// ("NAME=value", as os.Environ); nil: empty. There are no modules and no input.
// The error is a [*SyntaxError].
func Compile(expr string, environ func() []string) (*Filter, error) {
	query, err := gojq.Parse(expr)
	if err != nil {
		return nil, syntaxError(expr, err)
	}
	if environ == nil {
		environ = func() []string { return nil }
	}
	code, err := gojq.Compile(query, gojq.WithEnvironLoader(environ))
	if err != nil {
		return nil, syntaxError(expr, err)
	}
	return &Filter{code}, nil
}

// Run applies the expression to each JSON document of doc and hands every result
// over as JSON on one line, see [Line]; each must not keep it. Numbers keep all
// their digits unless the expression calculates with them, and keys come sorted.
//
// It ends with ctx, whose error it gives, in the middle of an endless expression
// too; and with the first error of each, which it gives as it is. Other errors are
// an [*EvalError], wrap [ErrInput], or are doc's own. The document is held in
// memory, where it takes some five times its size.
func (f *Filter) Run(ctx context.Context, doc io.Reader, each func(result []byte) error) error {
	in := &input{Reader: doc}
	d := json.NewDecoder(in)
	d.UseNumber()
	for {
		var v any
		err := d.Decode(&v)
		switch {
		case in.err != nil:
			return in.err
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%w: %w", ErrInput, err)
		}
		if err := f.one(ctx, v, each); err != nil {
			return err
		}
	}
}

// input remembers what the document could not be read for, as the decoder does
// not tell that from bad JSON.
type input struct {
	io.Reader
	err error
}

func (i *input) Read(p []byte) (int, error) {
	n, err := i.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		i.err = err
	}
	return n, err // a Reader passes errors on
}

// one applies the expression to one document.
func (f *Filter) one(ctx context.Context, v any, each func([]byte) error) error {
	results := f.code.RunWithContext(ctx, v)
	for {
		result, more := results.Next()
		if !more {
			return ctx.Err()
		}
		if err, failed := result.(error); failed {
			return evalError(ctx, err)
		}
		text, err := gojq.Marshal(result)
		if err != nil {
			return &EvalError{err.Error()}
		}
		if err := each(text); err != nil {
			return err
		}
	}
}

// evalError is what an evaluation ended of. `halt` is no failure.
func evalError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if halt, ok := errors.AsType[*gojq.HaltError](err); ok && halt.Value() == nil {
		return nil
	}
	return &EvalError{strings.TrimSpace(err.Error())}
}

// Line is a result of [Filter.Run] as scripts want it, without a line break at the
// end: a text raw, null as nothing, the rest as it is.
func Line(result []byte) []byte {
	switch {
	case string(result) == "null":
		return nil
	case len(result) > 0 && result[0] == '"':
		var text string
		if json.Unmarshal(result, &text) == nil {
			return []byte(text)
		}
	}
	return result
}
