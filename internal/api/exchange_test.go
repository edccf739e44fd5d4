package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
)

// keeping makes a client whose recorder keeps so many bytes of bodies.
func keeping(budget int64) (*http.Client, *Recorder) {
	r := NewRecorder(nil, RecorderOptions{Clock: testTime})
	r.KeepBodies(budget)
	return &http.Client{Transport: r}, r
}

// fetch makes one call and reads its answer; it gives the number of the call.
func fetch(t *testing.T, client *http.Client, method, address, body string) (seq int) {
	t.Helper()
	var sent io.Reader
	if body != "" {
		sent = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(WithSeq(t.Context(), func(n int) { seq = n }), method, address, sent)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer SECRETHEADER")
	req.Header.Set("Cookie", "a=SECRETCOOKIE")
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	return seq
}

// TestExchange: all of a call can be seen, and nothing that opens anything.
func TestExchange(t *testing.T) {
	t.Parallel()
	server := serve(
		t,
		answer(200, `{"access_token":"SECRETACCESS","refresh_token":"SECRETREFRESH","scope":"user:read:user"}`),
		answer(429, `{"code":429,"message":"slow down","start_url":"https://h/s?zak=SECRETZAK"}`, "Set-Cookie: _zm=SECRETCOOKIE",
			"Retry-After: 2026-11-23T00:00:00Z", "X-RateLimit-Type: Daily-limit", "X-RateLimit-Limit: 5000", "X-RateLimit-Remaining: 0"),
	)
	client, r := keeping(1 << 20)
	form := "grant_type=refresh_token&refresh_token=SECRETREFRESH&client_id=7Kx&client_secret=SECRETCLIENT"
	first := fetch(t, client, "POST", server.URL+"/oauth/token", form)
	second := fetch(t, client, "GET", server.URL+"/v2/users/me/meetings?type=upcoming&from=2026-11-22&access_token=SECRETQUERY", "")
	exchange, ok := r.Exchange(first)
	if !ok || exchange.Step != "refresh" || exchange.RequestNote+exchange.BodyNote != "" {
		t.Errorf("the refresh is %+v", exchange)
	}
	if got, want := string(exchange.RequestBody), "grant_type=refresh_token&refresh_token=[redacted]&client_id=7Kx&client_secret=[redacted]"; got != want {
		t.Errorf("the form is %s", got)
	}
	if got, want := string(exchange.Body), `{"access_token":"[redacted]","refresh_token":"[redacted]","scope":"user:read:user"}`; got != want {
		t.Errorf("the answer is %s", got)
	}
	if got := exchange.RequestHeader.Get("Authorization"); got != "Bearer [redacted]" {
		t.Errorf("the header says %q", got)
	}
	exchange, _ = r.Exchange(second)
	if want := server.URL + "/v2/users/me/meetings?type=upcoming&from=2026-11-22&access_token=[redacted]"; exchange.URL != want {
		t.Errorf("the address is %s", exchange.URL)
	}
	limits := []any{exchange.Step, exchange.RetryAfter, exchange.RateType, exchange.RateLimit, exchange.RateRemaining, exchange.RequestBody == nil, exchange.Reading}
	if diff := cmp.Diff([]any{"", "2026-11-23T00:00:00Z", "Daily-limit", 5000, 0, true, false}, limits); diff != "" {
		t.Error(diff)
	}
	for n := 1; n <= 2; n++ {
		e, _ := r.Exchange(n)
		if all, err := json.Marshal(e); err != nil || bytes.Contains(all, []byte("SECRET")) || strings.Contains(string(e.Body)+string(e.RequestBody), "SECRET") {
			t.Errorf("a secret is in %s, %v", all, err)
		}
	}
	for _, n := range []int{0, 3, -1} {
		if _, ok := r.Exchange(n); ok {
			t.Errorf("there is a call %d", n)
		}
	}
}

func TestSteps(t *testing.T) {
	t.Parallel()
	tests := []struct{ path, body, want string }{
		{"/oauth/token", "grant_type=authorization_code&code=x", "code exchange"},
		{"/oauth/token", "grant_type=refresh_token", "refresh"},
		{"/oauth/token?grant_type=account_credentials&account_id=x", "", "account credentials"},
		{"/oauth/token", "grant_type=client_credentials", "client credentials"},
		{"/oauth/token", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=x", "device poll"},
		{"/oauth/token", "", ""},
		{"/oauth/devicecode", "client_id=x", "device code"},
		{"/oauth/revoke", "token=x", "revoke"},
		{"/v2/users/me", "grant_type=refresh_token", ""},
	}
	for _, tt := range tests {
		req, err := http.NewRequestWithContext(t.Context(), "POST", "https://zoom.us"+tt.path, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		if got := oauthStep(req); got != tt.want {
			t.Errorf("%s with %q is %q, want %q", tt.path, tt.body, got, tt.want)
		}
	}
}

// TestBodyNotes: where a body is not shown, it is said why.
func TestBodyNotes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		budget int64
		answer http.HandlerFunc
		text   string // what is kept
		note   string // how the note begins
	}{
		{"kept", 100, answer(200, `{"id":1}`), `{"id":1}`, ""},
		{"empty", 100, answer(204, ""), "", ""},
		{"fits exactly", 8, answer(200, `{"id":1}`), `{"id":1}`, ""},
		{"too large", 8, answer(200, `{"id":12}`), "", "Not kept: its 9 bytes are more than the 8 bytes"},
		{"much too large", 1000, answer(200, strings.Repeat("x ", 1<<20)), "", "Not kept: its 2.0 MiB are more than the 1000 bytes that are kept in all."},
		{"picture", 100, answer(200, "GIF89a", "Content-Type: image/gif"), "", "Not kept: 6 bytes of image/gif."},
		{"looks like text", 100, answer(200, "a\x00b", "Content-Type: "), "", "Not kept: 3 bytes of binary data."},
		{"broken off", 100, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "20")
			_, _ = io.WriteString(w, `{"token":"SECR`)
		}, `{"token":"[redacted]`, "Not whole: the reading ended after 14 bytes."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client, r := keeping(tt.budget)
			res, err := client.Get(serve(t, tt.answer).URL)
			if err != nil {
				t.Fatal(err)
			}
			if e, _ := r.Exchange(1); !e.Reading || e.BodyNote != noteReading {
				t.Errorf("before it is read: %+v", e)
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			e, _ := r.Exchange(1)
			if string(e.Body) != tt.text || !strings.HasPrefix(e.BodyNote, tt.note) || tt.note == "" && e.BodyNote != "" || e.Reading {
				t.Errorf("%q, %q", e.Body, e.BodyNote)
			}
		})
	}
}

