package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test binary be zoomtui when it is called by that name, so
// that scripts run the program in processes of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"zoomtui": main})
}

// TestScripts runs testdata/script/*.txtar: the program as people and scripts
// use it, against a sandbox Zoom for each script, in directories of its own.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Setup:               setupScript,
		Cmds:                scriptCommands(),
		Condition:           scriptCondition,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// scriptCondition knows [root]: the permissions of files do not count for root;
// [lan]: the machine has an address that a phone could open; [keyring]: a Secret
// Service can be started.
func scriptCondition(name string) (bool, error) {
	switch name {
	case "root":
		return os.Geteuid() == 0, nil
	case "lan":
		return hasLAN(), nil
	case "keyring":
		return hasKeyring()
	}
	return false, fmt.Errorf("there is no condition %q", name)
}
