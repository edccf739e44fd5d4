package auth

import (
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
