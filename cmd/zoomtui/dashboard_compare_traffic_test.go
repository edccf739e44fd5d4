package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zoomtui/internal/ui/requests"
)

// The calls of a probe with a pasted token are seen for what they are: nobody takes their answers for answers to
// the token of this sign-in, and nothing sends them again with that one.
func TestCallsWithPastedTokenAreMarked(t *testing.T) {
	t.Parallel()
	o, zoom, dir := comparing(t)
	o.recorder.KeepBodies(keptBodies)
	other, err := tokenComparer{o}.Read(t.Context(), []byte(anotherToken(t, zoom)))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := other.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	call := callTo(t, plan, "/users/me/upcoming_meetings")
	if out := other.Try(t.Context(), call); out.Code != 4711 {
		t.Errorf("with the other token: %+v", out)
	}
	if out := other.TryOurs(t.Context(), call); out.Status != 200 {
		t.Errorf("with ours: %+v", out)
	}

	tr := traffic{opened: o}
	list, _, _ := tr.Calls(0)
	var theirs, ours requests.Exchange
	for _, c := range list {
		x, _ := tr.Exchange(c.Seq)
		switch {
		case x.Step != "":
		case c.OtherToken:
			theirs = x
		default:
			ours = x
		}
	}
	if theirs.Status != 400 || theirs.Err != nil || theirs.Again != "" || !strings.Contains(theirs.NotAgain, "pasted") {
		t.Errorf("with the other token: %+v", theirs)
	}
	if ours.Status != 200 || ours.Again == "" {
		t.Errorf("with ours: %+v", ours)
	}
	if line, hidden := requests.Curl(theirs, "zoomtui token"); !hidden || strings.Contains(line, "zoomtui token") {
		t.Errorf("the curl line sends another token than was sent: %s", line)
	}

	saved, err := tr.exportTo(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{saved.Path, filepath.Join(dir, "trace")} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "with another token than the profile's"); n != 1 {
			t.Errorf("%s tells it of %d calls, want 1", filepath.Base(file), n)
		}
	}
	o.calls.close()
	kept, err := o.calls.log.Read(0)
	if err != nil || len(kept) != len(list)-1 {
		t.Errorf("%d calls of %d are in the log of the profile (%v)", len(kept), len(list), err)
	}
	for _, c := range kept {
		if c.Status == 400 {
			t.Errorf("the log of the profile has %+v", c)
		}
	}
}
