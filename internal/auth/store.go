package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"zoomtui/internal/atomicfile"
)

// probeSize is how much a probe writes: more than any token file, so that a full
// disk shows.
const probeSize = 16 << 10

// Store keeps the tokens of one profile in a directory:
//
//	<profile>.json        the current tokens
//	<profile>.json.prev   the generation before
//	<profile>.json.lock   the lock between processes
//	<profile>.json.begun  there while a refresh is under way, see [Mark]
//
// All of them are 0600, the directory is 0700. A Store holds nothing else; any
// number of them may stand for the same files.
type Store struct {
	dir     string
	profile string
	wait    time.Duration
	now     func() time.Time
}

// StoreOption changes a [Store].
type StoreOption func(*Store)

// WithLockWait sets how long [Store.Lock] waits for another process; 20 s
// otherwise.
func WithLockWait(d time.Duration) StoreOption { return func(s *Store) { s.wait = d } }

// WithStoreClock sets the clock that names files which are kept aside.
func WithStoreClock(now func() time.Time) StoreOption { return func(s *Store) { s.now = now } }

// NewStore gives the store of a profile in a directory, which is made when
// something is written. The error is about the name; see [CheckProfile].
func NewStore(dir, profile string, opts ...StoreOption) (*Store, error) {
	if err := CheckProfile(profile); err != nil {
		return nil, err
	}
	s := &Store{dir: filepath.Clean(dir), profile: profile, wait: lockWait, now: time.Now}
	for _, o := range opts {
		o(s)
	}
	return s, nil
}

// Path is the file of the current tokens.
func (s *Store) Path() string { return filepath.Join(s.dir, s.profile+".json") }

func (s *Store) prevPath() string { return s.Path() + ".prev" }
func (s *Store) lockPath() string { return s.Path() + ".lock" }
func (s *Store) markPath() string { return s.Path() + ".begun" }

// Load reads the current tokens, without a lock: a writer replaces the file in
// one step. Kinds of error: [ErrSignedOut] when there are none, [ErrStoreMode]
// with the chmod line in Fix, [ErrDamaged], [ErrNewer], [ErrStore].
func (s *Store) Load() (Token, error) { return s.loadFrom(s.Path()) }

// Previous reads the generation before the current one.
func (s *Store) Previous() (Token, error) { return s.loadFrom(s.prevPath()) }

func (s *Store) loadFrom(path string) (Token, error) {
	data, err := s.read(path)
	if errors.Is(err, errTooLarge) {
		return Token{}, s.unreadable(path, err)
	}
	if err != nil {
		return Token{}, s.trouble("read tokens", path, err)
	}
	t, err := parseToken(data)
	if err == nil && t.Profile != "" && t.Profile != s.profile {
		// Work.json and work.json are one file where case does not count.
		err = fmt.Errorf("damaged: it belongs to profile %s", words(t.Profile))
	}
	if err != nil {
		return Token{}, s.unreadable(path, err)
	}
	return t, nil
}

// unreadable is the error for a file whose content cannot be used. The previous
// generation is offered when it can be.
func (s *Store) unreadable(path string, err error) error {
	e := &Error{Kind: ErrDamaged, Op: "read tokens", Path: path, Cause: "the token file is " + err.Error()}
	if errors.Is(err, errNewerVersion) {
		e.Kind = ErrNewer
		return e
	}
	if path == s.Path() {
		if _, err := s.Previous(); err == nil {
			e.Fix = "cp " + quoteShell(s.prevPath()) + " " + quoteShell(path)
		}
	}
	return e
}

// errOpenToOthers is for a file that group or world may read.
var errOpenToOthers = errors.New("open to others")

// errTooLarge is for a file that cannot be a token file.
var errTooLarge = errors.New("damaged: it is far too large")

// errNotWritable is for a store in which nothing can be kept.
var errNotWritable = errors.New("the token store is not writable")

