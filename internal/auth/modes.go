package auth

import "io/fs"

// Modes of what holds tokens: nobody but the owner.
const (
	fileMode fs.FileMode = 0o600
	dirMode  fs.FileMode = 0o700
)
