package main

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/auth"
	"zoomtui/internal/doctor"
)

// exampleChecks are one of each state, with foreign text and long lines.
func exampleChecks() []doctor.Check {
	return []doctor.Check{
		{Name: "app", State: doctor.OK, What: "Profile work: a public app, client id …x7Qa."},
		{Name: "port", State: doctor.Warning, What: "Port 8976 is taken by \x1b[2Jan-evil-program.", Remedy: []string{"End the program."}},
		{Name: "store", State: doctor.Failure, What: "A directory is open to others, so that they could put files into it.", Remedy: []string{
			"Close it, so that nobody but you can put files there: chmod 700 /home/aiko/.config/zoomtui/tokens", "ls -ld /home",
		}},
		{Name: "dns", State: doctor.Skipped, What: "Nothing to look up."},
	}
}

func TestChecksText(t *testing.T) {
	t.Parallel()
	const wide = `✓ ok       app          Profile work: a public app, client id …x7Qa.
! warning  port         Port 8976 is taken by an-evil-program.
                        → End the program.
✗ failure  store        A directory is open to others, so that they could put files into it.
                        → Close it, so that nobody but you can put files there: chmod 700 /home/aiko/.config/zoomtui/tokens
                        → ls -ld /home
– skipped  dns          Nothing to look up.
`
	const narrow = `✓ ok       app          Profile work: a public app,
                        client id …x7Qa.
! warning  port         Port 8976 is taken by
                        an-evil-program.
                        → End the program.
✗ failure  store        A directory is open to others,
                        so that they could put files
                        into it.
                        → Close it, so that nobody but
                          you can put files there:
                          chmod 700 /home/aiko/.config/zoomtui/tokens
                        → ls -ld /home
– skipped  dns          Nothing to look up.
`
	const tiny = `✓ ok       app
  Profile work: a public app, client id
  …x7Qa.
! warning  port
  Port 8976 is taken by an-evil-program.
  → End the program.
✗ failure  store
  A directory is open to others, so that
  they could put files into it.
  → Close it, so that nobody but you can
    put files there:
    chmod 700 /home/aiko/.config/zoomtui/tokens
  → ls -ld /home
– skipped  dns
  Nothing to look up.
`
	for cols, want := range map[int]string{0: wide, 200: wide, 56: narrow, 40: tiny} {
		if diff := cmp.Diff(want, checksText(exampleChecks(), cols, false)); diff != "" {
			t.Errorf("%d columns (-want +got):\n%s", cols, diff)
		}
	}
	coloured := checksText(exampleChecks(), 0, true)
	if ansi.Strip(coloured) != wide || coloured == wide {
		t.Errorf("with colours it says something else:\n%s", coloured)
	}
	if got := sumText("work", exampleChecks()); got != "Profile work: 1 ok, 1 warning, 1 failure, 1 skipped.\n" {
		t.Errorf("in the end: %s", got)
	}
}

// No window is so narrow that a word is lost.
func TestChecksTextKeepsEveryWord(t *testing.T) {
	t.Parallel()
	words := func(text string) []string { return strings.Fields(text) }
	all := words(checksText(exampleChecks(), 0, false))
	for cols := 1; cols < 130; cols++ {
		if diff := cmp.Diff(all, words(checksText(exampleChecks(), cols, false))); diff != "" && cols > 20 {
			t.Errorf("%d columns:\n%s", cols, diff)
		}
	}
}

// TestFullDiskIsTold: the first remedy is the one that helps, and nobody is told to
// try again what is being tried.
func TestFullDiskIsTold(t *testing.T) {
	t.Parallel()
	full := &auth.Error{Kind: auth.ErrStore, Op: "try the token store", Path: "/full/tokens", Cause: "no space left on the device"}
	got := new(cli).trouble(full).Steps
	want := []string{"Free some space, then try again.", "Or point XDG_CONFIG_HOME to a disk with room."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
