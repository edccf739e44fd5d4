package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
)

// maxFound is how many calls an answer lists.
const maxFound = 25

func newScopesFor(c *cli) *cobra.Command {
	var json bool
	cmd := &cobra.Command{
		Use:   "for QUERY|-",
		Short: "Say which scope a call needs, and whether this sign-in has it",
		Long: `QUERY is a call (GET /users/me/meetings), a path, an address, a whole curl line, the
name of a scope, an error of Zoom's as it was printed, or plain words; - reads it from
standard input. A path or an address alone is GET, where there is one; the other
methods are listed below it. Nobody is asked for anything, and without a sign-in or an
app the scopes are shown for each kind of app. A token in the text is not kept.

One call gives the verdict: HAS IT, ADD ONE, WRONG APP TYPE, OLD SIGN-IN, NOT A SCOPE
PROBLEM, UNKNOWN ENDPOINT, or UNKNOWN where the scopes are known and only whether you
have one is not: nobody is signed in, or Zoom named no scopes with the token. Several
calls are listed, with the scope that fits the app and whether the sign-in has it (✓ yes,
✗ no, ? not known).

Exit codes: 0 a call or a scope was found, 10 it was not.`,
		Example: `  zoomtui scopes for 'GET /users/me/upcoming_meetings'
  zoomtui scopes for list recordings
  zoomtui scopes for meeting:read:list_meetings
  curl -s … | zoomtui scopes for -`,
		ValidArgsFunction: c.completeQuery,
		RunE: func(cmd *cobra.Command, args []string) error {
			if json {
				c.errors = asJSON
			}
			text, err := c.scopesQuery(cmd, args)
			if err != nil {
				return err
			}
			return c.answerQuery(text, json)
		},
	}
	cmd.Flags().BoolVar(&json, "json", false, "print JSON")
	return cmd
}

// scopesQuery gives the text: the arguments, or standard input for -.
func (c *cli) scopesQuery(cmd *cobra.Command, args []string) (text string, err error) {
	if len(args) == 1 && args[0] == "-" {
		text, err = c.toExplain(cmd.Context(), args)
	} else {
		text = strings.Join(args, " ")
	}
	if err == nil && strings.TrimSpace(text) == "" {
		wrong := usage(cmd, "What is to be looked up?")
		wrong.why = "A call, a path, the name of a scope, a curl line, an error of Zoom's or plain words."
		return "", wrong
	}
	return text, err
}

// found is what a query has led to: a verdict, or a list of calls.
type found struct {
	query   string          // as it was understood, without anything secret
	scope   string          // the query is the name of a scope; empty: it is not
	verdict *scope.Verdict  // nil: there is a list, which may be empty
	list    []scope.Verdict // beside a verdict: the other methods at its path
	more    int             // how many further ones are not listed
}

// answerQuery answers one text.
func (c *cli) answerQuery(text string, json bool) error {
	b, err := c.bench()
	if err != nil {
		return err
	}
	f := b.find(text)
	if json {
		err = printJSON(c.out, f.json(b, c.flags.profile))
	} else {
		err = c.printFound(b, f)
	}
	if err == nil && !f.any() {
		err = quiet{explain.Empty}
	}
	return err
}

// find understands a text and looks it up.
func (b bench) find(text string) found {
	q := scope.ReadQuery(text)
	f := found{query: queryText(q), scope: q.Scope}
	judged := func(method, path string) *scope.Verdict {
		v := b.judge(scope.Question{Method: method, Path: path, Live: q.Live})
		return &v
	}
	switch {
	case q.Path == "" && q.Live != nil:
		f.verdict = judged("", "")
		return f
	case q.Path != "" && q.Method != "":
		f.verdict = judged(q.Method, q.Path)
		return f
	}
	var calls []scope.Endpoint
	switch {
	case q.Scope != "":
		calls = b.catalogue.Opens(q.Scope)
	case q.Path != "":
		calls = b.callsAt(q.Path, q.Live)
	default:
		for _, hit := range b.catalogue.Search(text, 4*maxFound) {
			calls = append(calls, hit.Endpoint)
		}
	}
	switch {
	case q.Path != "" && len(calls) == 0: // with the nearest calls that there are
		f.verdict = judged("", q.Path)
	case q.Path != "":
		f.verdict = judged(calls[0].Method, q.Path)
		calls = calls[1:]
	case q.Scope == "" && len(calls) == 1:
		f.verdict = judged(calls[0].Method, calls[0].Path)
		calls = nil
	}
	f.more = max(0, len(calls)-maxFound)
	for _, e := range calls[:len(calls)-f.more] {
		f.list = append(f.list, b.judge(scope.Question{Method: e.Method, Path: e.Path}))
	}
	return f
}

// queryText is a query as it was understood. The text itself may hold a token.
func queryText(q scope.Query) string {
	switch {
	case q.Path != "":
		return strings.TrimSpace(q.Method + " " + clean(q.Path))
	case q.Scope != "":
		return clean(q.Scope)
	case q.Live != nil:
		return clean(q.Live.Message)
	}
	return clean(strings.Join(q.Words, " "))
}

// callsAt are the calls that there are at a path, GET before the others; before all
// of them one that accepts a scope which Zoom's answer has named.
func (b bench) callsAt(path string, live *scope.Live) []scope.Endpoint {
	var calls []scope.Endpoint
	for _, method := range callMethods() {
		if e, ok := b.catalogue.Find(method, path); ok {
			calls = append(calls, e)
		}
	}
	rank := func(e scope.Endpoint) int {
		if live != nil && slices.ContainsFunc(live.Scopes, func(name string) bool {
			return slices.Contains(e.Classic, name) || slices.Contains(e.Granular, name)
		}) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(calls, func(a, b scope.Endpoint) int { return rank(a) - rank(b) })
	return calls
}

// any tells whether a call or a scope was found.
func (f found) any() bool {
	if f.verdict != nil {
		return f.verdict.Known || len(f.verdict.Alternatives) > 0 || f.verdict.Kind == scope.NotAScope
	}
	return len(f.list) > 0
}
