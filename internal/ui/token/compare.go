package token

import (
	"fmt"
	"time"
)

// Kind is what a token is for.
type Kind string

// The kinds of token.
const (
	Access  Kind = "access token"
	Refresh Kind = "refresh token"
	Foreign Kind = "not a Zoom token"
)

// Side is what can be read of one token. Nothing of it is verified; ids and times
// that are not in the token are empty.
type Side struct {
	Kind          Kind
	Issuer        string // of a Foreign one, made safe to draw; empty: it is no JWT
	Client        string // client id
	User, Account string // ids
	SignIn        string // which authorization it comes from
	Version       string
	Issued        time.Time
	Expires       time.Time
}

// Comparison is a pasted token beside the one in use.
type Comparison struct {
	Ours   Side // zero: there is none
	Theirs Side
	Same   bool // to the last character
}

// Probeable says whether there is something to learn from calls with the token.
func (c Comparison) Probeable(now time.Time) bool {
	return c.Theirs.Kind == Access && !c.Same && (c.Theirs.Expires.IsZero() || now.Before(c.Theirs.Expires))
}

// Verdicts say in sentences how the two differ, the gravest first.
func (c Comparison) Verdicts(now time.Time) []string {
	switch {
	case c.Same:
		return []string{"This is the very token that is in use here: what differs elsewhere is not the token."}
	case c.Theirs.Kind == Foreign && c.Theirs.Issuer == "":
		return []string{"This is not a Zoom token: Zoom's are JWTs of three parts, and this is none."}
	case c.Theirs.Kind == Foreign:
		return []string{fmt.Sprintf("This is not a Zoom token: it was issued by “%s”.", c.Theirs.Issuer)}
	case c.Theirs.Kind == Refresh:
		return append([]string{"This is a refresh token in place of an access token: it opens no call, so whoever sends it hears 124, invalid access token."}, c.apart()...)
	}
	said := c.apart()
	if e := c.Theirs.Expires; !e.IsZero() && !now.Before(e) {
		said = append(said, fmt.Sprintf("The other token expired %s: Zoom refuses it.", Ago(now.Sub(e))))
	}
	if c.Ours == (Side{}) {
		return append(said, "There is no token here to compare it with.")
	}
	if len(c.apart()) == 0 {
		said = append(said, c.origin())
	}
	return append(said, c.age()...)
}

// apart says whose the other token is, where that is somebody else's.
func (c Comparison) apart() (said []string) {
	if differ(c.Ours.Client, c.Theirs.Client) {
		theirs, ours := tails(c.Theirs.Client, c.Ours.Client)
		said = append(said, fmt.Sprintf("The other token is from another app (%s ≠ %s).", theirs, ours))
	}
	if differ(c.Ours.Account, c.Theirs.Account) {
		said = append(said, fmt.Sprintf("It is of another account (%s ≠ %s).", c.Theirs.Account, c.Ours.Account))
	}
	if differ(c.Ours.User, c.Theirs.User) {
		said = append(said, fmt.Sprintf("It is another user's (%s ≠ %s).", c.Theirs.User, c.Ours.User))
	}
	return said
}

// origin is for two tokens of one app and user.
func (c Comparison) origin() string {
	switch {
	case differ(c.Ours.SignIn, c.Theirs.SignIn):
		return "It is of the same app and user, from another sign-in. Of several sign-ins only the last one counts for Zoom."
	case c.Ours.SignIn == "" || c.Theirs.SignIn == "":
		return "It is of the same app and user."
	default:
		return "It is of the same app and user, and from the same sign-in."
	}
}

// age says which is older: scopes that were added in between are in the newer one
// only.
func (c Comparison) age() []string {
	ours, theirs := c.Ours.Issued, c.Theirs.Issued
	if ours.IsZero() || theirs.IsZero() {
		return nil
	}
	switch apart := theirs.Sub(ours); {
	case apart < -time.Second:
		return []string{fmt.Sprintf("It is %s older than ours.", Span(-apart))}
	case apart > time.Second:
		return []string{fmt.Sprintf("It is %s newer than ours.", Span(apart))}
	default:
		return []string{"Both were issued at the same time."}
	}
}

// differ compares what both tokens tell.
func differ(ours, theirs string) bool { return ours != "" && theirs != "" && ours != theirs }

// tailLength is how much of a client id is shown, in characters.
const tailLength = 4

// Tail is the end of a client id: "…x7Qa".
func Tail(id string) string { return tail(id, tailLength) }

func tail(id string, n int) string {
	runes := []rune(id)
	if len(runes) <= n {
		return id
	}
	return "…" + string(runes[len(runes)-n:])
}

// tails are the ends of two client ids, as long as it takes to tell them apart.
func tails(a, b string) (string, string) {
	n := tailLength
	for a != b && n < max(len(a), len(b)) && tail(a, n) == tail(b, n) {
		n++
	}
	return tail(a, n), tail(b, n)
}
