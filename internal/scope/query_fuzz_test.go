package scope

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// quotePOSIX writes a word as one of the ways in which a POSIX shell, or bash, may
// be given it.
func quotePOSIX(word string, way int) string {
	switch way % 5 {
	case 0:
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	case 1:
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(word) + `"`
	case 2:
		return "$'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\t", `\t`).Replace(word) + "'"
	case 3: // as octal numbers
		var b strings.Builder
		for i := range len(word) {
			fmt.Fprintf(&b, `\%03o`, word[i])
		}
		return "$'" + b.String() + "'"
	}
	var b strings.Builder
	for i := range len(word) { // each byte by itself
		switch c := word[i]; {
		case c == '\n', c == ' ', c == '\t', c == '\r': // a backslash before a blank at the end of a line is taken for a mistake
			b.WriteString("'" + string(rune(c)) + "'")
		case c < utf8.RuneSelf && notInWord(rune(c)):
			b.WriteString(`\` + string(rune(c)))
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() == 0 {
		return `""`
	}
	return b.String()
}

// checkRoundTrip: what was quoted for a shell is read as it was.
func checkRoundTrip(t *testing.T, argv []string, ways func() int) {
	t.Helper()
	var quoted []string
	for _, word := range argv {
		quoted = append(quoted, quotePOSIX(word, ways()))
	}
	for _, between := range []string{" ", " \\\n  ", "\t"} {
		for _, after := range []string{"", "\n{}", " | jq .", " ; ls", " # -X POST", " > out.json", " &"} {
			line := strings.Join(quoted, between) + after
			if got, _ := shellWords(line); !slices.Equal(got, argv) {
				t.Fatalf("shellWords(%q): %s", line, cmp.Diff(argv, got))
			}
		}
	}
}

func TestShellRoundTrip(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("ab 'è\"\\$`\n\t#&;|<>(){}^*?!~=-/:%😀\x01")
	for range 1000 {
		argv := []string{"curl"}
		for range random.IntN(5) {
			var word []rune
			for range random.IntN(8) {
				word = append(word, letters[random.IntN(len(letters))])
			}
			argv = append(argv, string(word))
		}
		checkRoundTrip(t, argv, func() int { return random.IntN(5) })
	}
}

func FuzzShellRoundTrip(f *testing.F) {
	f.Add("-H", "Authorization: Bearer x", uint64(1))
	f.Add("it's", "a\\\nb", uint64(7))
	f.Add("", "$'x'", uint64(1234))
	f.Add("`id`", "$(id)", uint64(99))
	f.Fuzz(func(t *testing.T, a, b string, ways uint64) {
		if strings.Contains(a+b, "\x00") {
			t.Skip("no argument holds a NUL")
		}
		checkRoundTrip(t, []string{a, b, a + b}, func() int { ways /= 5; return int(ways % 5) })
	})
}

// quoteWindows writes a word as browsers do for "Copy as cURL (cmd)".
func quoteWindows(word string) string {
	word = strings.NewReplacer(`"`, `\"`).Replace(word)
	return `^"` + strings.NewReplacer("^", "^^", `"`, `^"`, "&", "^&", "%", "^%", "{", "^{", "}", "^}").Replace(word) + `^"`
}

func TestWindowsRoundTrip(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	letters := []rune("ab 'è\"$`#&;<>(){}^*!=-/:%")
	for range 1000 {
		argv := []string{"curl"}
		line := "curl"
		for range random.IntN(5) {
			var word []rune
			for range random.IntN(8) {
				word = append(word, letters[random.IntN(len(letters))])
			}
			argv = append(argv, string(word))
			line += " ^\r\n  " + quoteWindows(string(word))
		}
		if got, _ := windowsWords(line); !slices.Equal(got, argv) {
			t.Fatalf("windowsWords(%q): %s", line, cmp.Diff(argv, got))
		}
	}
}

// TestNoSecretIsKept puts a token into every place of a line where people put
// one. Nothing of it may be in the query.
func TestNoSecretIsKept(t *testing.T) {
	t.Parallel()
	secrets := map[string]string{
		"jwt":    "eyJzdiI6IjAwMDAwMiIsImFsZyI6IkhTNTEyIn0.eyJ2ZXIiOjEwLCJhdWlkIjoiNmY2In0.c2VjcmV0LXNpZ25hdHVyZS1zZWNyZXQ",
		"opaque": "Kq3vXz81LmNpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrSt",
		"client": "Zk3vQ8mN2xL0pR7tY5wB1cE9MelhoaOw",
	}
	lines := []string{
		`curl -H "Authorization: Bearer %s" https://api.zoom.us/v2/users/me`,
		`curl -H 'Authorization: Bearer %s' $URL`,
		`curl -H Authorization:\ Bearer\ %s https://example.com/`,
		`curl --oauth2-bearer %s https://api.zoom.us/v2/users/me`,
		`curl "https://api.zoom.us/v2/users/me?access_token=%s"`,
		`curl https://api.zoom.us/v2/users/me#%s`,
		`curl -u me:%s https://api.zoom.us/v2/users/me`,
		`curl https://me:%s@api.zoom.us/v2/users/me`,
		`curl -d '{"secret":"%s"}' https://api.zoom.us/v2/users`,
		`curl -H "Authorization: Bearer %s https://api.zoom.us/v2/users/me`,
		"curl ^\"https://api.zoom.us/v2/users^\" ^\n -H ^\"authorization: Bearer %s^\"",
		"Authorization: Bearer %s",
		"%s",
		"Bearer %s",
		"token=%s",
		`{"access_token":"%s","token_type":"bearer"}`,
		`{"code":124,"message":"Invalid access token: %s"}`,
		"Invalid access token %s",
		"does not contain scopes:[%s]",
		"list meetings with %s",
		"/users/%s/meetings",
		"GET https://api.zoom.us/v2/users/me?token=%s HTTP/1.1\nAuthorization: Bearer %[1]s",
		"x:%s",
		"zoomtui api GET /users/me -H 'Authorization: Bearer %s'",
		"curl -u 7kXq2faBcDeFgHiJkLmN4w:%s -X POST https://zoom.us/oauth/token",
		"curl -u %s:x https://zoom.us/oauth/token",
		"curl https://zoom.us/oauth/token -d client_secret=%s",
		"curl -H 'Authorization: Basic %s' https://example.com/",
		"client_secret %s",
		`{"code":4711,"message":"does not contain scopes:[%s]"}`,
		`{"zoom_code":4711,"zoom_message":"x","missing_scopes":["a:b","%s"],"tracking_id":"%[1]s"}`,
		"POST https://zoom.us/oauth/token client_secret=%s",
	}
	for kind, secret := range secrets {
		for _, line := range lines {
			text := fmt.Sprintf(line, secret)
			q := ReadQuery(text)
			kept := strings.ToLower(fmt.Sprintf("%+v %+v", q, q.Live))
			// Any piece of it of some length would do harm.
			for i := 0; i+8 <= len(secret); i++ {
				if strings.Contains(kept, strings.ToLower(secret[i:i+8])) {
					t.Errorf("%s: %q keeps %s", kind, text, kept)
					break
				}
			}
		}
	}
}

// TestNoShortSecretIsKept is for the places where a secret is one whatever it looks like.
func TestNoShortSecretIsKept(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"curl -u id:%s https://zoom.us/oauth/token", "curl --user 'id:%s' https://example.com", "list users client_secret=%s", "password: %s meetings",
		`meetings {"access_token":"%s"}`, "meetings Bearer %s", "Authorization: Basic %s meetings", "users https://me:%s@api.example.com/",
		`{"code":124,"message":"Invalid access token, client_secret=%s"}`,
	} {
		for _, secret := range []string{"hunter2", "aB3dE6gH9jK2mN5pQ8sTuV"} {
			q := ReadQuery(fmt.Sprintf(line, secret))
			if kept := strings.ToLower(fmt.Sprintf("%+v %+v", q, q.Live)); strings.Contains(kept, strings.ToLower(secret[:7])) {
				t.Errorf("%q keeps %s", line, kept)
			}
		}
	}
}

// muchPieces are what texts repeat in which parsers stumble.
func muchPieces() []string {
	return []string{
		"a", " ", "\n", "'", `"`, `\`, "`", "$(", "$'", "${", "{{", "{", `{"a":`, "[", `{"code":1,`, "curl ", "curl -d '", "curl \"", "gh api ", "^\n", "^",
		"GET ", "GET /", "/v2/", "https://", "scope", "scopes:[", "scopes:[a,", "code ", "status", "http/1.1 ", "method", ";clid=", "eyJ", "Bearer ",
		"a:b ", "会議", "\xff", "{'code': ", "does not contain scopes:", "curl $'\\'", "curl -H x\n-H y", "(", "$(curl ",
		"scopes:(", "scopes:(a:b,", "scope: a:b\n", "&quot;", "&amp;", "&", "<pre", "<pre>", "<", `\u005b`, `\\\u0022`, `\\\"`, `\"`, "%20", "%7b%22", "token:", "token:[", "secret='",
		"-u ", "-u a:", "basic ", "cookie:'", "\x00a", "invalid access token", "\r\n ", "zoom.us/oauth/", "//", "xgh ", "xcurl x",
	}
}

// TestReadQueryOfMuch reads what is long or endless: the answer that stands behind it
// is found, wherever nothing before it can be taken for one, and nothing grows without
// bounds.
func TestReadQueryOfMuch(t *testing.T) {
	t.Parallel()
	const answer = ` {"code":4711,"message":"does not contain scopes:[a:b]"}`
	for _, piece := range muchPieces() {
		text := strings.Repeat(piece, (1<<18)/len(piece))
		checkQuery(t, ReadQuery(text))
		checkQuery(t, ReadQuery("curl "+text+answer))
		q := ReadQuery(strings.Repeat(piece, 3) + "\n" + answer)
		checkQuery(t, q)
		if q.Live == nil {
			t.Errorf("the answer behind %q is not found", piece)
		}
	}
	// What stands in the midst of a long log is given up, its two ends are read.
	log := strings.Repeat("2026-11-22 13:47:20 INFO something happened\n", 10_000)
	q := ReadQuery("GET /users/me\n" + log + answer)
	if want := (Query{Method: "GET", Path: "/users/me", Live: &Live{Code: 4711, Message: "does not contain scopes:[a:b]", Scopes: []string{"a:b"}}}); !cmp.Equal(want, q) {
		t.Error(cmp.Diff(want, q))
	}
}

// checkQuery: whatever the text was, a query is one thing, and bounded.
func checkQuery(t *testing.T, q Query) {
	t.Helper()
	if q.Path != "" && (q.Path[0] != '/' || strings.ContainsAny(q.Path, "?# \n") || len(q.Path) > 2*maxPath) {
		t.Errorf("path %q", q.Path)
	}
	if q.Path != "" && len(q.Words) > 0 || q.Scope != "" && q.Path != "" || q.SignIn && q.Path != "" {
		t.Errorf("it is several things: %+v", q)
	}
	if q.Address && (q.Path == "" || q.Method != "") {
		t.Errorf("no address: %+v", q)
	}
	if q.Method != strings.ToUpper(q.Method) || q.Method != "" && !isMethod(q.Method) {
		t.Errorf("method %q", q.Method)
	}
	if len(q.Words) > maxWords || len(q.Scope) > 2*maxScopeName {
		t.Errorf("too much: %+v", q)
	}
	if q.Live != nil && (len(q.Live.Message) > maxSentence || !utf8.ValidString(q.Live.Message) || len(q.Live.Scopes) > maxNames) {
		t.Errorf("answer %+v", *q.Live)
	}
}

func FuzzReadQuery(f *testing.F) {
	for _, seed := range []string{
		"list meetings", "GET /users/me", `{"code":4711,"message":"does not contain scopes:[a, b]."}`, "curl -X POST 'https://api.zoom.us/v2/users' -d $'a\\'b'",
		"curl ^\"https://api.zoom.us/v2/users^\" ^\r\n -H ^\"a: b^\"", "HTTP/2 400\nx-zm-trackingid: v=2.0;clid=us02;rid=WEB_1\n\n{}", "user:read:user",
		"{{baseUrl}}/users/:id", "zoomtui api GET /users/me --jq .id", "requests.get(\"https://api.zoom.us/v2/users\")", "$(curl -s https://x/v2/a)", "\\", "ＧＥＴ　/users",
		"<pre>{&quot;code&quot;:4711}</pre>", `\\u005ba\u005d`, `{\\\"code\\\":1}`, "a%20b%20c%5B", "\xff\xfeG\x00E\x00T\x00", "scopes:(a:b)", "//users/me", "/v2/v2/users", "-u a:b", "wget http://x/v2/a",
	} {
		f.Add(seed)
	}
	c, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := ReadQuery(text)
		checkQuery(t, q)
		if readable := Readable(text); !utf8.ValidString(readable) || len(readable) > 3*maxQuery {
			t.Errorf("%d bytes are read as %d", len(text), len(readable))
		}
		if got := len(c.Search(text, 3)); got > 3 {
			t.Errorf("%d hits", got)
		}
		c.Nearest(q.Method, q.Path, 3)
	})
}

// BenchmarkReadQueryOfMuch is 128 KB of hostile text: each of them may take some
// milliseconds, and none of them seconds.
func BenchmarkReadQueryOfMuch(b *testing.B) {
	for _, piece := range muchPieces() {
		text := strings.Repeat(piece, (128<<10)/len(piece))
		b.Run(fmt.Sprintf("%q", piece), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				ReadQuery(text)
			}
		})
	}
}

// BenchmarkReadQuery is a pasted error on its way to the question; the whole way to
// the verdict has 50 ms.
func BenchmarkReadQuery(b *testing.B) {
	const message = `{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings, meeting:read:list_upcoming_meetings:admin]."}`
	for name, text := range map[string]string{
		"error":          message,
		"curl and error": "curl -i -H 'Authorization: Bearer eyJabc.def.ghi' https://api.zoom.us/v2/users/me/upcoming_meetings\nHTTP/2 400\nx-zm-trackingid: v=2.0;clid=us02;rid=WEB_1\n\n" + message,
		"long log":       strings.Repeat("2026-11-22 13:47:20 INFO something {\"a\":1} happened\n", 4000) + message,
		"word":           "upcoming",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ReadQuery(text)
			}
		})
	}
}
