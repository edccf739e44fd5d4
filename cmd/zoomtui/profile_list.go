package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

func newProfileList(c *cli) *cobra.Command {
	var json bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the profiles, and who is signed in with each",
		Long: `Shows what is known on this machine; Zoom is not asked. * marks the default.

Exit code 10: there is none.`,
		Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(*cobra.Command, []string) error {
			if json {
				c.errors = asJSON
			}
			return c.listProfiles(json)
		},
	}
	cmd.Flags().BoolVar(&json, "json", false, "print a JSON array")
	return cmd
}

// profileRow is one profile in the list.
type profileRow struct {
	Name         string   `json:"name"`
	Default      bool     `json:"default"`  // meant when none is named
	Selected     bool     `json:"selected"` // meant here, by flag, environment or default
	Kind         string   `json:"kind"`
	ClientID     string   `json:"client_id"`
	SignedIn     bool     `json:"signed_in"`
	User         userJSON `json:"user"`
	Trouble      string   `json:"trouble"` // why it cannot be used; empty: it can
	SameClientID []string `json:"same_client_id"`
	State        string   `json:"state"` // of the sign-in, as in status --json; empty: it cannot be read

	ended, moved, ends time.Time // when the sign-in ended or was moved, and when it ends by the estimate
}

func (c *cli) listProfiles(json bool) error {
	cfg, err := c.loadConfig()
	if err != nil {
		return err
	}
	rows := c.profileRows(cfg)
	if json {
		err = printJSON(c.out, rows)
	} else if len(rows) > 0 {
		_, err = fmt.Fprint(c.out, profileTable(rows))
	}
	switch {
	case err != nil:
		return err
	case len(rows) == 0 && !json:
		c.say("No Zoom app is set up yet: zoomtui profile add")
	}
	if len(rows) == 0 {
		return quiet{explain.Empty}
	}
	c.warnSameClient(rows)
	return nil
}

// profileRows are all profiles, sorted by name, with what is known here of each.
func (c *cli) profileRows(cfg *config.Config) []profileRow {
	rows := []profileRow{}
	for _, name := range cfg.Names() {
		row := profileRow{Name: name, Default: name == cfg.Default(), Selected: name == cfg.Selected(), SameClientID: []string{}}
		p, err := cfg.Named(name)
		if err != nil {
			entry, _ := cfg.InFile(name)
			row.Kind, row.ClientID, row.Trouble = entry.Kind, entry.ClientID, clean(err.Error())
			rows = append(rows, row)
			continue
		}
		row.Kind, row.ClientID = string(p.Kind), p.ClientID
		row.SameClientID = append(row.SameClientID, sameClient(cfg, p)...)
		row.judge(c, p)
		if known, ok := readCache[api.User](cache{c.paths.ProfileCache(name)}, cacheUser); ok && row.SignedIn {
			u := known.Value
			row.User = userJSON{u.ID, u.Email, u.DisplayName, u.AccountID}
		}
		rows = append(rows, row)
	}
	return rows
}

// judge finds out where the sign-in of the profile stands, as `status` does.
func (r *profileRow) judge(c *cli, p config.Profile) {
	store, err := c.tokenStore(p)
	var s standing
	if err == nil {
		t, failed := store.Peek() // a keyring that is locked would be waited for with each profile
		s, err = c.standingOf(p, store, t, failed)
	}
	if err != nil {
		p := explain.Of(err)
		r.Trouble = clean(p.What)
		if len(p.Next) > 0 {
			r.Trouble += " " + clean(stepText(p.Next[0], r.Name))
		}
		return
	}
	r.SignedIn, r.State, r.moved, r.ends = s.signedIn(), s.state, s.token.MovedAt, s.ends()
	if r.State == signInEnded {
		r.ended = r.ends
		if !s.refuse.At.IsZero() {
			r.ended = s.refuse.At
		}
	}
}

// profileTable is the list for a person.
func profileTable(rows []profileRow) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "  NAME\tKIND\tCLIENT ID\tSIGNED IN\tNOTE")
	for _, r := range rows {
		mark := " "
		if r.Default {
			mark = "*"
		}
		fmt.Fprintf(w, "%s %s\t%s\t%s\t%s\t%s\n", mark, r.Name, clean(r.Kind), "…"+clean(tail(r.ClientID)), clean(r.who()), r.note())
	}
	lines := strings.Split(flushed(w, &b), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// who is signed in, as far as it is known here.
func (r profileRow) who() string {
	switch {
	case r.State == signInMoved || r.State == signInEnded:
		return r.State
	case r.Trouble != "":
		return "?"
	case !r.SignedIn:
		return "no"
	case r.Kind == string(auth.S2S):
		return "not needed"
	case r.User.Email != "":
		return r.User.Email
	case r.User.DisplayName != "":
		return r.User.DisplayName
	default:
		return "yes"
	}
}

func (r profileRow) note() string {
	switch {
	case r.Trouble != "":
		return r.Trouble
	case r.State == signInEndsSoon:
		return "ends about " + r.ends.Format(time.DateOnly) + ": " + forProfile("zoomtui keepalive", r.Name)
	case r.State == signInMoved:
		return "on " + r.moved.Format(time.DateOnly) + ", to another machine"
	case r.State == signInEnded:
		return "since " + r.ended.Format(time.DateOnly) + ": " + forProfile("zoomtui login", r.Name)
	case len(r.SameClientID) > 0:
		return "same client id as " + strings.Join(r.SameClientID, ", ")
	case r.Selected && !r.Default:
		return "chosen here"
	default:
		return ""
	}
}

// warnSameClient says once what it means that profiles share a client id.
func (c *cli) warnSameClient(rows []profileRow) {
	for _, r := range rows {
		if len(r.SameClientID) > 0 {
			c.say("Profiles with the same client id end each other's sign-in: at Zoom the newest one counts. Give each an app of its own.")
			return
		}
	}
}
