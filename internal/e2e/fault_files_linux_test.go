package e2e

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// ordinary is the user and the group that the program runs as under these faults: for
// root most of them would be none.
const ordinary = 65534

// The exit codes that the faults lead to.
const (
	store  = 7
	signIn = 3
)

// fileFault is something that is wrong with the files or the file system.
type fileFault struct {
	name   string
	breaks func(c *cell) error // the holder's files, as root
	mount  string              // a shell script that root runs before the program, in a mount namespace of its own
	env    []string
	spoils use            // what it makes impossible
	codes  map[string]int // exit codes that are not 7 where a command needs what is spoilt, or are where not
	late   bool           // each command that takes the lock waits for it as long as its limit
	gone   bool           // there are no tokens in the program's reach
}

// fileFaults are all of them. In the scripts $C is the XDG config directory, $S and $K
// are those of state and cache, $T is where the tokens are.
func fileFaults() []fileFault {
	all := use{reads: true, writes: true, locks: true}
	noWriting := use{writes: true}
	content := func(make func(old []byte) []byte) func(*cell) error {
		return func(c *cell) error {
			old, err := os.ReadFile(c.tokenFile())
			if err != nil {
				return err
			}
			return os.WriteFile(c.tokenFile(), make(old), 0o600)
		}
	}
	instead := func(put func(path string) error) func(*cell) error {
		return func(c *cell) error {
			return errors.Join(os.Rename(c.tokenFile(), c.tokenFile()+".away"), put(c.tokenFile()))
		}
	}
	// The tokens that cannot be read make room for others, or are thrown away; that Zoom
	// could not be told of it is a failure.
	replaced := map[string]int{"import": 0, "login": 0, "logout": 1}
	deleted := map[string]int{"logout": 0} // that needs no room
	// In memory and full: what was there stays, nothing can be added.
	const small = `mkdir -p "$C.copy" && cp -a "$C/." "$C.copy" && mount -t tmpfs -o mode=0700,uid=65534,gid=65534,`
	const filled = ` none "$C" && cp -a "$C.copy/." "$C" && rm -r "$C.copy" && `
	return []fileFault{
		{name: "none"},
		{name: "no room left", mount: small + "size=128k" + filled + `head -c 1000000 /dev/zero > "$C/zoomtui/filler" 2>/dev/null || :`, spoils: noWriting, codes: deleted},
		{name: "no inode left", mount: small + "nr_inodes=12" + filled + `i=0; while touch "$C/zoomtui/filler$i" 2>/dev/null; do i=$((i+1)); done`, spoils: noWriting, codes: deleted},
		{name: "config mounted read-only", mount: `mount --bind "$C" "$C" && mount -o remount,bind,ro "$C"`, spoils: noWriting},
		{name: "everything read-only", mount: `mount --bind "$HOME" "$HOME" && mount -o remount,bind,ro "$HOME"`, spoils: noWriting},
		{name: "state and cache read-only", mount: `for d in "$S" "$K"; do mount --bind "$d" "$d" && mount -o remount,bind,ro "$d"; done`},
		{name: "directory not writable", breaks: func(c *cell) error { return os.Chmod(c.tokenDir(), 0o500) }, spoils: noWriting},
		{name: "directory open to others", breaks: func(c *cell) error { return os.Chmod(c.tokenDir(), 0o777) }, spoils: noWriting},
		{name: "directory of another user", mount: `chown -R 0:0 "$T"`, spoils: all},
		{name: "file of another user", mount: `chown 0:0 "$T/default.json"`, spoils: all},
		{name: "file open to others", breaks: func(c *cell) error { return os.Chmod(c.tokenFile(), 0o644) }, spoils: all},
		{name: "link in the place of the file", breaks: instead(func(path string) error { return os.Symlink(path+".away", path) }), spoils: all},
		{name: "link in the place of the lock", breaks: func(c *cell) error {
			return errors.Join(os.Remove(c.tokenFile()+".lock"), os.Symlink("default.json.prev", c.tokenFile()+".lock"))
		}, spoils: use{locks: true}},
		{name: "link to elsewhere for the directory", breaks: func(c *cell) error {
			return errors.Join(os.Rename(c.tokenDir(), c.tokenDir()+"-elsewhere"), os.Symlink("tokens-elsewhere", c.tokenDir()))
		}},
		{name: "link to nowhere for the directory", breaks: func(c *cell) error {
			return errors.Join(os.Rename(c.tokenDir(), c.tokenDir()+"-away"), os.Symlink("nowhere", c.tokenDir()))
		}, spoils: all, gone: true},
		{name: "directory in the place of the file", breaks: instead(func(path string) error { return os.Mkdir(path, 0o700) }), spoils: all},
		{name: "pipe in the place of the file", breaks: instead(func(path string) error { return syscall.Mkfifo(path, 0o600) }), spoils: all},
		{name: "file of a newer version", breaks: content(func(old []byte) []byte {
			return []byte(strings.Replace(string(old), `"version": 1`, `"version": 2`, 1))
		}), spoils: all},
		{name: "file cut short", breaks: content(func(old []byte) []byte { return old[:len(old)/2] }), spoils: all, codes: replaced},
		{name: "file of garbage", breaks: content(func(old []byte) []byte { return []byte(strings.Repeat("\x00\xff", len(old)/2)) }), spoils: all, codes: replaced},
		{name: "empty file", breaks: content(func([]byte) []byte { return nil }), spoils: all, codes: replaced},
		{name: "lock held by another process", breaks: holdLock, spoils: use{locks: true}, late: true},
		{
			name: "no home", env: []string{"HOME=/nonexistent", "XDG_CONFIG_HOME=", "XDG_STATE_HOME=", "XDG_CACHE_HOME="}, gone: true,
			// Nobody is signed in there, which is no failure of a command that only tells so.
			codes: map[string]int{"status": 0, "status --json": 0, "export": store, "import": store, "logout": store, "doctor": store, "login": store},
		},
	}
}