// TestBodyBudget: the oldest bodies go first, and the newest stays, also while one
// comes in that turns out to be too large.
func TestBodyBudget(t *testing.T) {
	t.Parallel()
	sized := func(n int) http.HandlerFunc { return answer(200, `"`+strings.Repeat("x ", n/2)+`"`) }
	server := serve(t, sized(400_000), sized(400_000), sized(400_000), sized(900_000), sized(4_000_000), sized(90_000))
	client, r := keeping(1_000_000)
	kept := func() (out string) {
		for _, c := range r.Calls() {
			e, _ := r.Exchange(c.Seq)
			out += fmt.Sprint(len(e.Body)/1000, " ")
			if len(e.Body) == 0 && e.BodyNote == "" {
				t.Errorf("nothing says where the body of call %d is", c.Seq)
			}
		}
		return out
	}
	want := []string{"400 ", "400 400 ", "0 400 400 ", "0 0 0 900 ", "0 0 0 900 0 ", "0 0 0 900 0 90 "}
	for _, w := range want {
		fetch(t, client, "GET", server.URL, "")
		if got := kept(); got != w {
			t.Errorf("kept are %s, want %s", got, w)
		}
	}
	if r.bodies.coming != 0 || r.bodies.used > 1_000_000+100_000 {
		t.Errorf("%d are coming, %d are used", r.bodies.coming, r.bodies.used)
	}
}

