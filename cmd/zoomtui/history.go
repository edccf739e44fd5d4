package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/agenda"
	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
	"zoomtui/internal/history"
)

// historyOptions are the flags of `zoomtui history`.
type historyOptions struct {
	json  bool
	limit int
}

func newHistory(c *cli) *cobra.Command {
	var opts historyOptions
	cmd := &cobra.Command{
		Use:   "history",
		Short: "Show who refreshed the sign-in when, and with what result",
		Long: `Shows what was done with the sign-in of a profile on this machine, the newest first:
when, what, by which process, the result, and the fingerprints of the refresh token
before and after. A fingerprint names a token without showing it, so two machines can
be compared. Zoom is not asked, and no profile need be set up.

  zoomtui history --limit 5
  zoomtui history --json | jq '.entries[] | select(.result != "ok")'`,
		Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.limit < 0 {
				return usage(cmd, "--limit counts entries and cannot be less than 0; 0 means all.")
			}
			if opts.json {
				c.errors = asJSON
			}
			return c.printHistory(opts)
		},
	}
	cmd.Flags().BoolVar(&opts.json, "json", false, "print JSON")
	cmd.Flags().IntVar(&opts.limit, "limit", 20, "the newest `N` entries; 0 means all")
	complete(cmd, "limit", []string{"1", "5", "20", "100", "0"})
	return cmd
}

// historyAnswer is `history --json`.
type historyAnswer struct {
	Profile string          `json:"profile"`
	Entries []history.Entry `json:"entries"` // the newest first
	CutOff  *byWhom         `json:"cut_off"` // a refresh that was begun and has not finished; null: none
}

func (c *cli) printHistory(opts historyOptions) error {
	profile, zone, err := c.historyProfile()
	if err != nil {
		return err
	}
	entries, err := c.history(profile).Read(opts.limit)
	if err != nil {
		return &historyError{profile, c.history(profile).Path(), err}
	}
	store, err := auth.NewStore(c.paths.TokenDir(), profile, auth.WithStoreClock(c.clock))
	if err != nil {
		return err
	}
	mark, cutOff := store.Mark()
	if opts.json {
		answer := historyAnswer{Profile: profile, Entries: append([]history.Entry{}, entries...)}
		if cutOff {
			answer.CutOff = &byWhom{mark.At, mark.Command, mark.PID}
		}
		return printJSON(c.out, answer)
	}
	if len(entries) > 0 {
		text := historyTable(entries, c.clock().In(zone))
		if cols := columns(c.out); cols > 0 && widest(text) > cols {
			text = historyList(entries, c.clock().In(zone), cols)
		}
		if _, err := fmt.Fprint(c.out, text); err != nil {
			return err
		}
	} else {
		c.say("Nothing is remembered of profile %s yet.", profile)
	}
	if _, ended := c.history(profile).Ended(mark.Fingerprint); cutOff && !ended { // else it was tried again
		c.say("Refresh: %s.", cutOffText(mark, refreshing(store), c.clock().In(zone)))
	}
	return nil
}

// historyProfile is the profile whose history is meant, and its time zone. It need
// not be set up: the history outlives the settings.
func (c *cli) historyProfile() (name string, zone *time.Location, err error) {
	cfg, err := c.loadConfig()
	switch {
	case err == nil:
		if p, err := cfg.Profile(); err == nil {
			return p.Name, p.Location(), nil
		}
		return cfg.Selected(), time.Local, nil
	case c.flags.profile != "" && auth.CheckProfile(c.flags.profile) == nil && c.flags.config == "":
		return c.flags.profile, time.Local, nil
	default:
		return "", nil, err
	}
}

// historyTable is the history for a person; now's zone is the one that is shown.
func historyTable(entries []history.Entry, now time.Time) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "WHEN\tWHAT\tBY\tRESULT\tREFRESH TOKEN\tNOTE")
	for _, e := range entries {
		at := e.At.In(now.Location())
		fmt.Fprintf(w, "%s (%s)\t%s\t%s\t%s\t%s\t%s\n", at.Format("2006-01-02 15:04:05"), ago(now.Sub(at)), clean(e.Action),
			starter(e.Command, e.PID), clean(e.Result), fingerprints(e), historyNote(e, now))
	}
	lines := strings.Split(flushed(w, &b), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// historyList is the history for a window that the table does not fit into.
func historyList(entries []history.Entry, now time.Time, cols int) string {
	const indent = "  "
	var b strings.Builder
	for _, e := range entries {
		at := e.At.In(now.Location())
		b.WriteString(strings.Join([]string{at.Format("2006-01-02 15:04:05"), clean(e.Action), clean(e.Result)}, indent) + "\n")
		for _, text := range []string{fingerprints(e), ago(now.Sub(at)) + ", " + starter(e.Command, e.PID), historyNote(e, now)} {
			for _, line := range wrap(text, cols-len(indent)) {
				if line != "" && line != "-" {
					b.WriteString(indent + line + "\n")
				}
			}
		}
	}
	return b.String()
}

// historyError is a history that cannot be read. No token is concerned.
type historyError struct {
	profile, path string
	error
}

func (e *historyError) Unwrap() error { return e.error }

// problem says it for a person.
func (e *historyError) problem() explain.Problem {
	cause := innermost(e.error)
	return explain.Problem{
		What:  "The history of profile " + e.profile + " cannot be read.",
		Why:   capital(sentence(cause)) + " The tokens are not affected.",
		Next:  []explain.Step{{Text: "See what is there: ls -ld " + explain.ShellWord(e.path)}},
		Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Of(e.error).Class(), Cause: cause},
	}
}

// ago is how long ago something was.
func ago(d time.Duration) string {
	switch {
	case d < time.Minute: // also by a clock that is behind Zoom's
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	default:
		return agenda.Until(d) + " ago"
	}
}

// fingerprints tells which refresh token was sent, and which one came.
func fingerprints(e history.Entry) string {
	from, to := clean(e.OldFingerprint), clean(e.NewFingerprint)
	switch {
	case from == "" && to == "" && e.AccessFingerprint != "": // Server-to-Server has no other
		return "access " + clean(e.AccessFingerprint)
	case from == "" && to == "":
		return "-"
	case to == "":
		return from
	case from == "":
		return "→ " + to
	default:
		return from + " → " + to
	}
}

// historyNote is what is unusual about an entry.
func historyNote(e history.Entry, now time.Time) string {
	var notes []string
	if !e.CutOff.IsZero() {
		notes = append(notes, "after a refresh that was cut off at "+minuteOf(e.CutOff.In(now.Location()), now))
	}
	if e.Tried != "" {
		notes = append(notes, "with the "+clean(e.Tried)+" token")
	}
	if e.Cause != "" {
		notes = append(notes, clean(e.Cause))
	}
	switch e.ScopesUnnamed {
	case history.UnnamedNow:
		notes = append(notes, "scopes not named by Zoom")
	case history.UnnamedBefore:
		notes = append(notes, "scopes named again")
	}
	changed := slices.Concat(prefixed("+", e.ScopesAdded), prefixed("-", e.ScopesRemoved))
	if len(changed) > 0 && e.OldFingerprint != "" { // with the first sign-in all are new
		notes = append(notes, "scopes "+strings.Join(changed, " "))
	}
	return strings.Join(notes, "; ")
}

// prefixed puts a sign before each scope.
func prefixed(sign string, scopes []string) []string {
	out := make([]string, len(scopes))
	for i, scope := range scopes {
		out[i] = sign + clean(scope)
	}
	return out
}