// holdLock takes the lock of the tokens until the test ends.
func holdLock(c *cell) error {
	f, err := os.OpenFile(c.tokenFile()+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	c.t.Cleanup(func() { _ = f.Close() })
	return errors.Join(f.Chown(ordinary, ordinary), syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB))
}

// TestEveryCommandOnABadFileSystem tries each fault of files and file systems on each
// command. No fault may cost the tokens, and where they could not be kept, Zoom must
// not be asked.
func TestEveryCommandOnABadFileSystem(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can mount file systems and give files to other users")
	}
	need(t, "unshare")
	need(t, "setpriv")
	if out, err := exec.Command("unshare", "--mount", "true").CombinedOutput(); err != nil {
		t.Skip("no mount namespaces here: ", string(out))
	}
	reach(t)
	m := newMatrix()
	t.Cleanup(func() { t.Log("\n" + m.String()) })
	for _, f := range fileFaults() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			var waiting sync.WaitGroup
			for _, c := range commands() {
				if !f.late {
					m.tryFiles(t, f, c)
					continue
				}
				waiting.Go(func() { m.tryFiles(t, f, c) })
			}
			waiting.Wait()
		})
	}
}

// tryFiles runs one command under one fault.
func (m *matrix) tryFiles(t *testing.T, f fileFault, command command) {
	t.Helper()
	want, silent := f.code(command)
	if command.waits && want != store {
		return
	}
	c, input := m.newCell(t, f.name, command)
	c.want, c.silent = want, silent
	c.handOver()
	if f.breaks != nil {
		if err := f.breaks(c); err != nil {
			t.Fatal(err)
		}
	}
	was := c.content(c.tokenFile())
	after := filepath.Join(t.TempDir(), "after")
	r := c.runs(c.asOrdinary(f, after), input, command.args)
	c.judge(r)
	after = filepath.Join(after, "default.json")
	c.keeps(after, f.gone || c.content(after) == was)
}

// content tells what is at a path: the kind of it and, of a file, all that is in it.
func (c *cell) content(path string) string {
	info, err := os.Lstat(path)
	if err != nil {
		return "nothing"
	}
	if !info.Mode().IsRegular() {
		return info.Mode().Type().String()
	}
	data, err := os.ReadFile(path)
	if err != nil {
		c.t.Error(err)
	}
	return string(data)
}

// code is the exit code that a command must have under the fault, and whether Zoom's
// token endpoint must not be asked.
func (f fileFault) code(c command) (code int, silent bool) {
	stopped := f.spoils.reads && c.use.reads || f.spoils.writes && c.use.writes || f.spoils.locks && c.use.locks
	code = c.good
	switch special, ok := f.codes[c.name]; {
	case ok:
		code = special
	case stopped:
		code = store
	case f.gone && c.use.reads:
		code = signIn
	}
	return code, stopped || f.gone || !c.use.asks
}

// handOver makes the holder's home the ordinary user's.
func (c *cell) handOver() {
	c.t.Helper()
	for _, dir := range []string{"config", "state", "cache"} {
		if err := os.MkdirAll(filepath.Join(c.home, dir), 0o700); err != nil {
			c.t.Fatal(err)
		}
	}
	lock, err := os.Create(c.tokenFile() + ".lock")
	if err != nil {
		c.t.Fatal(err)
	}
	err = errors.Join(lock.Close(), os.Chmod(lock.Name(), 0o600), filepath.WalkDir(c.home, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, ordinary, ordinary))
	}))
	for dir := filepath.Dir(c.home); dir != os.TempDir() && len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		err = errors.Join(err, os.Chmod(dir, 0o711))
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// asOrdinary is a command that runs the program as an ordinary user, in a mount
// namespace of its own where the fault's script has run. The tokens as they are there
// afterwards are copied to after.
func (c *cell) asOrdinary(f fileFault, after string) *exec.Cmd {
	c.env = f.env
	program := c.program(c.command.args...)
	const script = `C=$E2E_HOME/config S=$E2E_HOME/state K=$E2E_HOME/cache T=$E2E_HOME/config/zoomtui/tokens
eval "$E2E_MOUNT" || { echo "the fault cannot be made" >&2; exit 99; }
setpriv --reuid "$E2E_USER" --regid "$E2E_USER" --clear-groups "$@"
code=$?
mkdir "$E2E_AFTER" && cp -a "$T/." "$E2E_AFTER" 2>/dev/null
exit $code`
	cmd := exec.Command("unshare", append([]string{"--mount", "--propagation", "private", "sh", "-c", script, "sh"}, program.Args...)...)
	cmd.Dir = c.home
	cmd.Env = append(program.Env, "E2E_HOME="+c.home, "E2E_AFTER="+after, "E2E_USER="+strconv.Itoa(ordinary), "E2E_MOUNT="+f.mount)
	return cmd
}

// reach lets an ordinary user of this machine run the program that the tests have built.
func reach(t *testing.T) {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(os.TempDir(), 0o711), os.Chmod(filepath.Dir(path), 0o711)); err != nil {
		t.Fatal(err)
	}
}
