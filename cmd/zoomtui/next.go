package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
)

// barTitle is how many cells of a title a bar gets, if nothing else is said.
const barTitle = 30

// nextOptions are the flags of `zoomtui next`.
type nextOptions struct {
	format         string
	max            int // cells of the title; 0: as the format has it
	privacy, today bool
	template       *agenda.Template // of a format that is none of [nextFormats]
}

// nextFormats are the formats that have a name.
func nextFormats() []string { return []string{"plain", "json", "waybar", "tmux", "polybar"} }

// bar tells a format that is drawn by a program which hides a line whose command
// fails: there the state is part of the text, and the exit code always 0.
func (o nextOptions) bar() bool {
	return slices.Contains([]string{"waybar", "tmux", "polybar"}, o.format)
}

func newNext(c *cli) *cobra.Command {
	var opts nextOptions
	cmd := &cobra.Command{
		Use:   "next",
		Short: "Print the next meeting, from the cache, for status lines",
		Long: `Prints the meeting that is running or comes next. Zoom is not asked and nothing is
waited for: it is told from what the dashboard has kept, which renews it every five
minutes. After 12 hours that counts as stale.

  zoomtui next
  zoomtui next --format '{in} {title}'
  waybar   "custom/zoom": {"exec": "zoomtui next --format waybar", "return-type": "json", "interval": 30}
  tmux     set -g status-right '#(zoomtui next --format tmux)'
  polybar  exec = zoomtui next --format polybar

A template may hold {in} {start} {title} {join_url} {minutes}; {{ and }} are braces.

Exit codes: 0 there is a meeting, 10 there is none, 3 a human must sign in. For waybar,
tmux and polybar always 0; they show the state in the text.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := opts.check(cmd); err != nil {
				return err
			}
			if opts.format == "json" {
				c.errors = asJSON
			}
			return c.printNext(opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.format, "format", "plain", "`FORMAT`: "+strings.Join(nextFormats(), ", ")+", or a template")
	flags.IntVar(&opts.max, "max", 0, "cut the title to `N` cells (default: 30 for waybar, tmux and polybar, else whole)")
	flags.BoolVar(&opts.privacy, "privacy", false, "hide what the meeting is: no title, no link")
	flags.BoolVar(&opts.today, "today", false, "only meetings of today")
	complete(cmd, "format", nextFormats())
	return cmd
}

// check finds what is wrong with the flags, and settles what they leave open.
func (o *nextOptions) check(cmd *cobra.Command) error {
	if cmd.Flags().Changed("max") && o.max < 1 {
		return usage(cmd, "--max is a number of cells, at least 1.")
	}
	if o.bar() && o.max == 0 {
		o.max = barTitle
	}
	if slices.Contains(nextFormats(), o.format) {
		return nil
	}
	if !strings.ContainsAny(o.format, "{}") {
		wrong := usage(cmd, "There is no format %q.", o.format)
		wrong.why = meant(o.format, nextFormats()) + ", or a template such as '{in} {title}'."
		return wrong
	}
	template, err := agenda.ParseTemplate(o.format)
	if unknown, ok := errors.AsType[*agenda.UnknownField](err); ok {
		wrong := usage(cmd, "There is no field {%s}.", clean(unknown.Name))
		wrong.why = meant("{"+unknown.Name+"}", bracedFields()) + "."
		return wrong
	}
	if err != nil {
		return usage(cmd, "The template cannot be used: %s.", err)
	}
	o.template = &template
	return nil
}

// bracedFields are the fields of a template as they stand in one.
func bracedFields() []string {
	var fields []string
	for _, name := range agenda.Fields() {
		fields = append(fields, "{"+name+"}")
	}
	return fields
}

// printNext prints the line, and gives the exit code of the format.
func (c *cli) printNext(opts nextOptions) error {
	n, err := c.next(opts)
	if err != nil {
		return c.barFailed(opts, err)
	}
	switch {
	case opts.template != nil:
		err = c.printLine(opts.template.Expand(n.line))
	case opts.format == "json":
		err = printJSON(c.out, n.json(opts))
	case opts.format == "waybar":
		err = printEvent(c.out, n.line.Waybar())
	case opts.format == "tmux":
		_, err = fmt.Fprintln(c.out, n.line.Tmux())
	case opts.format == "polybar":
		_, err = fmt.Fprintln(c.out, n.line.Polybar())
	default:
		err = c.printLine(n.line.Plain())
	}
	if err != nil || opts.bar() {
		return err
	}
	return c.nextResult(n, opts)
}

// printLine prints a line that is there.
func (c *cli) printLine(line string) error {
	if line == "" {
		return nil
	}
	_, err := fmt.Fprintln(c.out, line)
	return err
}

// nextResult gives the exit code, and says on stderr what the line does not.
func (c *cli) nextResult(n nextMeeting, opts nextOptions) error {
	told := opts.format == "json" // there it stands in the answer
	switch {
	case n.line.State == agenda.SignedOut && !told:
		return n.why
	case n.line.State == agenda.SignedOut:
		return quiet{explain.SignIn}
	case !told:
		c.sayNext(n, opts)
	}
	if n.line.Meeting == nil {
		return quiet{explain.Empty}
	}
	return nil
}

// sayNext says how far the answer can be trusted, and why there is none.
func (c *cli) sayNext(n nextMeeting, opts nextOptions) {
	l := n.line
	switch {
	case l.State == agenda.Stale && l.AsOf.IsZero():
		c.say("Nothing is known of the meetings of profile %s yet. Open the dashboard once, it asks Zoom and keeps the answer: zoomtui", clean(n.profile))
	case l.State == agenda.Stale:
		c.say("What is known is of %s. Open the dashboard, it asks Zoom again: zoomtui", l.AsOf.In(l.Viewer.Zone).Format("Mon 2 Jan 15:04"))
	case l.Meeting == nil && opts.today:
		c.say("No meeting is coming up today.")
	case l.Meeting == nil:
		c.say("No meeting is coming up.")
	}
	if l.Note != "" {
		c.say("%s", l.Note)
	}
}

// barFailed keeps a bar from hiding the line: what is wrong is told on stderr,
// where bars keep their log, and the line leads there.
func (c *cli) barFailed(opts nextOptions, failed error) error {
	if !opts.bar() {
		return failed
	}
	if err := c.tell(c.problem(failed)); err != nil {
		return err
	}
	const text = "Zoom: see zoomtui status"
	if opts.format == "waybar" {
		return printEvent(c.out, agenda.Waybar{Text: text, Alt: string(agenda.SignedOut), Tooltip: text, Class: agenda.SignedOut})
	}
	_, err := fmt.Fprintln(c.out, text)
	return err
}
