package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/params"
)

// readPath reads a path as people have it at hand, or a whole address, whose scheme
// and host are given apart. {userId} is "me"; other names in braces are refused.
func readPath(cmd *cobra.Command, text string) (address, path string, err error) {
	t, err := params.ReadTarget(text)
	if wrong, ok := errors.AsType[*params.TargetError](err); ok {
		told := usage(cmd, "%s", wrong.What)
		told.why = wrong.Why
		return "", "", told
	}
	t.Path = strings.ReplaceAll(t.Path, "{userId}", "me")
	if names := params.Names(t.Path); len(names) > 0 {
		wrong := usage(cmd, "The path holds {%s}, which stands for a value of your own.", clean(strings.Join(names, "} and {")))
		wrong.why = "Write the value in its place, as in /meetings/85746065432; only {userId} is known, and means me."
		return "", "", wrong
	}
	return t.Address, t.String(), nil
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
