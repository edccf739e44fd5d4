package auth

import "golang.org/x/sys/unix"

// stuck finds what keeps a file from being replaced though its directory can be
// written: it is mounted by itself, as containers are given single files, or marked
// with chattr. Systems that cannot tell say nothing.
// Source: statx(2)
func stuck(path string) error {
	var info unix.Statx_t
	if err := unix.Statx(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW, 0, &info); err != nil {
		return nil
	}
	switch {
	case info.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0:
		return errMounted
	case info.Attributes&(unix.STATX_ATTR_IMMUTABLE|unix.STATX_ATTR_APPEND) != 0:
		return errMarked
	}
	return nil
}
