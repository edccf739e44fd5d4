package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRecorder(t *testing.T) {
	t.Parallel()
	server := serve(
		t,
		answer(200, `{"id":"u"}`, "X-RateLimit-Category: Medium", "X-RateLimit-Remaining: 17"),
		answer(400, `{"code":4711,"message":"no"}`),
		answer(400, `{"message":"`+strings.Repeat("x", prefixSize)+`","code":12}`),
		answer(400, `{"code":3161,"message":"`+strings.Repeat("x", 2*prefixSize)+`"}`),
	)
	r := NewRecorder(nil, RecorderOptions{Clock: testTime})
	client := &http.Client{Transport: r}
	for range 4 {
		res, err := client.Get(server.URL + "/v2/users/me/meetings?page_size=300&type=upcoming&next_page_token=SECRET&x&from=2026-11-22")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil || len(body) == 0 {
			t.Errorf("the reader got %d bytes, %v", len(body), err)
		}
		_ = res.Body.Close()
	}
	calls := r.Calls()
	want := Call{
		Seq: 1, At: testTime(), Method: "GET", Host: strings.TrimPrefix(server.URL, "http://"),
		Path:   "/v2/users/me/meetings?page_size=300&type=upcoming&next_page_token=[redacted]&[redacted]&from=[redacted]",
		Status: 200, TrackingID: "v=2.0;clid=us02;rid=WEB_1", RateCategory: "Medium", RateLimit: -1, RateRemaining: 17, Bytes: 10,
	}
	if diff := cmp.Diff(want, calls[0]); diff != "" {
		t.Error(diff)
	}
	var codes []int
	for _, c := range calls {
		codes = append(codes, c.ZoomCode)
	}
	if diff := cmp.Diff([]int{0, 4711, 0, 3161}, codes); diff != "" {
		t.Error(diff)
	}
	if calls[1].RateRemaining != -1 {
		t.Errorf("a limit that was not told is %d", calls[1].RateRemaining)
	}
}

// TestRecorderRing: only the last calls are kept, in order, also while others run.
func TestRecorderRing(t *testing.T) {
	t.Parallel()
	server := serve(t, answer(200, `{}`))
	r := NewRecorder(nil, RecorderOptions{Size: 3})
	client := &http.Client{Transport: r}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			res, err := client.Get(server.URL)
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			_ = r.Calls()
		})
	}
	wg.Wait()
	var got []int
	for _, c := range r.Calls() {
		got = append(got, c.Seq)
	}
	if diff := cmp.Diff([]int{6, 7, 8}, got); diff != "" || r.Total() != 8 {
		t.Errorf("total %d: %s", r.Total(), diff)
	}
}

// TestRecorderUnread: a body that is closed early or never read is recorded all the same.
func TestRecorderUnread(t *testing.T) {
	t.Parallel()
	server := serve(t, answer(429, `{"code":429}`))
	r := NewRecorder(nil, RecorderOptions{})
	res, err := (&http.Client{Transport: r}).Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if calls := r.Calls(); len(calls) != 1 || calls[0].Status != 429 {
		t.Errorf("before the body is read: %+v", calls)
	}
	_ = res.Body.Close()
	if calls := r.Calls(); len(calls) != 1 || calls[0].ZoomCode != 0 || calls[0].Err != "" {
		t.Errorf("after Close: %+v", calls)
	}
}

func TestErrorWord(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  error
		want string
	}{
		{context.Canceled, "cancelled"},
		{&url.Error{Err: context.DeadlineExceeded}, "timeout"},
		{&net.OpError{Err: &net.DNSError{IsNotFound: true}}, "dns"},
		{carrierError{}, "sign-in"},
		{errors.New("reset"), "connection"},
	}
	for _, tt := range tests {
		if got := errorWord(tt.err); got != tt.want {
			t.Errorf("%v is %q, want %q", tt.err, got, tt.want)
		}
	}
}

// TestTrace: a trace of a whole sign-in and a call holds nothing that opens
// anything, and still says what happened.
func TestTrace(t *testing.T) {
	t.Parallel()
	token := "eyJzdiI6IjAwMDAwMSIsImFsZyI6IkhTNTEyIn0.SECRETeyJ.SECRET"
	server := serve(
		t,
		answer(200, `{"access_token":"`+token+`","refresh_token":"SECRETREFRESH","token_type":"bearer","expires_in":3599,"scope":"user:read:user"}`),
		answer(200, `{"id":1,"start_url":"https:\/\/us02web.zoom.us\/s\/1?zak=SECRETZAK","join_url":"https://us02web.zoom.us/j/1?pwd=SECRETPWD","password":"SECRETPASS","topic":"\u001b[2Jevil"}`, "Set-Cookie: _zm=SECRETCOOKIE"),
		answer(400, "{\"code\":4711,\"message\":\"a\x1b]0;x\x07\u202e\"}"),
		answer(302, "", "Location: http://127.0.0.1:1/callback?code=SECRETCODE&state=SECRETSTATE"),
	)
	var trace bytes.Buffer
	r := NewRecorder(nil, RecorderOptions{Clock: testTime, Trace: &trace})
	client := &http.Client{Transport: r, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	send := func(method, path, body string) {
		req, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer SECRETHEADER")
		req.Header.Set("Cookie", "a=SECRETCOOKIE")
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
	}
	send("POST", "/oauth/token", "grant_type=refresh_token&refresh_token=SECRETREFRESH&client_secret=SECRETCLIENT&code_verifier=SECRETVERIFIER&code=SECRETCODE")
	send("GET", "/v2/meetings/1?access_token=SECRETQUERY", "")
	send("GET", "/v2/users/me", "")
	send("GET", "/oauth/authorize?device_code=SECRETDEVICE", "")
	dead := &http.Client{Transport: NewRecorder(failingTransport{errors.New("no")}, RecorderOptions{Clock: testTime, Trace: &trace})}
	if _, err := dead.Get("https://api.zoom.us/v2/users/me"); err == nil {
		t.Error("no error")
	}
	text := trace.String()
	if i := strings.Index(text, "SECRET"); i >= 0 {
		t.Errorf("a secret is in the trace: …%s…", text[max(0, i-60):min(len(text), i+40)])
	}
	if strings.ContainsAny(text, "\x1b\x07\u202e") {
		t.Error("the trace holds what a terminal obeys")
	}
	for _, want := range []string{
		"#1 2026-11-21T18:12:44Z POST " + server.URL + "/oauth/token 200,",
		"> grant_type=refresh_token&refresh_token=[redacted]&client_secret=[redacted]",
		"> Authorization: [redacted]", "< X-Zm-Trackingid: v=2.0;clid=us02;rid=WEB_1",
		`"expires_in":3599,"scope":"user:read:user"`, `"code":4711`, "< Location: http://127.0.0.1:1/callback?code=[redacted]",
		"failed: connection",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the trace does not say %q:\n%s", want, text)
		}
	}
}
