package main

import (
	"context"
	"os"

	"golang.org/x/sys/unix"
)

// readerPoll is how often a pipe is looked at, in milliseconds.
const readerPoll = 20

// awaitReader waits until what was written into a pipe has been read, for as long
// as there is somebody to read it: ssh reads nothing before it is connected, and
// if it never is, the sign-in must not be gone (pipe(7), poll(2)).
func awaitReader(ctx context.Context, pipe *os.File) error {
	fd := int(pipe.Fd())
	for {
		left, err := unix.IoctlGetInt(fd, unix.TIOCINQ) // FIONREAD
		if err != nil || left == 0 {
			return nil // read, or not to be found out
		}
		ends := []unix.PollFd{{Fd: int32(fd)}}
		if _, err := unix.Poll(ends, readerPoll); err == nil && ends[0].Revents&unix.POLLERR != 0 {
			if left, err := unix.IoctlGetInt(fd, unix.TIOCINQ); err == nil && left > 0 {
				return errNotRead
			}
			return nil
		}
		if ctx.Err() != nil {
			return errUnknownArrival
		}
	}
}
