package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/jq"
	"zoomtui/internal/params"
)

// maxInput is the largest body that is sent, in bytes: Zoom takes files elsewhere.
const maxInput = 64 << 20

// apiCall is a command line of `zoomtui api` that was understood.
type apiCall struct {
	apiOptions
	request api.Request
	address string     // scheme and host, where a whole address was given
	filter  *jq.Filter // of --jq; nil: none
}

// apiMethods are the methods of Zoom's API, and HEAD.
func apiMethods() []string { return params.Methods() }

// readCall understands the command line, so that what is wrong with it is said
// before anything is sent.
func (c *cli) readCall(cmd *cobra.Command, opts apiOptions, args []string) (apiCall, error) {
	call := apiCall{apiOptions: opts}
	steps := []func() error{
		func() error { return call.readTarget(cmd, args) },
		func() error { return call.readFlags(cmd) },
		func() error { return call.readHeaders(cmd) },
		func() error { return call.readFilter(cmd) },
		func() error { return c.readBody(cmd, &call) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return call, err
		}
	}
	return call, nil
}

// readTarget reads method and path.
func (a *apiCall) readTarget(cmd *cobra.Command, args []string) error {
	method, path, err := methodAndPath(cmd, a.method, args)
	if err != nil {
		return err
	}
	if method == "" {
		method = http.MethodGet
		if len(a.fields) > 0 || a.input != "" {
			method = http.MethodPost
		}
		if a.paginate {
			method = http.MethodGet
		}
	}
	if !params.IsMethod(method) {
		wrong := usage(cmd, "There is no method %q.", clean(method))
		wrong.why = meant(method, params.Methods()) + "."
		return wrong
	}
	a.request.Method = strings.ToUpper(method)
	a.address, a.request.Path, err = readPath(cmd, path)
	return err
}

// methodAndPath tells the arguments apart.
func methodAndPath(cmd *cobra.Command, flag string, args []string) (method, path string, err error) {
	switch {
	case len(args) == 0, len(args) == 1 && params.IsMethod(args[0]):
		wrong := usage(cmd, "Which path?")
		wrong.why = "As in: zoomtui api GET /users/me"
		return "", "", wrong
	case len(args) == 1:
		return flag, args[0], nil
	case len(args) > 2:
		wrong := usage(cmd, "There is one path, but %d words follow the method.", len(args)-1)
		wrong.why = "A path that holds & or blanks stands in quotes; fields follow -f or -F."
		return "", "", wrong
	case !params.IsMethod(args[0]) && params.IsMethod(args[1]):
		return "", "", usage(cmd, "The method stands before the path: zoomtui api %s %s", strings.ToUpper(args[1]), clean(args[0]))
	case flag != "" && !strings.EqualFold(flag, args[0]):
		return "", "", usage(cmd, "Is the method %s or %s?", clean(flag), clean(args[0]))
	}
	return args[0], args[1], nil
}

// readFlags finds flags that exclude each other.
func (a *apiCall) readFlags(cmd *cobra.Command) error {
	fromStdin := 0
	for _, f := range a.fields {
		if _, value, _ := strings.Cut(f.Text, "="); f.Typed && value == "@-" {
			fromStdin++
		}
	}
	if a.input == "-" {
		fromStdin++
	}
	switch {
	case a.paginate && a.request.Method != http.MethodGet:
		return usage(cmd, "--paginate is for GET: a %s has no pages.", a.request.Method)
	case a.paginate && a.input != "":
		return usage(cmd, "--paginate and --input exclude each other: a list is asked for without a body.")
	case a.silent && a.jq != "":
		return usage(cmd, "--silent and --jq exclude each other.")
	case fromStdin > 1:
		return usage(cmd, "Standard input can be read once only, but is asked for %d times.", fromStdin)
	}
	return nil
}

// readHeaders reads -H.
func (a *apiCall) readHeaders(cmd *cobra.Command) error {
	for _, header := range a.headers {
		name, value, ok := strings.Cut(header, ":")
		if !ok {
			wrong := usage(cmd, "A header needs a name and a value.")
			wrong.why = "As in: -H 'Accept-Language: ja'"
			return wrong
		}
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if err := api.CheckHeader(name, value); err != nil {
			return usage(cmd, "The %s.", err)
		}
		if a.request.Header == nil {
			a.request.Header = http.Header{}
		}
		a.request.Header.Add(name, value)
	}
	return nil
}

// readFilter understands --jq.
func (a *apiCall) readFilter(cmd *cobra.Command) (err error) {
	if !cmd.Flags().Changed("jq") {
		return nil
	}
	if a.filter, err = jq.Compile(a.jq, os.Environ); err != nil {
		return usage(cmd, "--jq cannot be used: %s.", err)
	}
	return nil
}

// readBody makes body and query from the fields and --input.
func (c *cli) readBody(cmd *cobra.Command, call *apiCall) (err error) {
	read := func(name string) (string, error) { return c.readFile(cmd.Context(), name) }
	if call.input != "" {
		body, err := read(call.input)
		if err != nil {
			return usage(cmd, "The body cannot be read from %s: %s.", clean(call.input), clean(innermost(err)))
		}
		call.request.Body = []byte(body)
	}
	if len(call.fields) == 0 {
		return cmd.Context().Err() // while it was waited for input
	}
	if call.input != "" || params.InQuery(call.request.Method) {
		var query string
		query, err = params.Query(call.fields, read)
		call.request.Path = params.WithQuery(call.request.Path, query)
	} else {
		call.request.Body, err = params.Object(call.fields, read)
	}
	if wrong, ok := errors.AsType[*params.Error](err); ok {
		if wrong.Err != nil {
			return usage(cmd, "The field %q cannot be read: %s.", clean(wrong.Key), clean(innermost(wrong.Err)))
		}
		return usage(cmd, "The field %q %s.", clean(wrong.Key), clean(wrong.Reason))
	}
	return errors.Join(err, cmd.Context().Err())
}

// errLargeInput is more than anybody sends.
var errLargeInput = fmt.Errorf("it is larger than %d MiB", maxInput>>20)

// readFile reads a file, or standard input for "-".
func (c *cli) readFile(ctx context.Context, name string) (string, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", fmt.Errorf("open the file: %w", err)
		}
		defer f.Close()
		data, err := io.ReadAll(io.LimitReader(f, maxInput+1))
		if err != nil {
			return "", fmt.Errorf("read the file: %w", err)
		}
		return limited(string(data))
	}
	if isTerminal(c.in) {
		c.say("Type or paste it, then press Enter and ctrl-D.")
	}
	text, err := c.readInput(ctx, maxInput+1)
	if err != nil {
		return "", err
	}
	return limited(text)
}

func limited(text string) (string, error) {
	if len(text) > maxInput {
		return "", errLargeInput
	}
	return text, nil
}
