package scopes

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

func TestHide(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "",
		"upcoming meetings":      "upcoming meetings",
		"GET /users/me?a=b":      "GET /users/me?a=b",
		"meeting:read:meeting":   "meeting:read:meeting",
		"bearer token":           "bearer token",
		"eyJ":                    "…",
		"x eyJhbGciOi.eyJ.sig y": "x … y",
		`-H "Authorization: Bearer abcdefghijklmno" -X GET`:             `-H "Authorization: Bearer …" -X GET`,
		`-H 'authorization: basic dGVzdDp0ZXN0dGVzdA==' /v2`:            `-H 'authorization: basic …==' /v2`,
		"https://api.zoom.us/v2/users?access_token=abcdefghijklmno&x=1": "https://api.zoom.us/v2/users?access_token=…&x=1",
		`{"access_token":"abcdefghijklmno","scope":"user:read"}`:        `{"access_token":"…","scope":"user:read"}`,
		"…abc def":     "… def",
		"会議 eyJabc 一覧": "会議 … 一覧",
	} {
		if got := hide(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// However much stands before a word, what leads to it is seen.
func TestHideBehindMuchText(t *testing.T) {
	t.Parallel()
	for _, lead := range secretFollows() {
		if len(lead) > longestLead {
			t.Errorf("%q is longer than what is looked at", lead)
		}
		for _, before := range []string{strings.Repeat("会", 9000), strings.Repeat("a ", 9000), "é"} {
			text := before + " " + strings.ToUpper(lead)
			if got := hide(text + "abcdefghijklmno"); got != text+hidden {
				t.Errorf("behind %q: …%q", lead, got[max(len(got)-40, 0):])
			}
		}
	}
}

// BenchmarkHide hides a paste of 64 KB.
func BenchmarkHide(b *testing.B) {
	text := strings.Repeat("word and_another_longer_one, ", 64<<10/29)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		hide(text)
	}
}

// Typed key by key, with the cursor anywhere, no piece of a token stays.
func TestHideIn(t *testing.T) {
	t.Parallel()
	box := textinput.New()
	box.Focus()
	press := func(text string) {
		for _, r := range text {
			box, _ = box.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			hideIn(&box)
		}
	}
	press("curl  /users/me")
	box.SetCursor(len("curl "))
	press("-H 'Authorization: Bearer eyJhbGciOi.eyJpc3Mi.c2ln'")
	if got, want := box.Value(), "curl -H 'Authorization: Bearer …' /users/me"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if at, want := box.Position(), len([]rune("curl -H 'Authorization: Bearer …'")); at != want {
		t.Errorf("the cursor is at %d, want %d", at, want)
	}
	box.SetValue("")
	press("Bearer abcdefghijklmnopqrstuvw")
	if got := box.Value(); strings.Contains(got, "abc") || strings.Contains(got, "tuvw") {
		t.Errorf("an opaque token stays: %q", got)
	}
}
