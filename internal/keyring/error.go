package keyring

import "errors"

// Kind says what went wrong, for errors.Is(err, keyring.Locked).
type Kind string

// Error gives the kind as a clause.
func (k Kind) Error() string { return string(k) }

// The kinds of failure.
const (
	None     Kind = "no keyring answers in this session" // none runs, or none can be reached from here
	Locked   Kind = "the keyring is locked"
	Refused  Kind = "the keyring refused"
	NoAnswer Kind = "the keyring did not answer"
	NotFound Kind = "the keyring has no such key"
)

// Error is a failure of the keyring. It holds no key.
type Error struct {
	Kind Kind
	Op   string // what was tried: "read a key"
	Err  error  // what the keyring said; foreign text, may be nil
}

// Error gives the clause of the kind and what the keyring said; of a locked one
// that is only where it keeps its things.
func (e *Error) Error() string {
	if e.Err == nil || e.Kind == Locked {
		return e.Kind.Error()
	}
	return e.Kind.Error() + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, keyring.Locked) work.
func (e *Error) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && kind == e.Kind
}

// withOp makes any error an [*Error] that says what was tried.
func withOp(op string, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return &Error{Kind: e.Kind, Op: op, Err: e.Err}
	}
	return &Error{Kind: Refused, Op: op, Err: err}
}
