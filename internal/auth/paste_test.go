package auth

import (
	"slices"
	"strings"
	"testing"
)

const (
	pasteState = "Zk3vQ8mN2xL0pR7tY5wB1c"
	pasteCode  = "fT9kQ2wLx8ZrB1nV4cM7pYd3HsJ6aG0eUiOqXzKvRtWbNlCmPoIuYtReWqAsDfGh"
	pasteBase  = "http://127.0.0.1:8976/callback"
)

func expectPaste() pasted {
	return pasted{states: &states{list: []string{pasteState}}, redirect: pasteBase, oauthBase: "https://zoom.us"}
}

func TestPasteThatIsRight(t *testing.T) {
	t.Parallel()
	query := "?code=" + pasteCode + "&state=" + pasteState
	wrapped := strings.Join([]string{(pasteBase + query)[:60], (pasteBase + query)[60:]}, "\n   ")
	tests := []struct {
		name, text string
		whole      bool
	}{
		{"whole address", pasteBase + query, true},
		{"blanks around", "  \t" + pasteBase + query + " \r\n", true},
		{"double quotes", `"` + pasteBase + query + `"`, true},
		{"single quotes", `'` + pasteBase + query + `'`, true},
		{"typographic quotes", "“" + pasteBase + query + "”", true},
		{"angle brackets", "<" + pasteBase + query + ">", true},
		{"broken by the terminal", wrapped, true},
		{"broken within the code", strings.Replace(pasteBase+query, "RtWb", "Rt\r\nWb", 1), true},
		{"bracketed paste marks", "\x1b[200~" + pasteBase + query + "\x1b[201~", true},
		{"the end of a sentence", pasteBase + query + ".", true},
		{"escaped by the shell", strings.NewReplacer("?", `\?`, "=", `\=`, "&", `\&`).Replace(pasteBase + query), true},
		{"escaped by a web page", strings.ReplaceAll(pasteBase+query, "&", "&amp;"), true},
		{"invisible characters", "\u200b\ufeff" + pasteBase + query + "\u200e", true},
		{"scheme hidden by the browser", strings.TrimPrefix(pasteBase, "http://") + query, true},
		{"header of curl", "Location: " + pasteBase + query, true},
		{"another port", "http://127.0.0.1:9999/callback" + query, true},
		{"bounce page", "https://me.example/zoom" + query, true},
		{"state first", pasteBase + "?state=" + pasteState + "&code=" + pasteCode, true},
		{"fragment", pasteBase + query + "#_=_", true},
		{"more parameters", pasteBase + query + "&x=http://example.com", true},
		{"query with mark", query, true},
		{"query", query[1:], true},
		{"code parameter", "code=" + pasteCode, false},
		{"address without state", pasteBase + "?code=" + pasteCode, false},
		{"bare code", pasteCode, false},
		{"bare code in quotes", "'" + pasteCode + "'\n", false},
		{"bare code, broken", pasteCode[:30] + "\n  " + pasteCode[30:], false},
		{"bare code, broken twice", pasteCode[:20] + "\n" + pasteCode[20:40] + "\n" + pasteCode[40:], false},
		{"bare code with a blank", pasteCode[:30] + " " + pasteCode[30:], false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := expectPaste().parse(test.text)
			if err != nil || got.code != pasteCode {
				t.Fatalf("code %q, %v", got.code.Reveal(), err)
			}
			if whole := expectPaste().whole(test.text); whole != test.whole {
				t.Errorf("whole: %v", whole)
			}
		})
	}
}

