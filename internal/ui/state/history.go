package state

import "time"

// HistoryRow is one thing that was done with the sign-in, here or by another
// process.
type HistoryRow struct {
	At                             time.Time
	Action                         string // refresh, sign-in, logout, move, return, import
	Command                        string // of zoomtui
	PID                            int
	Result                         string    // ok, ended, refused, rate-limited, network, store, failed
	Cause                          string    // why there are no new tokens
	Tried                          string    // left-over or previous: which refresh token was sent; empty: the current one
	CutOff                         time.Time // when the refresh was begun that was cut off before this one; zero: none
	Generation                     int
	OldFingerprint, NewFingerprint string // of the refresh tokens
	ScopesAdded, ScopesRemoved     []string
	ScopesUnnamed                  string // one of the Unnamed constants: nobody knows what changed; empty: it is known
}

// Which token answer of a [HistoryRow] named no scopes.
const (
	UnnamedNow    = "now"    // the one that came
	UnnamedBefore = "before" // the one before it
)

// OK says whether it brought what it was for.
func (r HistoryRow) OK() bool { return r.Result == "ok" }

// Tame makes the words of a row, which come from a file, safe to draw.
func (r *HistoryRow) Tame() {
	for _, f := range []*string{&r.Action, &r.Command, &r.Result, &r.Cause, &r.Tried, &r.OldFingerprint, &r.NewFingerprint, &r.ScopesUnnamed} {
		*f = foreign(*f)
	}
	for _, scopes := range [][]string{r.ScopesAdded, r.ScopesRemoved} {
		for i, s := range scopes {
			scopes[i] = foreign(s)
		}
	}
}