// TestExchangePushedOut: a call that is no longer remembered takes its body along.
func TestExchangePushedOut(t *testing.T) {
	t.Parallel()
	r := NewRecorder(nil, RecorderOptions{Size: 2})
	r.KeepBodies(1 << 20)
	client := &http.Client{Transport: r}
	server := serve(t, answer(200, `{"id":1}`))
	for range 5 {
		fetch(t, client, "POST", server.URL, "a=1")
	}
	if _, ok := r.Exchange(3); ok {
		t.Error("call 3 is still there")
	}
	if e, ok := r.Exchange(4); !ok || string(e.Body) != `{"id":1}` || r.bodies.used != 2*int64(len(`{"id":1}a=1`)) {
		t.Errorf("call 4 is %q, %d bytes are used", e.Body, r.bodies.used)
	}
}

// TestExchangeFailed: a call without an answer shows what was sent.
func TestExchangeFailed(t *testing.T) {
	t.Parallel()
	r := NewRecorder(failingTransport{errors.New("no")}, RecorderOptions{})
	r.KeepBodies(1 << 20)
	seq := 0
	req, err := http.NewRequestWithContext(WithSeq(t.Context(), func(n int) { seq = n }), "POST", "https://zoom.us/oauth/revoke", strings.NewReader("token=SECRET"))
	if err != nil {
		t.Fatal(err)
	}
	before := r.Changes()
	if _, err := (&http.Client{Transport: r}).Do(req); err == nil {
		t.Error("no error")
	}
	e, _ := r.Exchange(seq)
	if string(e.RequestBody) != "token=[redacted]" || e.BodyNote != noteNoneYet || e.Step != "revoke" || r.Changes() == before {
		t.Errorf("%+v", e)
	}
}

// TestExchangeOff: without KeepBodies nothing but the call is kept.
func TestExchangeOff(t *testing.T) {
	t.Parallel()
	r := NewRecorder(nil, RecorderOptions{})
	fetch(t, &http.Client{Transport: r}, "POST", serve(t, answer(200, `{}`)).URL, "a=1")
	e, ok := r.Exchange(1)
	if !ok || e.Status != 200 || e.Body != nil || e.RequestBody != nil || e.RequestHeader != nil || e.BodyNote != noteOff {
		t.Errorf("%+v", e)
	}
}

// TestExchangeOfAParrot: a server that repeats the token in every place it has does
// not bring it to light.
func TestExchangeOfAParrot(t *testing.T) {
	t.Parallel()
	secret := "eyJzdiI6IjAwMDAwMSJ9." + strings.Repeat("SECRETsecret", 20)
	parrot := func(w http.ResponseWriter, _ *http.Request) {
		for _, name := range []string{
			"X-Zm-Trackingid", "X-Ratelimit-Category", "X-Ratelimit-Type", "X-Ratelimit-Limit", "X-Ratelimit-Remaining", "Retry-After",
			"Content-Type", "Location", "Date", "Www-Authenticate", "X-Whatever",
		} {
			w.Header().Set(name, secret)
		}
		w.Header()[secret] = []string{"as a name"}
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"code":4711,"message":"Invalid access token, does not contain scopes:[`+secret+`]."}`)
	}
	server := serve(t, parrot)
	client, r := keeping(1 << 20)
	e, _ := r.Exchange(fetch(t, client, "GET", server.URL+"/v2/users/me", ""))
	failure := New(Options{}).Failure(&Answer{Status: e.Status, Header: e.Header}, e.Body)
	res, err := client.Get(server.URL + "/v2/users/me")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	atOnce := New(Options{}).Failure(&Answer{Status: res.StatusCode, Header: res.Header}, body)
	for name, seen := range map[string]any{
		"what is kept": e, "its body": string(e.Body), "the call": r.Calls(), "the failure of what is kept": failure, "the failure": atOnce,
	} {
		if text := fmt.Sprintf("%+v", seen); strings.Contains(text, "SECRET") {
			t.Errorf("%s: %s", name, text)
		}
		if text := fmt.Sprintf("%+v", explain.Of(errors.Join(failure, atOnce))); strings.Contains(text, "SECRET") {
			t.Errorf("explained as %s", text)
		}
	}
}
