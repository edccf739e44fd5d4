package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

// maxExplained is how much of standard input is read, in bytes.
const maxExplained = 64 << 10

func newExplain(c *cli) *cobra.Command {
	var json bool
	cmd := &cobra.Command{
		Use:   "explain [TEXT|-]",
		Short: "Explain an error of Zoom's in plain words, offline",
		Long: `Says what an error means, why it happens and what to do. TEXT is what the browser or
Zoom has said: a number (4,700), JSON, a whole page, or plain words; - reads it from
standard input. Nobody is asked for anything.

For an answer about a missing scope, and for a text that names a call of the API (a
curl line with the answer below it), the verdict follows: which ONE of the scopes fits
the app of the selected profile, what the token has, and what to do. Without a profile
it says which one is for which kind of app.

Without a text it lists the errors that Zoom shows in the browser only, with the
return address of the selected profile.

Exit codes: 0 the error, or the call, is known, 10 it is not.`,
		Example: `  zoomtui explain 4,700
  zoomtui explain 'Invalid client_id (4,702)'
  zoomtui explain '{"code":4711,"message":"… does not contain scopes:[user:read:user]."}'
  curl … | zoomtui explain -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if json {
				c.errors = asJSON
			}
			text, err := c.toExplain(cmd.Context(), args)
			if err != nil {
				return err
			}
			switch {
			case strings.TrimSpace(text) != "":
				return c.explain(text, json)
			case len(args) == 0:
				return c.listBrowserErrors(json)
			}
			wrong := usage(cmd, "What is to be explained?")
			wrong.why = "A number, a message or a whole answer of Zoom's."
			return wrong
		},
	}
	cmd.Flags().BoolVar(&json, "json", false, "print JSON")
	return cmd
}

// toExplain gives the text: the arguments, or standard input for - and where
// something is piped in.
func (c *cli) toExplain(ctx context.Context, args []string) (string, error) {
	switch {
	case len(args) == 1 && args[0] == "-":
	case len(args) > 0:
		return strings.Join(args, " "), nil
	case isTerminal(c.in):
		return "", nil
	}
	if isTerminal(c.in) {
		c.say("Paste the text, then press Enter and ctrl-D.")
	}
	return c.readInput(ctx, maxExplained)
}

// readInput reads standard input up to a limit in bytes, or until ctx ends.
func (c *cli) readInput(ctx context.Context, limit int64) (string, error) {
	type read struct {
		text []byte
		err  error
	}
	done := make(chan read, 1)
	go func() {
		text, err := io.ReadAll(io.LimitReader(c.in, limit))
		done <- read{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-done:
		if r.err != nil {
			return "", fmt.Errorf("read standard input: %w", r.err)
		}
		return string(r.text), nil
	}
}

// explain explains one text.
func (c *cli) explain(text string, json bool) error {
	e := c.explained(text)
	var err error
	if json {
		answer := map[string]any{"error": c.errorJSON(e.problem)}
		if e.verdict != nil {
			answer["verdict"] = verdictJSON(*e.verdict, c.flags.profile)
		}
		err = printJSON(c.out, answer)
	} else {
		err = c.writeExplained(e)
	}
	if err == nil && !e.found() {
		err = quiet{explain.Empty}
	}
	return err
}

// browserErrorJSON is one of the errors that only the browser shows.
type browserErrorJSON struct {
	Title string      `json:"title"`
	Says  string      `json:"says"`
	Error problemJSON `json:"error"`
}

// listBrowserErrors prints what Zoom shows in the browser only, so that a person
// who cannot copy it finds it here.
func (c *cli) listBrowserErrors(json bool) error {
	redirect := c.ourRedirect()
	list := explain.Browser(redirect)
	if json {
		var out []browserErrorJSON
		for _, e := range list {
			out = append(out, browserErrorJSON{e.Title, e.Says, errorJSON(e.Problem)})
		}
		return printJSON(c.out, map[string]any{"redirect_uri": redirect, "browser_errors": out})
	}
	if _, err := fmt.Fprintf(c.out, "What the browser may show during a sign-in. The program never hears of it.\nOur return address: %s\n", clean(redirect)); err != nil {
		return err
	}
	for _, e := range list {
		if _, err := fmt.Fprintf(c.out, "\n%q\n", clean(e.Says)); err != nil {
			return err
		}
		e.Problem.Facts = explain.Facts{} // its line of facts would repeat the words above
		if err := c.write(c.out, "", e.Problem); err != nil {
			return err
		}
	}
	return nil
}

// ourRedirect is the return address of the selected profile, as it is sent to
// Zoom; the default one where there is no profile.
func (c *cli) ourRedirect() string {
	cfg, err := c.loadConfig()
	if err == nil {
		var p config.Profile
		if p, err = cfg.Profile(); err == nil {
			return p.RedirectURI
		}
	}
	if !errors.Is(err, config.ErrNoApp) {
		c.say("The settings cannot be read, so the return address that is shown is the default one: %s", clean(err.Error()))
	}
	return auth.DefaultRedirectURI
}
