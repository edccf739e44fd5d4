package scope

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomApp makes a token of some of the table's scopes, or one that names none.
func randomApp(r *rand.Rand, c *Catalogue) App {
	kinds := []string{"public", "confidential", "s2s"}
	var held []string
	for range r.IntN(6) {
		held = append(held, c.Scopes()[r.IntN(len(c.Scopes()))])
	}
	a := app(kinds[r.IntN(len(kinds))], held...)
	a.Style = []Style{Classic, Granular, UnknownStyle, c.StyleOf(held)}[r.IntN(4)]
	a.Fixed, a.SignedIn = r.IntN(9) == 0, r.IntN(9) > 0
	return a
}

// TestJudgeProperties: over random tokens and calls of the whole table, with and
// without an answer of Zoom's.
func TestJudgeProperties(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	r := rand.New(rand.NewPCG(5, 5))
	for range 4_000 {
		e := c.Endpoints()[r.IntN(len(c.Endpoints()))]
		a := randomApp(r, c)
		if len(e.accepts()) > 0 && r.IntN(3) == 0 {
			a.Scopes = append(a.Scopes, e.accepts()[r.IntN(len(e.accepts()))])
			a.ScopesKnown = r.IntN(5) > 0
		}
		q := Question{Method: e.Method, Path: e.Path, App: a, Now: judgedAt()}
		v := c.Judge(q)
		missing := v.Kind == AddOne || v.Kind == WrongAppType || v.Kind == OldSignIn
		held := a.ScopesKnown && slices.ContainsFunc(e.accepts(), func(name string) bool { return slices.Contains(a.Scopes, name) })
		switch {
		case missing && !a.ScopesKnown:
			t.Fatalf("%s is called missing, and nobody knows the scopes: %s", e, v.Kind)
		case held != (v.Kind == HasIt):
			t.Fatalf("%s with %v: %s", e, a.Scopes, v.Kind)
		case !v.Known || v.Endpoint.String() != e.String():
			t.Fatalf("%s was not found: %s", e, v.Endpoint)
		case v.Kind == AddOne && v.Best == "":
			t.Fatalf("%s: ADD ONE, and none of %v", e, v.Alternatives)
		}
		checkVerdict(t, v)
		if len(e.accepts()) == 0 {
			continue
		}
		q.Live = zoom(400, 4711, fmt.Sprintf("Invalid access token, does not contain scopes:%v.", e.accepts()[:1]))
		v = c.Judge(q)
		named := append(c.unnamed(e.accepts(), e.accepts()[:1], a), e.accepts()[0])
		held = a.ScopesKnown && slices.ContainsFunc(named, func(name string) bool { return Holds(a.Scopes, name) })
		if held != (v.Kind == OldSignIn) {
			t.Fatalf("%s with %v and %q: %s", e, a.Scopes, q.Live.Message, v.Kind)
		}
		checkVerdict(t, v)
		if t.Failed() {
			t.Fatalf("%s %+v", e, a)
		}
	}
}

// FuzzJudge: whatever Zoom answers, there is a verdict of whole sentences.
func FuzzJudge(f *testing.F) {
	for _, message := range []string{
		"Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].", "does not contain scopes:[", "scopes[]", "required scopes: [a,,b, ]",
		"Invalid Access Token: The access token is invalid, expired, or missing required scopes.", "Access token is expired.", "refresh token", "scope", "",
	} {
		f.Add("GET", "/users/me", 400, 4711, message)
	}
	f.Add("", "", 0, 0, "")
	f.Add("", "", 401, 4700, "The access token is invalid, expired, or missing required scopes.")
	f.Add("GET", "/users/u/meetings", 200, 0, "")
	f.Add("GET", "/v2/v2/users//me%40x/", 400, 4700, "")
	f.Add("delete", "/v2/x?access_token=y", 599, -1, "not found")
	c := loaded(f)
	f.Fuzz(func(t *testing.T, method, path string, status, code int, message string) {
		for _, a := range apps() {
			v := c.Judge(Question{Method: method, Path: path, App: a, Now: judgedAt(), Live: zoom(status, code, message)})
			if v.Kind == "" || v.Headline == "" || v.Source == "" || len(v.Steps) > 3 {
				t.Fatalf("no whole verdict: %+v", v)
			}
			if v.Best != "" && (len(v.Alternatives) == 0 || v.Alternatives[0].Name != v.Best) {
				t.Fatalf("best %q of %+v", v.Best, v.Alternatives)
			}
		}
	})
}

func BenchmarkJudge(b *testing.B) {
	c := loaded(b)
	q := Question{Method: "GET", Path: "/users/me/upcoming_meetings", App: apps()["user granular"], Now: judgedAt()}
	q.Live = zoom(400, 4711, "Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings].")
	for b.Loop() {
		c.Judge(q)
	}
}
