//go:build !unix

package auth

import "io/fs"

// ours takes every file for ours: who may read it is not for us to decide here.
func ours(fs.FileInfo) error { return nil }
