package auth

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// tokenVersion is the version of the token file that this program writes.
const tokenVersion = 1

// Token is what is known of one sign-in (or of one access token of a
// Server-to-Server app). Times are Zoom's, in UTC and whole seconds; compare
// them with [Source.Now].
type Token struct {
	Version      int // of the token file
	Profile      string
	ClientID     string // the app that the sign-in was made with
	Kind         Kind
	AccessToken  Secret        // about 1,000 characters, good for an hour
	RefreshToken Secret        // works once; empty for Server-to-Server
	TokenType    string        // "bearer"
	Scope        string        // as Zoom sent it; see [Token.Scopes]
	APIURL       string        // https://api.zoom.us or a cluster; empty: not said, or not believed
	ObtainedAt   time.Time     // when this access token was fetched
	ExpiresAt    time.Time     // when this access token ends
	SignedInAt   time.Time     // when a person signed in
	MovedAt      time.Time     // when the sign-in went to another machine, by this machine's clock; zero: it is here
	Generation   int           // 1 after the sign-in, one more with each refresh
	ClockSkew    time.Duration // Zoom's clock minus this machine's, when it was fetched

	// Unknown are the keys of the token file that this version does not know;
	// they are kept when the file is written.
	Unknown map[string]json.RawMessage
}

// Scopes are the granted scopes, sorted, each once.
func (t Token) Scopes() []string { return splitScope(t.Scope) }

// Life is how long the access token was good for when it was fetched.
func (t Token) Life() time.Duration { return t.ExpiresAt.Sub(t.ObtainedAt) }

// Left is how long the access token is good for at the given time of Zoom's
// ([Source.Now]); negative when it is over.
func (t Token) Left(now time.Time) time.Duration { return t.ExpiresAt.Sub(now) }

// Fingerprint names the access token without showing it; see [Fingerprint].
func (t Token) Fingerprint() string { return Fingerprint(t.AccessToken) }

// Format writes a line without secrets, whatever the verb: Unknown could hold
// anything.
func (t Token) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "token{profile:%s kind:%s generation:%d access:%s refresh:%s expires:%s}",
		t.Profile, t.Kind, t.Generation, Fingerprint(t.AccessToken), Fingerprint(t.RefreshToken),
		t.ExpiresAt.Format(time.RFC3339))
}

// MarshalJSON gives the line of [Token.Format] as a string: a token is written
// by the store alone.
func (t Token) MarshalJSON() ([]byte, error) {
	data, err := json.Marshal(fmt.Sprint(t))
	if err != nil {
		return nil, fmt.Errorf("encode token line: %w", err)
	}
	return data, nil
}

// same tells whether two tokens are the same generation of the same sign-in.
func (t Token) same(o Token) bool {
	return t.AccessToken == o.AccessToken && t.RefreshToken == o.RefreshToken && t.Generation == o.Generation
}

// follows tells whether a token is of the same sign-in as an earlier one: that
// very generation or a later one.
func (t Token) follows(earlier Token) bool {
	return t.SignedInAt.Equal(earlier.SignedInAt) && (t.Generation > earlier.Generation || t.same(earlier))
}

// continues tells whether a token is a later generation of the same sign-in of the
// same app as another.
func (t Token) continues(o Token) bool {
	return t.ClientID == o.ClientID && t.SignedInAt.Equal(o.SignedInAt) && t.Generation > o.Generation
}

// begins tells whether a token is the first of a sign-in with the same app that was
// made after that of another.
func (t Token) begins(o Token) bool {
	return t.ClientID == o.ClientID && t.Generation == 1 && t.SignedInAt.Equal(t.ObtainedAt) && t.SignedInAt.After(o.SignedInAt)
}

// futureSlack is how far in the future a token may have been fetched before the
// clock must have been set back, and its expiry says nothing any more.
const futureSlack = time.Minute

// lives tells whether the access token is there and has more than `need` left.
func (t Token) lives(now time.Time, need time.Duration) bool {
	return t.AccessToken != "" && t.Left(now) > need && !t.ObtainedAt.After(now.Add(futureSlack))
}

// ScopeDiff is what changed between two scope strings; each list is sorted.
type ScopeDiff struct {
	Added, Removed, Kept []string
	Unnamed              bool // the answer named no scopes: what it grants is not known, and nothing is called removed
}

// Changed tells whether anything did.
func (d ScopeDiff) Changed() bool { return len(d.Added)+len(d.Removed) > 0 }

// DiffScopes compares the scope strings of two token answers.
func DiffScopes(before, after string) ScopeDiff {
	old, now := splitScope(before), splitScope(after)
	d := ScopeDiff{Unnamed: len(now) == 0}
	if d.Unnamed {
		return d
	}
	for _, s := range now {
		if _, had := slices.BinarySearch(old, s); had {
			d.Kept = append(d.Kept, s)
		} else {
			d.Added = append(d.Added, s)
		}
	}
	for _, s := range old {
		if _, has := slices.BinarySearch(now, s); !has {
			d.Removed = append(d.Removed, s)
		}
	}
	return d
}

// splitScope splits a scope string at blanks (RFC 6749 section 3.3) and, because
// they have been seen, at commas.
func splitScope(scope string) []string {
	fields := strings.FieldsFunc(scope, func(r rune) bool { return r <= ' ' || r == ',' })
	slices.Sort(fields)
	return slices.Compact(fields)
}

// writeLine is the Format of types that hold secrets in unexported fields.
func writeLine(f fmt.State, format string, args ...any) {
	_, _ = io.WriteString(f, fmt.Sprintf(format, args...))
}
