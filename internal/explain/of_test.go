package explain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type carrier struct {
	facts Facts
	err   error
}

func (c carrier) Error() string { return "carrier" }
func (c carrier) Facts() Facts  { return c.facts }
func (c carrier) Unwrap() error { return c.err }

func TestOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		err   error
		class Class
		what  string
	}{
		{"wrapped carrier", fmt.Errorf("load meetings: %w", carrier{facts: Facts{Place: PlaceAPI, HTTPStatus: 404, Code: 3001}}), Other, "meeting does not exist"},
		{"cancelled call", carrier{facts: Facts{Place: PlaceAPI}, err: context.Canceled}, Cancelled, "Cancelled"},
		{"cancelled", fmt.Errorf("wait: %w", context.Canceled), Cancelled, "Cancelled"},
		{"time limit", fmt.Errorf("wait: %w", context.DeadlineExceeded), Network, "did not answer in time"},
		{"http", &url.Error{Op: "Get", URL: "https://zoom.us/x?code=SECRETSECRET", Err: errors.New("EOF")}, Network, "zoom.us broke off"},
		{"bad address", &url.Error{Op: "parse", URL: ":x", Err: errors.New("missing protocol scheme")}, Usage, "cannot be used"},
		{"missing file", &fs.PathError{Op: "open", Path: "/x", Err: fs.ErrNotExist}, Usage, "cannot be used"},
		{"file of another", &fs.PathError{Op: "open", Path: "/x", Err: syscall.EACCES}, Store, "/x"},
		{"read-only", &fs.PathError{Op: "open", Path: "/x", Err: syscall.EROFS}, Store, "read-only"},
		{"anything", errors.New("it broke"), Other, "did not work"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := Of(tt.err)
			if p.Class() != tt.class || !strings.Contains(p.What, tt.what) {
				t.Errorf("Of = %v %q, want %v %q", p.Class(), p.What, tt.class, tt.what)
			}
			if strings.Contains(p.Why+p.What+p.Raw(nil), "SECRETSECRET") {
				t.Errorf("the address's query is shown: %+v", p)
			}
			checkSentences(t, p)
		})
	}
	if p := Of(nil); p.What != "" {
		t.Errorf("Of(nil) = %+v", p)
	}
}

