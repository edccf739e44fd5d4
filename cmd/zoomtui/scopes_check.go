package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/explain"
)

func newScopesCheck(c *cli) *cobra.Command {
	var json bool
	cmd := &cobra.Command{
		Use:   "check NAME…",
		Short: "Tell by the exit code whether scopes are granted",
		Long: `Compares scopes with those that this sign-in was granted. A call can stand in place of
a name ('GET /users/me', a path alone for GET, an address, a curl line): it counts as
granted when one of the scopes is that Zoom's documents name for it. Zoom is not asked.

A name that such an app cannot have is missing, and the one that the app has in its
place is said. A call about somebody else, which Zoom refuses to a user-managed app
whatever its scopes are, is marked with ! and a remark; the exit code tells of the
scope alone.

Exit codes: 0 all are granted, 4 one is missing, 10 none is missing but a call is not
known, 3 nobody is signed in, 1 it cannot be told because the token answer named no
scopes.`,
		Example: `  zoomtui scopes check meeting:read:list_meetings user:read:user
  zoomtui scopes check 'GET /users/me/recordings' || zoomtui scopes for 'GET /users/me/recordings'`,
		Args: func(cmd *cobra.Command, args []string) error {
			for _, arg := range args {
				if strings.TrimSpace(arg) == "" {
					args = nil
				}
			}
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
	Instead []string `json:"instead"` // what does for this app what a scope does that it cannot have
	Remark  string   `json:"remark"`  // why Zoom may refuse the call though its scope is granted

	call bool   // it is a call, not a name
	note string // for people
}

// decide notes whether it is granted.
func (r *checkJSON) decide(granted bool) { r.Granted = &granted }

// checkScopes answers for each of the names and calls.
func (c *cli) checkScopes(b bench, asked []string, json bool) error {
	rows := make([]checkJSON, 0, len(asked))
	missing, open, unknown := 0, 0, 0
	for _, text := range asked {
		row := b.check(text)
		switch {
		case row.call && !row.Known:
			unknown++
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
			"as_of": b.catalogue.Date(), "ok": missing+open+unknown == 0, "scopes_known": b.app.ScopesKnown, "checks": rows,
		})
	} else {
		err = c.printChecks(rows)
	}
	switch {
	case err != nil:
		return err
	case missing > 0:
		return quiet{explain.Scope}
	case unknown > 0:
		return quiet{explain.Empty}
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

// printChecks prints a line for each, and the remarks beside them.
func (c *cli) printChecks(rows []checkJSON) error {
	wide := 0
	for _, row := range rows {
		wide = max(wide, len(row.Asked))
	}
	var b strings.Builder
	for _, row := range rows {
		mark, words := "?", "not known"
		switch {
		case row.Granted == nil:
		case !*row.Granted:
			mark, words = "✗", "missing"
		case row.Remark != "":
			mark, words = "!", "granted"
		default:
			mark, words = "✓", "granted"
		}
		if row.note != "" {
			words += ", " + row.note
		}
		fmt.Fprintf(&b, "%s %-*s  %s\n", mark, wide, row.Asked, words)
	}
	if _, err := fmt.Fprint(c.out, folded(c.out, b.String())); err != nil {
		return err
	}
	for _, row := range rows {
		if row.Remark != "" {
			c.say("%s: %s", row.Asked, row.Remark)
		}
	}
	return nil
}
