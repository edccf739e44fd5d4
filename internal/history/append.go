package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"zoomtui/internal/atomicfile"
)

// How much a history holds: it is shortened to the newest keep lines when there
// are more than most of them.
const (
	keep = 1000
	most = 1200
)

const (
	lockWait = 5 * time.Second // for a process that shortens the history, which takes some milliseconds
	lockPoll = 5 * time.Millisecond

	fileMode fs.FileMode = 0o600
	dirMode  fs.FileMode = 0o700
)

// errLocked is for a history that another process holds too long.
var errLocked = errors.New("another program holds it too long")

// Append adds an entry, as one write to the end of the file. A path that is there
// and is no regular file is refused with [atomicfile.ErrNotRegular]. A history
// that cannot be written must not cost a token: callers tell the error, if at all,
// beside their answer. Nothing is flushed to disk: the newest lines may be lost
// with the power.
func (l *Log) Append(e Entry) (err error) {
	line, err := encode(e)
	if err != nil {
		return err
	}
	// Appenders do not wait for each other: the system puts each write at the end.
	// They wait for one that shortens the file, because who had it open then would
	// write into the one that is replaced.
	lock, err := l.lock()
	if err != nil {
		return err
	}
	lines, err := l.write(line)
	if err = errors.Join(err, lock.Unlock()); err != nil || lines <= most {
		return err
	}
	alone, err := lock.TryLock()
	if err != nil || !alone {
		return err // somebody appends at this moment, and shortens it if we do not
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	return l.shorten()
}

// lock is the right to append, which any number of processes can have at once, but
// not while one of them has the lock alone.
func (l *Log) lock() (*flock.Flock, error) {
	if err := os.MkdirAll(filepath.Dir(l.path), dirMode); err != nil {
		return nil, l.wrap("make history directory", err)
	}
	if err := atomicfile.Regular(l.lockPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, l.wrap("lock history", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	lock := flock.New(l.lockPath(), flock.SetPermissions(fileMode))
	held, err := lock.TryRLockContext(ctx, lockPoll)
	switch {
	case held && err == nil:
		return lock, nil
	case ctx.Err() != nil:
		return nil, l.wrap("lock history", errLocked)
	default:
		return nil, l.wrap("lock history", err)
	}
}

// write puts a line at the end, in one write, and gives how many there are then.
// The caller holds the lock.
func (l *Log) write(line []byte) (lines int, err error) {
	if err := atomicfile.Regular(l.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, l.wrap("write history", err)
	}
	f, err := os.OpenFile(l.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, fileMode)
	if err != nil {
		return 0, l.wrap("write history", err)
	}
	defer func() {
		if closed := f.Close(); err == nil && closed != nil {
			err = l.wrap("write history", closed)
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return 0, l.wrap("write history", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		if err := f.Chmod(fileMode); err != nil {
			return 0, l.wrap("close history to others", err)
		}
	}
	size := info.Size()
	if cutShort(f, size) {
		line = slices.Concat([]byte{'\n'}, line)
	}
	if _, err := f.Write(line); err != nil {
		return 0, l.wrap("write history", err) // a part of the line costs itself only
	}
	return countLines(f)
}

// cutShort tells that the last line has no end: its writer was killed, or the disk
// was full. A line that is being written may look like that, and costs an empty one.
func cutShort(f *os.File, size int64) bool {
	var last [1]byte
	_, err := f.ReadAt(last[:], max(0, size-1))
	return err == nil && last[0] != '\n'
}

// countLines counts the lines of a file that is not too large, and is past
// counting for one that is.
func countLines(f *os.File) (int, error) {
	data, err := io.ReadAll(io.NewSectionReader(f, 0, maxFile))
	if err != nil {
		return 0, fmt.Errorf("count history: %w", err)
	}
	if len(data) == maxFile {
		return most + 1, nil
	}
	return bytes.Count(data, []byte{'\n'}), nil
}

// shorten keeps the newest lines that can be read, as they are: another version
// of this program may have written more into them. The caller holds the lock alone.
func (l *Log) shorten() error {
	var lines [][]byte
	for line, err := range l.newestFirst() {
		if err != nil {
			return err
		}
		if _, ok := decode(line); ok {
			lines = append(lines, append(slices.Clone(line), '\n'))
		}
		if len(lines) == keep {
			break
		}
	}
	slices.Reverse(lines)
	if err := atomicfile.Write(l.path, slices.Concat(lines...), nil); err != nil {
		return l.wrap("shorten history", err)
	}
	for _, left := range atomicfile.Leftovers(l.path) {
		_ = os.Remove(left) // of one that was killed while it shortened; the next one tries again
	}
	return nil
}
