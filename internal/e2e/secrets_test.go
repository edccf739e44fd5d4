package e2e

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// pieceSize is how much of a secret is taken for a leak, in bytes. A piece of it
// that begins at a multiple of this is found, so any part twice as long is.
const pieceSize = 20

// secrets is everything that must never be seen, with what it is. Its methods may be
// called from several goroutines.
type secrets struct {
	mu     sync.Mutex
	whole  map[string]string // secret -> kind
	pieces map[string]string // its parts of pieceSize -> kind
}

func newSecrets() *secrets { return &secrets{whole: map[string]string{}, pieces: map[string]string{}} }

// secretFields are the form fields and query values that are secret, and what they are.
func secretFields() map[string]string {
	return map[string]string{
		"access_token": "access token", "refresh_token": "refresh token", "token": "token", "client_secret": "client secret",
		"code": "authorization code", "code_verifier": "code verifier", "device_code": "device code",
	}
}

// secretKeys are the keys of Zoom's JSON that are secret, and what they are.
func secretKeys() map[string]string {
	return map[string]string{
		"access_token": "access token", "refresh_token": "refresh token", "device_code": "device code",
		"start_url": "start_url", "zak": "ZAK",
		"passcode": "passcode", "password": "passcode", "h323_password": "passcode", "pstn_password": "passcode",
	}
}

// add takes a secret of a kind; "" is none.
func (s *secrets) add(kind, secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if kind == "" || secret == "" || s.whole[secret] != "" {
		return
	}
	s.whole[secret] = kind
	distinct := secret
	if _, rest, ok := strings.Cut(secret, "."); ok && strings.HasPrefix(secret, "eyJ") {
		distinct = rest // the header of a token is the same for all and tells nothing
	}
	if kind == "start_url" {
		_, distinct, _ = strings.Cut(secret, "zak=")
		s.whole[distinct] = "ZAK"
	}
	for ; len(distinct) >= pieceSize; distinct = distinct[pieceSize:] {
		s.pieces[distinct[:pieceSize]] = kind
	}
}

// ofValues takes the secrets among the fields of a form or a query.
func (s *secrets) ofValues(values url.Values) {
	for key, kind := range secretFields() {
		s.add(kind, values.Get(key))
	}
}

// ofRequest takes the secrets that a request carries.
func (s *secrets) ofRequest(r *http.Request, body []byte) {
	if form, err := url.ParseQuery(string(body)); err == nil {
		s.ofValues(form)
	}
	s.ofValues(r.URL.Query())
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		s.add("access token", token)
	}
	if basic, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Basic "); ok {
		s.add("Basic header", basic)
	}
}

// ofAnswer takes the secrets that an answer carries: in its JSON at any depth, and in
// where it leads.
func (s *secrets) ofAnswer(header http.Header, body []byte) {
	if to, err := url.Parse(header.Get("Location")); err == nil {
		s.ofValues(to.Query())
	}
	var answer any
	if json.Unmarshal(body, &answer) == nil {
		s.ofJSON(answer)
	}
}

func (s *secrets) ofJSON(v any) {
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			s.ofJSON(inner)
		}
	case map[string]any:
		for key, inner := range v {
			if text, ok := inner.(string); ok {
				s.add(secretKeys()[key], text)
			}
			s.ofJSON(inner)
		}
	}
}

// in finds what a text gives away, by kind; "" is nothing.
func (s *secrets) in(text string) (kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for at := 0; at+pieceSize <= len(text); at++ {
		if kind := s.pieces[text[at:at+pieceSize]]; kind != "" {
			return kind
		}
	}
	for secret, kind := range s.whole {
		if len(secret) < pieceSize && containsWord(text, secret) {
			return kind
		}
	}
	return ""
}

// containsWord tells whether a text holds a word that is not a part of a longer one:
// six digits alone are a passcode, within a number they are chance.
func containsWord(text, word string) bool {
	for rest := text; ; {
		before, after, found := strings.Cut(rest, word)
		if !found {
			return false
		}
		if !endsInWord(before) && !beginsWithWord(after) && !countsSomething(before) {
			return true
		}
		rest = after
	}
}

// countsSomething tells from the text before six digits that they are the number of a
// process or a fingerprint, which may be any.
func countsSomething(before string) bool {
	before = strings.TrimRight(before, ` "`)
	return strings.HasSuffix(before, "pid") || strings.HasSuffix(before, `pid":`) || strings.HasSuffix(before, `fingerprint":`)
}

func endsInWord(s string) bool     { return s != "" && wordByte(s[len(s)-1]) }
func beginsWithWord(s string) bool { return s != "" && wordByte(s[0]) }

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == '.'
}

// searched remembers which files were searched, so that one is not searched twice.
type searched map[string]fs.FileInfo

// inFiles finds secrets in the files below a directory that are new or have changed,
// except where they belong: it gives one line a file.
func (s *secrets) inFiles(dir string, done searched, belong func(path string) bool) (found []string) {
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || belong(path) {
			return nil // it is gone by now, or there is nothing to read
		}
		now, err := entry.Info()
		if err != nil {
			return nil
		}
		before := done[path]
		if before != nil && now.Size() == before.Size() && now.ModTime().Equal(before.ModTime()) {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		done[path] = now
		if before != nil && filepath.Ext(path) == ".jsonl" { // it only grows
			data = data[min(int64(len(data)), max(0, before.Size()-2*pieceSize)):]
		}
		if kind := s.in(string(data)); kind != "" {
			found = append(found, path+" holds the "+kind)
		}
		return nil
	})
	return found
}

// knows tells whether there is a secret of a kind.
func (s *secrets) knows(kind string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.whole {
		if k == kind {
			return true
		}
	}
	return false
}
