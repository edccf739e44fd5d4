//go:build !linux && !darwin && !freebsd && !netbsd && !openbsd && !dragonfly

package main

import (
	"errors"
	"os"
)

// quietly is not known here: lines are read as the terminal gives them.
func quietly(*os.File) (restore func(), err error) {
	return nil, errors.ErrUnsupported
}
