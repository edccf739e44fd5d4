package bounce

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// policy is the value of the page's Content Security Policy.
func policy(t *testing.T, text string) string {
	t.Helper()
	found := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindStringSubmatch(text)
	if found == nil {
		t.Fatal("the page has no policy")
	}
	return found[1]
}

// TestPageAdmitsItsOwnScriptOnly: the hashes are of the very text between the
// tags, and each kind of tag is there once.
func TestPageAdmitsItsOwnScriptOnly(t *testing.T) {
	t.Parallel()
	text := string(Page())
	csp := policy(t, text)
	for _, directive := range []string{
		"default-src 'none'", "base-uri 'none'", "form-action 'none'",
		"script-src '" + hash(between(text, "<script>", "</script>")) + "'",
		"style-src '" + hash(between(text, "<style>", "</style>")) + "'",
	} {
		if !strings.Contains(csp+";", directive+";") {
			t.Errorf("no %s in %s", directive, csp)
		}
	}
	for _, never := range []string{"unsafe", "http:", "https:", "*", "data:", "{{"} {
		if strings.Contains(csp, never) {
			t.Errorf("%q in %s", never, csp)
		}
	}
	for _, tag := range []string{"<script", "</script>", "<style", "</style>"} {
		if n := strings.Count(text, tag); n != 1 {
			t.Errorf("%s is there %d times", tag, n)
		}
	}
}

// TestPageLoadsNothing: no address outside, no attribute that a policy by hash
// would refuse, nothing that makes HTML of text.
func TestPageLoadsNothing(t *testing.T) {
	t.Parallel()
	text := string(Page())
	for _, never := range []string{
		" src=", "url(", "@import", "<link", "<img", "<iframe", "style=", " onclick", " onload", "href=\"",
		"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "localStorage", "sessionStorage", "cookie", "fetch(", "{{",
	} {
		if strings.Contains(text, never) {
			t.Errorf("%q is in the page", never)
		}
	}
	for _, origin := range regexp.MustCompile(`https?://[^"]*`).FindAllString(text, -1) {
		switch origin {
		case "http://", "http://127.0.0.1:", "http://[::1]:":
		default:
			t.Errorf("the page names %s", origin)
		}
	}
	for _, always := range []string{`<html lang="en">`, `name="viewport"`, `content="no-referrer"`, "prefers-color-scheme: dark", `content="light dark"`, `"` + Path + `?"`} {
		if !strings.Contains(text, always) {
			t.Errorf("no %s in the page", always)
		}
	}
}

// TestPageSaysWhatToDoWithoutScript: what is hidden at first aside, the page is
// a whole sentence of advice.
func TestPageSaysWhatToDoWithoutScript(t *testing.T) {
	t.Parallel()
	lead := between(string(Page()), `<p id="lead">`, "</p>")
	for _, word := range []string{"Copy", "address", "paste", "terminal"} {
		if !strings.Contains(lead, word) {
			t.Errorf("no %q in %q", word, lead)
		}
	}
}

func TestPageIsTheCallersOwn(t *testing.T) {
	t.Parallel()
	mine := Page()
	clear(mine)
	if strings.Contains(string(Page()), "\x00") {
		t.Error("a caller's change is in the page")
	}
}

// TestScriptAgreesWithTarget runs the script's own reading of a state over the
// table.
func TestScriptAgreesWithTarget(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		const reason = "node, which runs the page's script, is missing"
		if os.Getenv("ZOOMTUI_TEST_NO_SKIP") != "" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	_, rest, _ := strings.Cut(string(Page()), "  function target(state) {")
	body, _, _ := strings.Cut(rest, "\n  }\n")
	var states, want, got []string
	for _, c := range targetCases(t) {
		states, want = append(states, c.State), append(want, c.Goes)
	}
	input, err := json.Marshal(states)
	if err != nil {
		t.Fatal(err)
	}
	script := `"use strict"; function target(state) {` + body + `}
const goes = (to) => to === null ? "" : (to.tap ? "tap " : "") + to.origin;
console.log(JSON.stringify(` + string(input) + `.map((state) => goes(target(state)))));`
	out, err := exec.CommandContext(t.Context(), node, "-e", script).Output()
	if err != nil {
		t.Fatalf("run the script: %v", err)
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
