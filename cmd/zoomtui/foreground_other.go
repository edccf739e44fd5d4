//go:build !unix

package main

import "os"

// inForeground tells whether this process may read its terminal; there is no job
// control here that could forbid it.
func inForeground(*os.File) bool { return true }
