package api

import (
	"bytes"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
)

// wholeSecretAfter is secretAfter as it may be on a short text: it looks at the
// whole of a value before it decides whether the name is one of prose.
func wholeSecretAfter(s []byte, end int, w word) (from, to int) {
	l := linkAfter(s, end, w)
	name := w.name()
	if isScheme(name) || name == "code" || name == "token" {
		if from, to = credentialAfter(s, end, name); to > from {
			return from, to
		}
	}
	if l.sep == 0 || !isSecretName(name) && !isPIN(name) {
		return end, end
	}
	l.line = isLineName(name)
	from, to = valueAt(s, l)
	number := isShortNumber(strings.Trim(string(s[from:to]), `"\ `))
	if l.inProse(name) && !isPasscode(name, s[from:to]) || name == "code" && l.sep == ':' && number {
		return end, end
	}
	if isScheme(strings.ToLower(string(s[from:to]))) {
		_, behind := credentialAfter(s, to, "bearer")
		to = max(to, behind)
	}
	return from, to
}

// sameSecrets compares both ways at every word of a text.
func sameSecrets(t *testing.T, text string) {
	t.Helper()
	s := []byte(text)
	for i := 0; i < len(s); {
		end := wordEnd(s, i)
		if end == i {
			i++
			continue
		}
		w := word{s, i, end}
		from, to := secretAfter(s, end, w)
		wantFrom, wantTo := wholeSecretAfter(s, end, w)
		if from == to && wantFrom == wantTo {
			from, to, wantFrom, wantTo = 0, 0, 0, 0 // nothing either way
		}
		if from != wantFrom || to != wantTo {
			t.Fatalf("behind %q of %q %d-%d is hidden, want %d-%d", s[i:end], text, from, to, wantFrom, wantTo)
		}
		i = end
	}
}

// TestLinearHidesNoLess: deciding early hides what deciding by the whole value does,
// in texts that are made of all that means something.
func TestLinearHidesNoLess(t *testing.T) {
	t.Parallel()
	parts := strings.Fields(`token code pass password Passcode access_token state Bearer basic Authorization pin value key scopes user 1 471100 aB3dE6gH9jK2mN5pQ8 eyJabc : : : = " ' \ \" [ ] { } , . & %22 %3A %3D %5C %2522 %253A %20 %5B %2C`)
	parts = append(parts, " ", " ", "\n")
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 7))
		var b strings.Builder
		for b.Len() < 10+r.IntN(passcodeLook-40) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		sameSecrets(t, b.String()[:min(b.Len(), passcodeLook)])
	}
}

// FuzzLinearHidesNoLess is the same with any short text.
func FuzzLinearHidesNoLess(f *testing.F) {
	f.Add("token:token: Passcode: 471100, pass:[a,{1}] code:4711")
	f.Add(`"code":"4711" "password":"a\"b" user:read:token:admin`)
	f.Add("%22pass%22%3A%22x%22 pass%3Aword pass:'a1b2'")
	f.Fuzz(func(t *testing.T, text string) {
		sameSecrets(t, text[:min(len(text), passcodeLook)])
	})
}

// TestEncodedScopesAreNoSecrets: what Zoom says about scopes stays readable also as
// a part of an address.
func TestEncodedScopesAreNoSecrets(t *testing.T) {
	t.Parallel()
	for _, words := range []string{
		"Invalid access token, does not contain scopes:[user:read:token, user:read:list_tokens:admin].",
		`{"code":4711,"message":"Invalid access token: user:read:zak"}`,
		"scope=user:read:zak user_zak:read meeting:read:passcode:admin",
	} {
		encoded := url.QueryEscape(words)
		for _, text := range []string{encoded, url.QueryEscape(encoded)} {
			if got := hideSecrets(text); got != text {
				t.Errorf("%q becomes %q", text, got)
			}
		}
	}
}

func TestDecodedAt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in    string
		c     byte
		width int
	}{
		{"", 0, 0},
		{"a", 'a', 1},
		{"%", '%', 1},
		{"%3", '%', 1},
		{"%3a", ':', 3},
		{"%3A1", ':', 3},
		{"%253D", '=', 5},
		{"%25", '%', 3},
		{"%25x", '%', 3},
		{"%zz", '%', 1},
		{"%25zz", '%', 1},
	}
	for _, tt := range tests {
		if c, width := decodedAt([]byte(tt.in), 0); c != tt.c || width != tt.width {
			t.Errorf("%q begins with %q of %d bytes, want %q of %d", tt.in, c, width, tt.c, tt.width)
		}
	}
	if at := skipQuotes([]byte(`a\"%22%2527"x`), 1); !bytes.HasPrefix([]byte(`a\"%22%2527"x`)[at:], []byte("x")) {
		t.Errorf("quotes end at %d", at)
	}
}
