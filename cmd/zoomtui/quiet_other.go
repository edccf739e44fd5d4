//go:build !linux && !darwin && !freebsd && !netbsd && !openbsd && !dragonfly

package main

import (
	"context"
	"errors"
	"os"
)

// hush is not known here: lines are read as the terminal gives them.
type hush struct{}

func quietly(*os.File, func(bool)) (*hush, error) { return nil, errors.ErrUnsupported }

func (*hush) resume(context.Context) bool { return false }

func (*hush) restore() {}
