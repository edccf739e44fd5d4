package auth

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"zoomtui/internal/atomicfile"
	"zoomtui/internal/explain"
)

// The operations at the store that its errors tell apart.
const (
	opProbe  = "try the token store" // before Zoom is asked
	opLogout = "prepare the logout"  // before Zoom is told of it
	opSave   = "save tokens"         // after Zoom has answered
	opLock   = "lock tokens"
)

var (
	// errOpenToOthers is for a file that group or world may read.
	errOpenToOthers = errors.New("open to others")
	// errTooLarge is for a file that cannot be a token file.
	errTooLarge = errors.New("damaged: it is far too large")
	// errMounted and errMarked are for a file whose place no other can take.
	errMounted = errors.New("it is mounted by itself, so it cannot be replaced")
	errMarked  = errors.New("it is marked with chattr, so it cannot be replaced")
	// errNotWritable is for a store in which nothing can be kept.
	errNotWritable = errors.New("the token store is not writable")
)

// foreign is the error for what belongs to another user of the machine.
type foreign struct{ owner, self uint32 }

func (e *foreign) Error() string {
	return fmt.Sprintf("it belongs to another user (uid %d), and zoomtui runs as uid %d", e.owner, e.self)
}

// trouble is the error for a file that could not be read or written.
func (s *Store) trouble(op, path string, err error) error {
	e := &Error{Kind: ErrStore, Op: op, Path: path, Cause: words(bare(err)), Err: err}
	other, isForeign := errors.AsType[*foreign](err)
	switch {
	case (errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist)) && leadsNowhere(s.dir):
		e.Path, e.Cause = s.dir, "it is a symbolic link to a directory that is not there"
	case errors.Is(err, fs.ErrNotExist) && (path == s.Path() || path == s.prevPath()):
		e.Kind, e.Cause = ErrSignedOut, "no sign-in is stored for profile "+s.profile
	case isForeign:
		e.Fix = chownLine(other, path)
	case errors.Is(err, errOpenToOthers):
		e.Kind, e.Fix = ErrStoreMode, "chmod 600 "+explain.ShellWord(path)
	case errors.Is(err, atomicfile.ErrNotRegular):
		e.Cause, e.Fix = notRegular(path)
	case errors.Is(err, errMarked):
		e.Fix = asRoot(os.Geteuid(), "chattr -i -a "+explain.ShellWord(path))
	case errors.Is(err, syscall.EROFS):
		e.Cause = "mounted read-only"
	case errors.Is(err, syscall.ENOSPC):
		e.Cause = "no space left on the device; " + s.roomNeeded()
	case errors.Is(err, syscall.EDQUOT):
		e.Cause = "the disk quota is used up; " + s.roomNeeded()
	case errors.Is(err, syscall.ENOTDIR):
		e.Cause = "something that is no directory stands where the directory should be"
	case op == opLock && (errors.Is(err, syscall.ENOLCK) || errors.Is(err, errors.ErrUnsupported)):
		e.Cause = fmt.Sprintf("this file system cannot lock files (%s)", e.Cause)
	case errors.Is(err, fs.ErrPermission):
		e.Fix = s.rightsFix(path)
	}
	return e
}

// leadsNowhere tells a link whose target is missing, as when a disk is not mounted.
func leadsNowhere(dir string) bool {
	if _, err := os.Lstat(dir); err != nil {
		return false
	}
	_, err := os.Stat(dir)
	return errors.Is(err, fs.ErrNotExist)
}

// roomNeeded says how much must be free.
func (s *Store) roomNeeded() string {
	const kilo = 1 << 10
	return fmt.Sprintf("%d KB and a free file are needed", (s.room()+kilo-1)/kilo)
}

// notRegular says what stands in the place of a file, and how to mend it: a link
// is replaced by the file that it leads to.
func notRegular(path string) (cause, fix string) {
	const rest = ", so it is neither read nor replaced"
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return "it is not a regular file" + rest, ""
	case info.IsDir():
		return "it is a directory and not a regular file" + rest, ""
	case info.Mode()&fs.ModeSymlink == 0:
		return "it is a pipe or a device and not a regular file" + rest, ""
	}
	if target, err := os.Stat(path); err == nil && target.Mode().IsRegular() {
		name := operand(path)
		fix = inDir(path, "cp -p "+name+" "+name+".copy", "mv "+name+".copy "+name)
	}
	return "it is a symbolic link and not a regular file" + rest, fix
}

// chownLine is the line that takes a file over.
func chownLine(f *foreign, path string) string {
	return asRoot(int(f.self), fmt.Sprintf("chown %d %s", f.self, explain.ShellWord(path)))
}

// asRoot is a line that root has to run.
func asRoot(self int, line string) string {
	if self == 0 {
		return line
	}
	return "sudo " + line
}

// rightsFix is the line that gives back the rights that are missing; empty when
// they are all there, and something else is in the way.
func (s *Store) rightsFix(path string) string {
	for _, at := range []string{s.dir, path} {
		info, err := os.Lstat(at)
		if err != nil {
			continue
		}
		if other, is := errors.AsType[*foreign](ours(info)); is {
			return chownLine(other, at)
		}
	}
	if info, err := os.Stat(s.dir); err == nil && info.IsDir() && info.Mode().Perm()&dirMode != dirMode {
		return "chmod 700 " + explain.ShellWord(s.dir)
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&fileMode != fileMode {
		return "chmod 600 " + explain.ShellWord(path)
	}
	return ""
}

// unreadable is the error for a file whose content cannot be used. The previous
// generation is offered when it can be: by a line that keeps the damaged file, and
// the mode of the other.
func (s *Store) unreadable(path string, err error) error {
	if e, ok := errors.AsType[*Error](err); ok { // the content is whole, see [Store.decode]
		e.Path = path
		return e
	}
	e := &Error{Kind: ErrDamaged, Op: "read tokens", Path: path, Cause: "the token file is " + err.Error()}
	if errors.Is(err, errNewerVersion) {
		e.Kind = ErrNewer
		return e
	}
	if path == s.Path() {
		if _, err := s.Previous(); err == nil {
			name := operand(path)
			e.Fix = inDir(path, "mv "+name+" "+name+damagedMark+"kept", "cp -p "+operand(s.prevPath())+" "+name)
		}
	}
	return e
}

// inDir is a line of commands in the directory of a file. A profile's name needs no
// quotes, and its files come short: the whole line must fit where errors are shown.
func inDir(path string, commands ...string) string {
	return "(cd " + explain.ShellWord(filepath.Dir(path)) + " && " + strings.Join(commands, " && ") + ")"
}

// operand is the name of a file as a command takes it for one.
func operand(path string) string {
	name := filepath.Base(path)
	if strings.HasPrefix(name, "-") {
		return "./" + name
	}
	return name
}

// bare is the text of an error without the paths that package os puts in: the
// path is a field of its own, and that of a temporary file helps nobody.
func bare(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return strings.Replace(err.Error(), path.Error(), path.Op+": "+path.Err.Error(), 1)
	}
	return err.Error()
}

// damagedMark stands behind the name of a token file that is kept aside.
const damagedMark = ".damaged-"

// aside are the files that were kept aside.
func (s *Store) aside() []string {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(s.Path())+damagedMark) {
			found = append(found, filepath.Join(s.dir, e.Name()))
		}
	}
	return found
}
