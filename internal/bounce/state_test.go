package bounce

import (
	"encoding/json"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// targetCase is a row of testdata/targets.json: a state, and what the page does
// with it. Goes is the origin that the browser goes to by itself, "tap " and the
// origin where a person has to agree, or empty.
type targetCase struct{ State, Goes string }

func targetCases(tb testing.TB) []targetCase {
	tb.Helper()
	text, err := os.ReadFile("testdata/targets.json")
	if err != nil {
		tb.Fatal(err)
	}
	var cases []targetCase
	if err := json.Unmarshal(text, &cases); err != nil {
		tb.Fatal(err)
	}
	return cases
}

// goes is what a row of the table says of a state, by [Target].
func goes(state string) string {
	to, ok := Target(state)
	switch {
	case !ok:
		return ""
	case to.Addr().IsLoopback():
		return "http://" + to.String()
	}
	return "tap http://" + to.String()
}

func TestTarget(t *testing.T) {
	t.Parallel()
	for _, c := range targetCases(t) {
		if got := goes(c.State); got != c.Goes {
			t.Errorf("%q: %q, want %q", c.State, got, c.Goes)
		}
	}
}

func TestExtend(t *testing.T) {
	t.Parallel()
	const random = "Zk3vQ8mN2xL0pR7tY5wB1c"
	tests := map[string]string{ // listener: what follows the random part
		"127.0.0.1:8976":            "~8976",
		"[::1]:8976":                "~6~8976",
		"192.168.1.5:8976":          "~192.168.1.5~8976",
		"[::ffff:192.168.1.5]:8976": "~192.168.1.5~8976",
		"169.254.7.8:65535":         "~169.254.7.8~65535",
		"127.0.0.1:0":               "",
		"127.0.0.2:8976":            "",
		"0.0.0.0:8976":              "",
		"8.8.8.8:8976":              "",
		"100.64.0.1:8976":           "",
		"[fd00::5]:8976":            "",
		"[2001:db8::1]:8976":        "",
	}
	for listener, want := range tests {
		got := Extend(random, netip.MustParseAddrPort(listener))
		if got != random+want {
			t.Errorf("%s: %s", listener, got)
		}
		if url.QueryEscape(got) != got {
			t.Errorf("%s: %s is not made of unreserved characters", listener, got)
		}
	}
	if got := Extend(random, netip.AddrPort{}); got != random {
		t.Errorf("no listener: %s", got)
	}
}

// FuzzTarget: whatever the state says, the browser stays on this machine or in a
// private network, and each place has one spelling.
func FuzzTarget(f *testing.F) {
	for _, c := range targetCases(f) {
		f.Add(c.State)
	}
	f.Fuzz(func(t *testing.T, state string) {
		to, ok := Target(state)
		if !ok {
			if to != (netip.AddrPort{}) {
				t.Fatalf("%s of a state that is refused", to)
			}
			return
		}
		addr := to.Addr()
		if to.Port() == 0 || !addr.IsLoopback() && (!addr.Is4() || !addr.IsPrivate() && !addr.IsLinkLocalUnicast()) {
			t.Fatalf("leads to %s", to)
		}
		random, _, _ := strings.Cut(state, separator)
		if diff := cmp.Diff(state, Extend(random, to)); diff != "" {
			t.Fatalf("another spelling: %s", diff)
		}
	})
}