func TestRaw(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 3, 12, 44, 0, time.UTC)
	token := "eyJzdiI6IjAwMDAwMSIsImFsZyI6IkhTNTEyIn0.eyJ2ZXIiOjl9.c2ln"
	tests := []struct {
		name  string
		facts Facts
		want  string
	}{
		{"refresh", Facts{HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid Token!", TrackingID: "v=2.0;clid=us02;rid=WEB_1", At: at}, `400 invalid_grant "Invalid Token!" · v=2.0;clid=us02;rid=WEB_1 · 03:12:44`},
		{"api", Facts{HTTPStatus: 400, Code: 4711, Message: "no scopes", At: at}, `400 4711 "no scopes" · 03:12:44`},
		{"local", Facts{Cause: "connection refused", Host: "zoom.us", At: at}, `connection refused (zoom.us) · 03:12:44`},
		{"web page", Facts{HTTPStatus: 502, Cause: "web page"}, `502 web page`},
		{"nothing", Facts{}, ``},
		{"screen control", Facts{HTTPStatus: 400, Message: "a\x1b[31mred\x1b]0;title\x07 \x1bPdcs\x1b\\b\r\n\u202egnp\u2066 \u009b2Jc"}, `400 "ared b gnp c"`},
		{"quoted token", Facts{HTTPStatus: 401, Message: "Invalid access token " + token + "."}, `401 "Invalid access token [redacted]"`},
		{"quoted code", Facts{HTTPStatus: 400, Message: "Invalid authorization code aB3dE6gH9jK2mN5p_q6gBJVO5Tze"}, `400 "Invalid authorization code [redacted]"`},
		{"hostile tracking id", Facts{HTTPStatus: 400, TrackingID: "rid\x1b[2J\nWEB"}, `400 · rid WEB`},
		{"long", Facts{HTTPStatus: 400, Message: strings.Repeat("界", 300)}, `400 "` + strings.Repeat("界", 199) + `…"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := (Problem{Facts: tt.facts}).Raw(nil); got != tt.want {
				t.Errorf("Raw = %q\nwant  %q", got, tt.want)
			}
		})
	}
	upper := Problem{Facts: Facts{HTTPStatus: 400, Message: "m", TrackingID: "t"}}.Raw(strings.ToUpper)
	if upper != `400 "M" · T` {
		t.Errorf("clean is not applied to foreign pieces: %q", upper)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(Of(carrier{facts: Facts{
		Place: PlaceAPI, HTTPStatus: 400, Code: 4711, Message: "no\x1b[1m scopes", TrackingID: "v=2.0", MissingScopes: []string{"a:b"},
	}}).JSON())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"what":"Zoom refused this call: the token has none of the scopes it needs.",` +
		`"why":"It needs this one: a:b.",` +
		`"next_steps":["Add a:b to the app in the Marketplace, under Scopes.","Then sign in again: a refresh does not add scopes."],` +
		`"http_status":400,"zoom_code":4711,"zoom_message":"no scopes","tracking_id":"v=2.0","missing_scopes":["a:b"]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	empty, err := json.Marshal(Problem{}.JSON())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(empty), `"next_steps":[]`) || !strings.Contains(string(empty), `"missing_scopes":[]`) {
		t.Errorf("lists are null: %s", empty)
	}
}

func TestBrowser(t *testing.T) {
	t.Parallel()
	const redirect = "http://127.0.0.1:8976/callback"
	list := Browser(redirect)
	for i, want := range []string{"4,700", "127.0.0.1", "4,702", "scope", "admin", "authorize"} {
		if !strings.Contains(list[i].Title, want) {
			t.Errorf("entry %d is %q, want %q in it", i, list[i].Title, want)
		}
		if list[i].Says == "" {
			t.Errorf("entry %q does not say what the page says", list[i].Title)
		}
		checkSentences(t, list[i].Problem)
	}
	first := list[0].Problem
	for _, want := range []string{redirect, "both fields", "OAuth Redirect URL", "OAuth Allow List"} {
		if !strings.Contains(first.Why, want) {
			t.Errorf("the redirect entry does not say %q: %q", want, first.Why)
		}
	}
	if first.Next[0].Action != ActionCopyRedirect {
		t.Errorf("first step is %+v", first.Next[0])
	}
	if !strings.Contains(list[1].Problem.What, "already said yes") {
		t.Errorf("the 127.0.0.1 entry does not calm: %q", list[1].Problem.What)
	}
	for _, bad := range []string{"http://localhost:8976/callback", "http://192.168.1.2/callback"} {
		if p := Browser(bad)[0].Problem; p.Next[0].Action != ActionSetup || !strings.Contains(p.Next[0].Text, "127.0.0.1") || len(p.Next) > 3 {
			t.Errorf("%s: %+v", bad, p.Next)
		}
	}
}

// FuzzAbout: whatever Zoom, a proxy or a file says, the sentences stay one
// line without anything that a terminal obeys.
func FuzzAbout(f *testing.F) {
	f.Add("api", "Invalid access token, does not contain scopes:[a, b].", "dial tcp: lookup", 400, 4711)
	f.Add("token", "\x1b]8;;http://x\x1b\\Invalid Token!\u009b2J", "{path}\u202e", 400, 0)
	f.Add("local", "", "\xc2\x1b\xc2\x9d{scope}", 0, 0)
	f.Fuzz(func(t *testing.T, place, message, cause string, status, code int) {
		p := About(Facts{
			Place: Place(place), Message: message, Cause: cause, Host: cause, Path: cause, Fix: message, Op: message,
			TrackingID: message, MissingScopes: []string{message, cause}, HTTPStatus: status, Code: code, OAuth: message,
		})
		texts := []string{p.What, p.Why, p.Raw(nil), p.JSON().ZoomMessage}
		for _, s := range p.Next {
			texts = append(texts, s.Text)
		}
		for _, text := range texts {
			if i := strings.IndexFunc(text, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 || isInvisible(r) }); i >= 0 {
				t.Errorf("control character at %d of %q", i, text)
			}
			if len([]rune(text)) > 3000 {
				t.Errorf("%d characters", len([]rune(text)))
			}
		}
	})
}
