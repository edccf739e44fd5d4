package auth

import (
	"errors"
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"zoomtui/internal/explain"
)

// asAnyUser runs do without root's right to pass by modes, should it have that. The
// thread ends with it, because the right does not come back.
func asAnyUser(t *testing.T, do func()) {
	t.Helper()
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked
		header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
		var none [2]unix.CapUserData
		err := unix.Capset(&header, &none[0])
		if err == nil {
			do()
		}
		done <- err
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// TestDirectoryThatCannotBeFlushed: files can be put into it, but whether they
// survive a loss of power cannot be known, so Zoom must not be asked.
func TestDirectoryThatCannotBeFlushed(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	save(t, s, testToken())
	if err := os.Chmod(s.dir, 0o300); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(s.dir, dirMode) })
	var err error
	asAnyUser(t, func() { err = s.Probe() })
	e := wantKind(t, err, ErrStore)
	if e.Fix != "chmod 700 "+s.dir || explain.Of(err).Class() != explain.Store {
		t.Errorf("%v", err)
	}
}

// TestFileThatCannotBeReplaced: in a container it is tempting to mount the token
// file alone. It can be read and written, and not be replaced.
func TestFileThatCannotBeReplaced(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	save(t, s, testToken())
	result := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the mounts end with the thread
		err := unix.Unshare(unix.CLONE_NEWNS)
		if err == nil {
			err = errors.Join(unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""), unix.Mount(s.Path(), s.Path(), "", unix.MS_BIND, ""))
		}
		if err == nil {
			err = s.Probe()
		}
		result <- err
	}()
	err := <-result
	if errors.Is(err, unix.EPERM) {
		t.Log("only root can mount")
		return
	}
	e := wantKind(t, err, ErrStore)
	if p := explain.Of(err); p.Class() != explain.Store || e.Path != s.Path() || !contains(p.What, "cannot be replaced") || !contains(p.Next[0].Text, "directory") {
		t.Errorf("%v\n%+v", err, p)
	}
}