func TestPasteThatIsWrong(t *testing.T) {
	t.Parallel()
	other := strings.ToUpper(pasteState)
	tests := []struct {
		name, text, says string
		kind             ErrorKind
	}{
		{"nothing", " \n\t", "nothing was pasted", ErrPaste},
		{"quotes only", `""`, "nothing was pasted", ErrPaste},
		{"older link", pasteBase + "?code=" + pasteCode + "&state=" + other, "another sign-in", ErrPaste},
		{"older link, query", "code=" + pasteCode + "&state=" + other, "another sign-in", ErrPaste},
		{"cut off within the state", pasteBase + "?code=" + pasteCode + "&state=" + pasteState[:9], "cut off within the state", ErrPaste},
		{"empty state", pasteBase + "?code=" + pasteCode + "&state=", "cut off within the state", ErrPaste},
		{"the link itself", "https://zoom.us/oauth/authorize?response_type=code&client_id=x&state=" + pasteState + "&code_challenge=y", "the sign-in link itself", ErrPaste},
		{"Zoom's sign-in page", "https://us02web.zoom.us/signin?_x=1", "still Zoom's own page", ErrPaste},
		{"a stranger's address", "https://example.com/?code=" + pasteCode, "neither Zoom's nor ours", ErrPaste},
		{"ours before Allow", pasteBase, "no code in this address", ErrPaste},
		{"a parameter twice", pasteBase + "?code=a&code=b&state=" + pasteState, "damaged", ErrPaste},
		{"code and error", "code=" + pasteCode + "&error=x&state=" + pasteState, "damaged", ErrPaste},
		{"half an escape", pasteBase + "?code=%2", "damaged", ErrPaste},
		{"declined", pasteBase + "?error=access_denied&state=" + pasteState, "declined", ErrDeclined},
		{"an error of Zoom's", pasteBase + "?error=server_error&error_description=try+later&state=" + pasteState, "the error server_error", ErrRefused},
		{"an error with another state", pasteBase + "?error=access_denied&state=" + other, "another sign-in", ErrPaste},
		{"Zoom's error page", "Invalid redirect: http://127.0.0.1:8976/callback (4,700)", "an error on Zoom's page", ErrPaste},
		{"words", "Invalid client id", "an error on Zoom's page", ErrPaste},
		{"two words", "hello there", "an error on Zoom's page", ErrPaste},
		{"a sentence", "You cannot authorize the app", "an error on Zoom's page", ErrPaste},
		{"too short", "abc", "too short", ErrPaste},
		{"a token", "eyJzdiI6IjAwMDAwMSJ9.eyJ2ZXIiOjl9.c2lnbmF0dXJl", "a token, not the code", ErrPaste},
		{"a book", strings.Repeat("a", maxPaste+1), "too long", ErrPaste},
		{"a long word", strings.Repeat("a", maxCode+1), "too long", ErrPaste},
		{"odd characters", "ab$c%defgh", "an error on Zoom's page", ErrPaste},
		{"control characters only", "\x00\x07\x1b", "nothing was pasted", ErrPaste},
	}
	atOnce := []string{"older link", "older link, query", "declined", "an error of Zoom's", "an error with another state"}
	said := map[string]bool{}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := expectPaste().parse(test.text)
			e := wantKind(t, err, test.kind)
			if !contains(e.Cause, test.says) {
				t.Errorf("says %q, want %q", e.Cause, test.says)
			}
			if contains(err.Error(), pasteCode) || contains(err.Error(), pasteState) {
				t.Errorf("the paste is repeated: %v", err)
			}
			if got := expectPaste().whole(test.text); got != slices.Contains(atOnce, test.name) {
				t.Errorf("without Enter: %v", got)
			}
			said[e.Cause] = true
		})
	}
	if len(said) < 14 {
		t.Errorf("only %d different sentences", len(said))
	}
}

// TestPasteOfSeveralKilobytes: an answer may be far longer than Zoom's are today.
func TestPasteOfSeveralKilobytes(t *testing.T) {
	t.Parallel()
	for _, size := range []int{6 << 10, 11 << 10} {
		code := strings.Repeat("aB3-", size/4)
		text := pasteBase + "?code=" + code + "&state=" + pasteState
		wrapped := ""
		for i := 0; i < len(text); i += 80 {
			wrapped += text[i:min(i+80, len(text))] + "\r\n  "
		}
		for name, text := range map[string]string{"in one line": text, "wrapped": wrapped, "code alone": code} {
			a, err := expectPaste().parse(text)
			if err != nil || a.code.Reveal() != code {
				t.Errorf("%d bytes, %s: %d of them arrived, %v", size, name, len(a.code), err)
			}
		}
		if !expectPaste().whole(wrapped) || expectPaste().whole(wrapped[:len(wrapped)-9]) {
			t.Errorf("%d bytes: whole is wrong", size)
		}
	}
}

// TestPasteKnowsEachLink: the states of other links of the sign-in are as good as
// the first; anything else that looks like them is not.
func TestPasteKnowsEachLink(t *testing.T) {
	t.Parallel()
	p := expectPaste()
	p.redirect = "https://me.example/zoom"
	p.states = &states{random: pasteState, list: []string{pasteState + "~8976", pasteState + "~192.168.1.5~41000"}}
	for state, says := range map[string]string{
		pasteState + "~8976": "", pasteState + "~192.168.1.5~41000": "",
		pasteState: "cut off", pasteState + "~192.168.1": "cut off", pasteState[:5]: "cut off",
		pasteState + "~8977": "older link", pasteState + "~8976~": "older link", pasteState + "~192.168.1.6~41000": "older link",
		strings.ToUpper(pasteState) + "~8976": "older link",
	} {
		for _, base := range []string{p.redirect, "http://192.168.1.5:41000/callback", "http://127.0.0.1:8976/callback"} {
			text := base + "?code=" + pasteCode + "&state=" + state
			_, err := p.parse(text)
			if (err == nil) != (says == "") || err != nil && !contains(err.Error(), says) {
				t.Errorf("%s at %s: %v, want %q", state, base, err, says)
			}
			if got := p.whole(text); got != (says != "cut off") {
				t.Errorf("%s at %s: whole %v", state, base, got)
			}
		}
	}
}

func FuzzPaste(f *testing.F) {
	for _, seed := range []string{
		pasteBase + "?code=" + pasteCode + "&state=" + pasteState, "code=x", pasteCode, "\x1b[200~%", "https://zoom.us/oauth/authorize?",
		"Location: HTTP://127.0.0.1/?state=" + pasteState, "a.b/?=", "http://[::1/?code=1", "://", "?&&==&;",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := expectPaste()
		a, err := p.parse(text)
		if err != nil {
			if len(err.Error()) > 3*maxWords {
				t.Fatalf("a long error: %q", err)
			}
			return
		}
		if a.code == "" || len(a.code) > maxCode || strings.ContainsFunc(a.code.Reveal(), notToken) {
			t.Fatalf("code %q", a.code.Reveal())
		}
		if a.hasState && a.state != pasteState {
			t.Fatal("a wrong state was accepted")
		}
		if again, err := p.parse("  " + a.code.Reveal() + "\n"); err == nil && again.code != a.code {
			t.Fatal("the code alone reads differently")
		}
	})
}
