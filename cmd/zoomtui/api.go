package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/params"
)

// apiOptions are the flags of `zoomtui api`.
type apiOptions struct {
	method                    string
	fields                    []params.Field // of -f and -F, in their order
	headers                   []string
	input, jq                 string
	include, paginate, silent bool
	json                      bool
}

const apiHelp = `Makes one call of Zoom's REST API with the token of the profile and prints the answer
as it came: whole, secrets that stand in it included. On a terminal, JSON is laid out.
Without a method it is GET, or POST when there are fields. The call is made without a
question, and never made again when it fails.

PATH is /users/me, with or without the slash and /v2 before it, or a whole address of
this profile's API. {userId} stands for me. Parts are written as they are sent: an id of
a meeting that begins with / or holds // is encoded twice (/ is %252F).

Fields are the body as JSON; for GET, HEAD and DELETE, and beside --input, they are the
query. -F makes true, false, null and whole numbers what they look like, and reads @FILE
or @- (standard input); -f is always text. Nested: settings[waiting_room]=true, ids[]=1,
members[][email]=a@example.com (the next email begins the next member).

--paginate reads a list to its end (next_page_token, or page_number) and prints one
object with all entries; when a page fails, what was printed is left without its end.
--jq prints texts raw, one a line. --json concerns errors only.`

const apiExamples = `  zoomtui api /users/me
  zoomtui api /users/me/meetings -F page_size=300 --paginate --jq '.meetings[].topic'
  zoomtui api POST /users/me/meetings -f topic=Review -F duration=30 -F type=2 -F 'settings[waiting_room]=true'
  zoomtui api PATCH /meetings/85746065432 --input changes.json
  zoomtui api DELETE /meetings/85746065432 -F cancel_meeting_reminder=true
  zoomtui api /users/me --include --silent`

// newAPI makes one call of the REST API.
func newAPI(c *cli) *cobra.Command {
	var opts apiOptions
	cmd := &cobra.Command{
		Use:     "api [METHOD] PATH",
		Short:   "Make one call of Zoom's API, as gh api does",
		Long:    apiHelp + "\n\n" + apiExits,
		Example: apiExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			if opts.json {
				c.errors = asJSON
			}
			call, err := c.readCall(cmd, opts, args)
			if err != nil {
				return err
			}
			return c.makeCall(cmd, call)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
			return c.completeCall(opts.method, args, start), cobra.ShellCompDirectiveNoFileComp
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&opts.method, "method", "X", "", "`METHOD` of the call, in place of the argument")
	flags.VarP(fieldFlag{&opts.fields, false}, "raw-field", "f", "a field whose value is a text, as `KEY=VALUE`")
	flags.VarP(fieldFlag{&opts.fields, true}, "field", "F", "a field whose value has a type, or is @FILE, as `KEY=VALUE`")
	flags.StringVar(&opts.input, "input", "", "send the content of `FILE` as the body; - is standard input")
	flags.StringArrayVarP(&opts.headers, "header", "H", nil, "send a header, as `'NAME: VALUE'`")
	flags.BoolVarP(&opts.include, "include", "i", false, "print the status and the headers of the answer first (cookies hidden)")
	flags.BoolVar(&opts.paginate, "paginate", false, "read all pages of a list and join them")
	flags.StringVarP(&opts.jq, "jq", "q", "", "print what the jq `EXPRESSION` makes of the answer")
	flags.BoolVar(&opts.silent, "silent", false, "do not print the body")
	flags.BoolVar(&opts.json, "json", false, "print an error as JSON on stdout, in place of Zoom's answer")
	complete(cmd, "method", params.Methods())
	_ = cmd.MarkFlagFilename("input") // fails for an unknown flag only
	return cmd
}

const apiExits = `Exit codes: 0 Zoom has done it, 2 wrong use, or a path or value that Zoom does not know,
3 a human must sign in, 4 a scope, a role or a plan is missing, 5 Zoom cannot be reached,
6 wait, 1 Zoom has refused it otherwise. Zoom's own answer is on stdout in any case.`

// fieldFlag adds a field each time it is given.
type fieldFlag struct {
	list  *[]params.Field
	typed bool
}

// Set implements pflag.Value.
func (f fieldFlag) Set(text string) error {
	*f.list = append(*f.list, params.Field{Text: text, Typed: f.typed})
	return nil
}

// String is the default: there is none.
func (f fieldFlag) String() string { return "" }

// Type implements pflag.Value.
func (f fieldFlag) Type() string { return "KEY=VALUE" }

// makeCall makes the call and prints the answer.
func (c *cli) makeCall(cmd *cobra.Command, call apiCall) (err error) {
	o, err := c.open("api")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	ctx := cmd.Context()
	if err := o.checkAddress(cmd, call.address); err != nil {
		return err
	}
	out := apiOutput{cli: c, cmd: cmd, call: call, out: c.out, terminal: isTerminal(c.out)}
	if call.paginate {
		return out.pages(ctx, o.client())
	}
	return out.one(ctx, o.client())
}

// one makes a call that has one answer.
func (o apiOutput) one(ctx context.Context, client *api.Client) error {
	a, err := client.Open(ctx, o.call.request)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	return o.answer(ctx, a, client.Check(a))
}
