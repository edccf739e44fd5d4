//go:build unix

package doctor

import (
	"io/fs"
	"syscall"
)

// ownerOf is the user id of a file's owner; -1 when it is not told.
func ownerOf(info fs.FileInfo) int {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Uid)
	}
	return -1
}
