//go:build unix

package auth

import (
	"io/fs"
	"os"
	"syscall"
)

// ours refuses what belongs to another user. That holds for root too, who could
// read and write it: what root writes there, its owner could no longer use.
func ours(info fs.FileInfo) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if self := os.Geteuid(); ok && self >= 0 && stat.Uid != uint32(self) {
		return &foreign{owner: stat.Uid, self: uint32(self)}
	}
	return nil
}
