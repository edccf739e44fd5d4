package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

// readPath reads a path as people have it at hand: /users/me, users/me, /v2/users/me,
// or a whole address, whose scheme and host are given apart. What comes out begins
// with a slash and is relative to /v2; its query is kept as it is.
func readPath(cmd *cobra.Command, text string) (address, path string, err error) {
	path, query, hasQuery := strings.Cut(strings.TrimSpace(text), "?")
	if scheme, rest, ok := strings.Cut(path, "://"); ok {
		host, below, _ := strings.Cut(rest, "/")
		address, path = strings.ToLower(scheme+"://"+host), "/"+below
	}
	if path == "" || path == "/" {
		wrong := usage(cmd, "Which path?")
		wrong.why = "As in: zoomtui api GET /users/me"
		return "", "", wrong
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if rest, ok := strings.CutPrefix(path, "/v2/"); ok {
		path = "/" + rest
	}
	path = strings.ReplaceAll(path, "{userId}", "me")
	if names := placeholders(path); len(names) > 0 {
		wrong := usage(cmd, "The path holds %s, which stands for a value of your own.", clean(strings.Join(names, " and ")))
		wrong.why = "Write the value in its place, as in /meetings/85746065432; only {userId} is known, and means me."
		return "", "", wrong
	}
	if strings.ContainsAny(path+query, " \t\n#") {
		wrong := usage(cmd, "The path holds a blank or a #, which no address has.")
		wrong.why = "Write %20 for a blank and %23 for a #; values of the query are encoded for you by -f."
		return "", "", wrong
	}
	if hasQuery && query != "" {
		path += "?" + query
	}
	return address, path, nil
}

// placeholders are the {names} of a path.
func placeholders(path string) []string {
	var names []string
	for {
		_, rest, open := strings.Cut(path, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			return names
		}
		names, path = append(names, "{"+name+"}"), after
	}
}

// checkAddress refuses a whole address that is not one of this profile's API: the
// token goes nowhere else, and a call that goes elsewhere than it says is worse than
// none. A whole address may say api.zoom.us, as Zoom's documents do, where the
// account has a host of its own.
func (o *opened) checkAddress(cmd *cobra.Command, address string) error {
	wrong, err := o.addressFault(cmd.Context(), address)
	if wrong != nil {
		wrong.command = cmd.CommandPath()
		return wrong
	}
	return err
}

// addressFault is why a whole address is refused; nil: it is not. err: the address of
// the API is not known.
func (o *opened) addressFault(ctx context.Context, address string) (wrong *usageError, err error) {
	if address == "" {
		return nil, nil
	}
	raw, err := o.source.APIBase(ctx)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(raw)
	if err != nil { // the parser's words may quote a password
		return &usageError{what: "The address of the API in the settings is none."}, nil
	}
	ours := strings.ToLower(base.Scheme + "://" + base.Host)
	if address == ours || address == "https://api.zoom.us" && strings.HasSuffix(ours, ".zoom.us") {
		return nil, nil
	}
	return &usageError{
		what: fmt.Sprintf("The address begins with %s, but the API of profile %s is %s.", clean(address), clean(o.profile.Name), clean(ours)),
		why:  "The token is sent nowhere else. Give the path alone, or choose the profile with --profile.",
	}, nil
}
