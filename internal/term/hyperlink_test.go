package term

import (
	"strings"
	"testing"
)

func TestHyperlink(t *testing.T) {
	t.Parallel()
	const link = "https://zoom.us/oauth/authorize?response_type=code&state=Zk3v"
	first, second := Hyperlink(link, "https://zoom.us/oauth/auth"), Hyperlink(link, "orize?response_type=code&state=Zk3v")
	begin, _, _ := strings.Cut(first, "\a")
	if !strings.HasPrefix(begin, "\x1b]8;id=") || !strings.HasSuffix(begin, ";"+link) {
		t.Errorf("%q does not begin an OSC 8 link with an id", begin)
	}
	if other, _, _ := strings.Cut(second, "\a"); other != begin {
		t.Errorf("two rows of one link begin differently:\n%q\n%q", begin, other)
	}
	if got := Clean(first, 0); got != "https://zoom.us/oauth/auth" {
		t.Errorf("a terminal without OSC 8 shows %q", got)
	}
	if begin2, _, _ := strings.Cut(Hyperlink(link+"2", "x"), link); strings.HasPrefix(begin, begin2) {
		t.Error("two links share one id")
	}
}

func TestHyperlinkRefusesAddresses(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]string{
		"escape in the address": "https://a.test/\x1b]8;;https://evil.test\a",
		"blank in the address":  "https://a.test/ b",
		"no UTF-8":              "https://a.test/\x9c",
		"not encoded":           "https://例え.テスト/",
		"another scheme":        "javascript:alert(1)",
		"empty":                 "",
		"too long":              "https://a.test/" + strings.Repeat("a", maxLinkBytes),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Hyperlink(bad, "text"); got != "text" {
				t.Errorf("%q became a link: %q", bad, got)
			}
		})
	}
}