// read gives the content of a file that is regular, ours alone and not large.
func (s *Store) read(path string) ([]byte, error) {
	// Looked at before it is opened (a pipe would block) and after (that is the
	// file which is read; another may have been renamed over it in between).
	if err := atomicfile.Regular(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	defer func() { _ = f.Close() }() // only read; nothing can be lost
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, fmt.Errorf("look at open file: %w", err)
	case !info.Mode().IsRegular():
		return nil, atomicfile.ErrNotRegular
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("the file is %w (mode %04o)", errOpenToOthers, info.Mode().Perm())
	}
	data, err := io.ReadAll(io.LimitReader(f, maxTokenFile+1))
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	if len(data) > maxTokenFile {
		return nil, errTooLarge
	}
	return data, nil
}

// Probe finds out whether tokens could be kept, by writing, flushing and
// removing a file, so that Zoom is not asked for an answer that would be lost.
func (s *Store) Probe() error {
	if err := s.makeDir(); err != nil {
		return err
	}
	if err := atomicfile.Regular(s.Path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s.trouble("try the token store", s.Path(), err)
	}
	name, err := atomicfile.Temp(s.Path(), make([]byte, probeSize))
	if err == nil {
		err = os.Remove(name)
	}
	if err != nil {
		return s.trouble("try the token store", s.dir, fmt.Errorf("%w: %w", errNotWritable, err))
	}
	return nil
}

// makeDir makes the directory, or checks that others cannot put files into it.
func (s *Store) makeDir() error {
	if err := os.MkdirAll(s.dir, dirMode); err != nil {
		return s.trouble("make token directory", s.dir, fmt.Errorf("%w: %w", errNotWritable, err))
	}
	info, err := os.Stat(s.dir)
	if err != nil {
		return s.trouble("look at token directory", s.dir, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return &Error{
			Kind: ErrStoreMode, Op: "look at token directory", Path: s.dir,
			Cause: fmt.Sprintf("the directory is open to others for writing (mode %04o)", info.Mode().Perm()),
			Fix:   "chmod 700 " + quoteShell(s.dir),
		}
	}
	return nil
}

// trouble is the error for a file that could not be read or written.
func (s *Store) trouble(op, path string, err error) error {
	e := &Error{Kind: ErrStore, Op: op, Path: path, Cause: words(bare(err)), Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist) && (path == s.Path() || path == s.prevPath()):
		e.Kind, e.Cause = ErrSignedOut, "no sign-in is stored for profile "+s.profile
	case errors.Is(err, errOpenToOthers):
		e.Kind, e.Fix = ErrStoreMode, "chmod 600 "+quoteShell(path)
	case errors.Is(err, atomicfile.ErrNotRegular):
		e.Cause = "it is not a regular file (a link, a directory or a pipe), so it is neither read nor replaced"
	case errors.Is(err, fs.ErrPermission):
		e.Fix = s.rightsFix(path)
	}
	return e
}

// rightsFix is the line that gives the owner back the rights that are missing;
// empty when they are all there, and something else is in the way.
func (s *Store) rightsFix(path string) string {
	if info, err := os.Stat(s.dir); err == nil && info.IsDir() && info.Mode().Perm()&dirMode != dirMode {
		return "chmod 700 " + quoteShell(s.dir)
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&fileMode != fileMode {
		return "chmod 600 " + quoteShell(path)
	}
	return ""
}

// bare is the text of an error without the paths that package os puts in: the
// path is a field of its own, and that of a temporary file helps nobody.
func bare(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return strings.Replace(err.Error(), path.Error(), path.Op+": "+path.Err.Error(), 1)
	}
	return err.Error()
}

// quoteShell quotes a path for a POSIX shell if it needs that.
func quoteShell(path string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+:@%", r)
	}
	if path != "" && strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// SaveSignIn stores the tokens of a new sign-in: generation 1, signed in now.
// It gives what was stored and the tokens that were there before (the zero
// Token when there were none). A damaged file is kept aside under another name.
func (s *Store) SaveSignIn(ctx context.Context, t Token) (stored, before Token, err error) {
	held, err := s.Lock(ctx)
	if err != nil {
		return Token{}, Token{}, err
	}
	defer held.release()
	return held.SaveSignIn(t)
}

// Delete removes the profile's tokens under the lock; see [Held.Delete].
func (s *Store) Delete(ctx context.Context) (gone []string, err error) {
	held, err := s.Lock(ctx)
	if err != nil {
		return nil, err
	}
	defer held.release()
	return held.Delete()
}
