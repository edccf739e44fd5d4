package token

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/ui/state"
)

func TestVerdicts(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 1, 23, 45, 0, time.UTC)
	ours := Side{
		Kind: Access, Client: "7KxQ2fWJT1mBv8s0nLda3g", User: "uAiko", Account: "aOne", SignIn: "g1", Version: "10",
		Issued: now.Add(-20 * time.Minute), Expires: now.Add(40 * time.Minute),
	}
	but := func(change func(*Side)) Side {
		s := ours
		change(&s)
		return s
	}
	for _, tt := range []struct {
		name      string
		c         Comparison
		want      []string
		probeable bool
	}{
		{"the same", Comparison{Ours: ours, Theirs: ours, Same: true}, []string{"This is the very token that is in use here: what differs elsewhere is not the token."}, false},
		{"another app", Comparison{Ours: ours, Theirs: but(func(s *Side) { s.Client, s.SignIn = "abcdefgx7Qa", "g2" })}, []string{
			"The other token is from another app (…x7Qa ≠ …da3g).", "Both were issued at the same time.",
		}, true},
		{"another app of a like id", Comparison{Ours: ours, Theirs: but(func(s *Side) { s.Client, s.Issued = "7KxQ2fWJT1mBv8s0nXda3g", time.Time{} })}, []string{
			"The other token is from another app (…Xda3g ≠ …Lda3g).",
		}, true},
		{"everything differs", Comparison{Ours: ours, Theirs: but(func(s *Side) {
			s.Client, s.User, s.Account, s.Issued = "abcdefgx7Qa", "uKenji", "aTwo", now.Add(-26*time.Hour)
			s.Expires = now.Add(-25 * time.Hour)
		})}, []string{
			"The other token is from another app (…x7Qa ≠ …da3g).", "It is of another account (aTwo ≠ aOne).", "It is another user's (uKenji ≠ uAiko).",
			"The other token expired 25 h ago: Zoom refuses it.", "It is 25 h older than ours.",
		}, false},
		{"older, of the same sign-in", Comparison{Ours: ours, Theirs: but(func(s *Side) { s.Issued = now.Add(-50 * time.Minute) })}, []string{
			"It is of the same app and user, and from the same sign-in.", "It is 30 min older than ours.",
		}, true},
		{"newer, of another sign-in", Comparison{Ours: ours, Theirs: but(func(s *Side) { s.Issued, s.SignIn = now.Add(-5*time.Minute), "g2" })}, []string{
			"It is of the same app and user, from another sign-in. Of several sign-ins only the last one counts for Zoom.", "It is 15 min newer than ours.",
		}, true},
		{"expired", Comparison{Ours: ours, Theirs: but(func(s *Side) { s.Expires = now })}, []string{
			"The other token expired a moment ago: Zoom refuses it.", "It is of the same app and user, and from the same sign-in.", "Both were issued at the same time.",
		}, false},
		{"a refresh token", Comparison{Ours: ours, Theirs: but(func(s *Side) { s.Kind = Refresh })}, []string{
			"This is a refresh token in place of an access token: it opens no call, so whoever sends it hears 124, invalid access token.",
		}, false},
		{"of another issuer", Comparison{Ours: ours, Theirs: Side{Kind: Foreign, Issuer: "https://accounts.example"}}, []string{
			"This is not a Zoom token: it was issued by “https://accounts.example”.",
		}, false},
		{"no JWT", Comparison{Ours: ours, Theirs: Side{Kind: Foreign}}, []string{
			"This is not a Zoom token: Zoom's are JWTs of three parts, and this is none.",
		}, false},
		{"nothing to compare with", Comparison{Theirs: ours}, []string{"There is no token here to compare it with."}, true},
		{"little is known", Comparison{Ours: ours, Theirs: Side{Kind: Access, Client: ours.Client}}, []string{"It is of the same app and user."}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, tt.c.Verdicts(now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got := tt.c.Probeable(now); got != tt.probeable {
				t.Errorf("probeable %v", got)
			}
		})
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "less than a minute", 59 * time.Second: "less than a minute", time.Minute: "1 min", 59*time.Minute + 59*time.Second: "59 min",
		time.Hour: "1 h", 61 * time.Minute: "1 h 1 min", 11*time.Hour + 30*time.Minute: "11 h", 47 * time.Hour: "47 h", 49 * time.Hour: "2 days",
	} {
		if got := Span(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	if relative(-time.Second) != "a moment ago" || relative(90*time.Second) != "in 1 min" {
		t.Error("seconds are told")
	}
}

// TestExplained: every member that Zoom's tokens were seen with has words, of both name styles, and what is
// not known is said to be so.
func TestExplained(t *testing.T) {
	t.Parallel()
	long := strings.Fields("ver clientId code iss authenticationId userId groupNumber aud accountId nbf exp tokenType iat jti toleranceId alg v kid")
	short := strings.Fields("ver auid code iss gno type tid aud uid nbf exp iat aid jti sv alg v kid")
	for name, names := range map[string][]string{"version 6": long, "version 7 and later": short} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var all []state.Claim
			for _, n := range append(names, "zq_new") {
				all = append(all, state.Claim{Name: n})
			}
			rows := explained(all)
			if len(rows) != len(all) {
				t.Errorf("%d rows of %d", len(rows), len(all))
			}
			for i, r := range rows {
				if last := i == len(rows)-1; r.means == "" || last != (r.in == unknown) || last != (r.claim.Name == "zq_new") {
					t.Errorf("row %d: %+v", i, r)
				}
			}
			if rows[0].claim.Name != "exp" {
				t.Errorf("first is %s", rows[0].claim.Name)
			}
		})
	}
}
