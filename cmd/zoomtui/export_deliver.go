package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/spf13/cobra"

	"zoomtui/internal/config"
)

// errUnknownArrival means that an export was written and that nobody knows whether
// it was read.
var errUnknownArrival = errors.New("nobody knows whether it was read")

// errNotRead means that an export was surely not read.
var errNotRead = errors.New("the other end of the pipe ended without reading it")

// destination is where an export goes.
type destination struct {
	to   io.Writer
	made string // the file that was made for it; "" for standard output
}

// destination opens where the export goes, before anything is marked. Tokens are
// not written where others could read them.
func (c *cli) destination(cmd *cobra.Command, path string) (destination, error) {
	if path != "" {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			return destination{}, usage(cmd, "There is a file %s already, and it is not overwritten.", clean(path))
		}
		if err != nil {
			return destination{}, &config.Error{What: "--output: " + err.Error(), Err: err}
		}
		return destination{f, path}, nil
	}
	f, ok := c.out.(*os.File)
	if !ok {
		return destination{to: c.out}, nil
	}
	const remedy = "Pipe it to the other machine: zoomtui export --move | ssh HOST zoomtui import. Or into a file that only you can read: zoomtui export --move --output FILE"
	info, err := f.Stat()
	switch {
	case isTerminal(f):
		wrong := usage(cmd, "The tokens would stand on the screen, so nothing was exported.")
		wrong.why = remedy
		return destination{}, wrong
	case err == nil && isNowhere(info):
		wrong := usage(cmd, "Standard output leads nowhere (%s, or it is closed), so nothing was exported.", os.DevNull)
		wrong.why = remedy
		return destination{}, wrong
	case err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows":
		wrong := usage(cmd, "Others could read the file that standard output leads to (mode %04o), so nothing was exported.", info.Mode().Perm())
		wrong.why = remedy
		return destination{}, wrong
	}
	return destination{to: f}, nil
}

// isNowhere tells the null device, which also stands in for a closed stream.
func isNowhere(info fs.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(info, null)
}

// deliver writes the export. On return it is on disk, or was read by whoever is at
// the other end of the pipe, as far as this system can tell.
func (d destination) deliver(ctx context.Context, data []byte) error {
	// A reader that is gone is a failed write, and not the end of this program in
	// the middle of a move.
	signal.Ignore(syscall.SIGPIPE)
	written := make(chan error, 1)
	go func() {
		_, err := d.to.Write(data)
		written <- err
	}()
	select {
	case err := <-written:
		if err != nil {
			return fmt.Errorf("it could not be written: %s", innermost(err))
		}
	case <-d.interrupted(ctx): // a pipe may be full, and nobody read it
		return errUnknownArrival
	}
	f, ok := d.to.(*os.File)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	switch {
	case err == nil && info.Mode()&fs.ModeNamedPipe != 0:
		return awaitReader(ctx, f)
	case err == nil && info.Mode().IsRegular():
		err = f.Sync()
	}
	if d.made != "" && err == nil {
		err = f.Close()
	}
	if err != nil {
		return fmt.Errorf("it could not be written: %s", innermost(err))
	}
	return nil
}

// interrupted is done when the writing need not be awaited any more: that of a file
// of our own always ends by itself.
func (d destination) interrupted(ctx context.Context) <-chan struct{} {
	if d.made != "" {
		return nil
	}
	return ctx.Done()
}

// abandon takes away the file that was made.
func (d destination) abandon() error {
	if d.made == "" {
		return nil
	}
	if f, ok := d.to.(io.Closer); ok {
		_ = f.Close() // it is empty, or its content is not wanted
	}
	if err := os.Remove(d.made); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the unfinished export: %w", err)
	}
	return nil
}
