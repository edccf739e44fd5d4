package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
)

func newScopesCheck(c *cli) *cobra.Command {
	var json bool
	cmd := &cobra.Command{
		Use:   "check NAME…",
		Short: "Tell by the exit code whether scopes are granted",
		Long: `Compares scopes with those that this sign-in was granted. A call can stand in place of
a name ('GET /users/me', or a path alone for GET): it counts as granted when one of the
scopes is that Zoom's documents name for it. Zoom is not asked.

Exit codes: 0 all are granted, 4 one is missing, 3 nobody is signed in, 1 it cannot be
told because the token answer named no scopes.`,
		Example: `  zoomtui scopes check meeting:read:list_meetings user:read:user
  zoomtui scopes check 'GET /users/me/recordings' || zoomtui scopes for 'GET /users/me/recordings'`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(cmd, "Which scopes are to be checked? A name or a call is needed.")
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
			return append(c.completePaths(word), c.completeScopes(word)...), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if json {
				c.errors = asJSON
			}
			b, err := c.grantedBench(cmd.Context())
			if err != nil {
				return err
			}
			return c.checkScopes(b, joinMethods(args), json)
		},
	}
	cmd.Flags().BoolVar(&json, "json", false, "print JSON")
	return cmd
}

// checkJSON is one row of `scopes check --json`.
type checkJSON struct {
	Asked   string   `json:"asked"`
	Granted *bool    `json:"granted"` // null: not known
	By      []string `json:"by"`      // the scopes of the token that it is granted by
	Best    string   `json:"best"`    // the scope to add; empty: none, or not known
	Known   bool     `json:"known"`   // the table has it
	Nearest string   `json:"nearest"` // what a name that is not known is likely meant to be

	note string // for people
}

// checkScopes answers for each of the names and calls.
func (c *cli) checkScopes(b bench, asked []string, json bool) error {
	rows, missing, open := make([]checkJSON, 0, len(asked)), 0, 0
	for _, text := range asked {
		row := b.check(text)
		switch {
		case row.Granted == nil:
			open++
		case !*row.Granted:
			missing++
		}
		rows = append(rows, row)
	}
	var err error
	if json {
		err = printJSON(c.out, map[string]any{
			"as_of": b.catalogue.Date(), "ok": missing+open == 0, "scopes_known": b.app.ScopesKnown, "checks": rows,
		})
	} else {
		err = c.printChecks(rows)
	}
	switch {
	case err != nil:
		return err
	case missing > 0:
		return quiet{explain.Scope}
	case open > 0:
		c.say("That cannot be told here. %s", b.cannotTell())
		return quiet{explain.Other}
	}
	return nil
}

// cannotTell is why a check has no answer.
func (b bench) cannotTell() string {
	if !b.app.ScopesKnown {
		return b.unknownWhy()
	}
	return "Zoom's documents name no scope for the call; zoomtui api makes it, and Zoom's answer tells."
}

// check compares one name or call with what was granted.
func (b bench) check(asked string) checkJSON {
	row := checkJSON{Asked: clean(asked), By: []string{}}
	decide := func(granted bool) { row.Granted = &granted }
	if !strings.Contains(asked, "/") {
		row.Nearest = nearestScope(b.catalogue, asked)
		held := slices.Contains(b.app.Scopes, asked)
		row.Known = slices.Contains(b.catalogue.Scopes(), asked)
		switch {
		case held:
			row.By, row.Nearest = append(row.By, row.Asked), ""
		case row.Known:
			row.Best = row.Asked
		case row.Nearest != "":
			row.note = "no such scope is known; did you mean " + row.Nearest + "?"
		default:
			row.note = "no such scope is known"
		}
		if b.app.ScopesKnown {
			decide(held)
		}
		return row
	}
	v := b.judge(callOf(asked))
	row.Known = v.Known
	for _, a := range v.Alternatives {
		if a.Held {
			row.By = append(row.By, clean(a.Name))
		}
	}
	switch v.Kind {
	case scope.HasIt:
		decide(true)
		row.note = "by " + row.By[0]
	case scope.Unknown:
		row.note = strings.TrimSuffix(v.Headline, ".")
	default:
		decide(false)
		row.Best = clean(v.Best)
		row.note = strings.TrimSuffix(v.Headline, ".")
		if v.Best != "" {
			row.note = "add " + row.Best
		}
		if len(v.Nearest) > 0 {
			row.Nearest = v.Nearest[0].String()
			row.note += "; did you mean " + row.Nearest + "?"
		}
	}
	return row
}

// callOf reads a call: "GET /users/me", or a path alone for GET.
func callOf(text string) scope.Question {
	method, path, ok := strings.Cut(strings.TrimSpace(text), " ")
	if !ok || strings.HasPrefix(method, "/") {
		method, path = http.MethodGet, text
	}
	return scope.Question{Method: strings.ToUpper(method), Path: strings.TrimSpace(path)}
}

// joinMethods puts calls together that a shell has split: GET /users/me.
func joinMethods(args []string) []string {
	var joined []string
	for i := 0; i < len(args); i++ {
		if i+1 < len(args) && strings.HasPrefix(args[i+1], "/") && slices.Contains(callMethods(), strings.ToUpper(args[i])) {
			joined = append(joined, args[i]+" "+args[i+1])
			i++
			continue
		}
		joined = append(joined, args[i])
	}
	return joined
}

// callMethods are the ones that Zoom's API has.
func callMethods() []string {
	return []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
}

// printChecks prints a line for each.
func (c *cli) printChecks(rows []checkJSON) error {
	wide := 0
	for _, row := range rows {
		wide = max(wide, len(row.Asked))
	}
	var b strings.Builder
	for _, row := range rows {
		mark, words := "?", "not known"
		if row.Granted != nil {
			mark, words = "✗", "missing"
			if *row.Granted {
				mark, words = "✓", "granted"
			}
		}
		if row.note != "" {
			words += ", " + row.note
		}
		fmt.Fprintf(&b, "%s %-*s  %s\n", mark, wide, row.Asked, words)
	}
	_, err := fmt.Fprint(c.out, folded(c.out, b.String()))
	return err
}
