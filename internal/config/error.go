package config

import (
	"fmt"

	"zoomtui/internal/explain"
)

// Error is a setting that cannot be used. It holds no secret: values of keys
// that are one are never quoted.
type Error struct {
	What  string        // what is wrong, one clause that names the key, variable or file
	Path  string        // the file concerned; empty when it is a flag or a variable
	Env   string        // the variable of the environment concerned; empty when it is another thing
	Fix   string        // a ready command line or setting; may be empty
	Class explain.Class // zero means explain.Usage
	Err   error         // the cause; may be nil
}

// Error gives the clause and, when there is one, the command line that mends it.
func (e *Error) Error() string {
	if e.Fix == "" {
		return e.What
	}
	return e.What + ": " + e.Fix
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Facts is what package explain is told.
func (e *Error) Facts() explain.Facts {
	class := e.Class
	if class == explain.Other {
		class = explain.Usage
	}
	fix := e.Fix
	if fix == "" && e.Env != "" {
		fix = "unset " + e.Env
	}
	return explain.Facts{
		Place: explain.PlaceLocal,
		Class: class,
		Op:    "configuration",
		Cause: e.What,
		Path:  e.Path,
		Fix:   fix,
	}
}

// usage is an [Error] without file and fix.
func usage(format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{What: err.Error(), Err: unwrapOnce(err)}
}

func unwrapOnce(err error) error {
	if u, ok := err.(interface{ Unwrap() error }); ok {
		return u.Unwrap()
	}
	return nil
}
