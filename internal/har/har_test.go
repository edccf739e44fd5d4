package har

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/api"
)

// read is an archive as a reader sees it, every field that the specification
// demands as a pointer, so that a missing one is found.
type read struct {
	Log struct {
		Version *string `json:"version"`
		Creator *pair   `json:"creator"`
		Entries []struct {
			Started *string             `json:"startedDateTime"`
			Time    *float64            `json:"time"`
			Cache   *map[string]any     `json:"cache"`
			Timings *map[string]float64 `json:"timings"`
			Comment string              `json:"comment"`
			Request struct {
				Method, URL, HTTPVersion *string
				Cookies, Headers         *[]pair
				QueryString              *[]pair
				PostData                 *struct {
					MimeType      *string
					Text, Comment string
				}
				HeadersSize, BodySize *int
			} `json:"request"`
			Response struct {
				Status                               *int
				StatusText, HTTPVersion, RedirectURL *string
				Cookies, Headers                     *[]pair
				Content                              *struct {
					Size          *int64
					MimeType      *string
					Text, Comment string
				}
				HeadersSize, BodySize *int
				Comment               string
			} `json:"response"`
		} `json:"entries"`
	} `json:"log"`
}

func exchanges() []api.Exchange {
	at := time.Date(2026, 11, 22, 12, 0, 0, 5e6, time.FixedZone("JST", 9*3600))
	return []api.Exchange{
		{
			Call: api.Call{
				Seq: 1, At: at, Method: "GET", Host: "api.zoom.us", Path: "/v2/users/me?page_size=[redacted]", Status: 200,
				Wait: 100 * time.Millisecond, Duration: 150*time.Millisecond + 500*time.Microsecond, Bytes: 20,
			},
			URL: "https://api.zoom.us/v2/users/me?page_size=300&access_token=[redacted]&a%20b=c%2Bd", Proto: "HTTP/2.0",
			RequestHeader: http.Header{"Authorization": {"Bearer [redacted]"}, "Accept": {"a", "b"}},
			Header:        http.Header{"Content-Type": {"application/json"}},
			Body:          []byte(`{"topic":"会議 \n"}`),
		},
		{
			Call:          api.Call{Seq: 2, At: at, Method: "POST", Step: "refresh", Err: "timeout", Wait: time.Second, Duration: time.Second},
			URL:           "https://zoom.us/oauth/token",
			RequestHeader: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}},
			RequestBody:   []byte("grant_type=refresh_token&refresh_token=[redacted]"),
			BodyNote:      "No answer came.",
		},
		{
			Call:   api.Call{Seq: 3, At: at, Method: "GET", Status: 302},
			URL:    "https://zoom.us/x",
			Header: http.Header{"Location": {"https://zoom.us/y"}},
		},
	}
}

func written(t *testing.T, list []api.Exchange) read {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, list, "zoomtui", "1.2.3"); err != nil {
		t.Fatal(err)
	}
	var out read
	d := json.NewDecoder(&b)
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWrite(t *testing.T) {
	t.Parallel()
	got := written(t, exchanges()).Log
	if *got.Version != "1.2" || got.Creator.Name != "zoomtui" || len(got.Entries) != 3 {
		t.Fatalf("%+v", got)
	}
	first := got.Entries[0]
	if *first.Started != "2026-11-22T12:00:00.005+09:00" || *first.Time != 150.5 || len(*first.Cache) != 0 {
		t.Errorf("%v, %v", *first.Started, *first.Time)
	}
	wantTimings := map[string]float64{"blocked": -1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": 100, "receive": 50.5}
	if diff := cmp.Diff(wantTimings, *first.Timings); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]pair{{"page_size", "300"}, {"access_token", "[redacted]"}, {"a b", "c+d"}}, *first.Request.QueryString); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]pair{{"Accept", "a"}, {"Accept", "b"}, {"Authorization", "Bearer [redacted]"}}, *first.Request.Headers); diff != "" {
		t.Error(diff)
	}
	if first.Request.PostData != nil || *first.Response.HTTPVersion != "HTTP/2.0" || first.Response.Content.Text != `{"topic":"会議 \n"}` || *first.Response.Content.Size != 20 {
		t.Errorf("%+v", first)
	}
	second := got.Entries[1]
	if second.Comment != "refresh" || second.Request.PostData.Text != "grant_type=refresh_token&refresh_token=[redacted]" ||
		*second.Response.Status != 0 || second.Response.Comment != "The call failed: timeout." || second.Response.Content.Comment != "No answer came." {
		t.Errorf("%+v", second)
	}
	if *got.Entries[2].Response.RedirectURL != "https://zoom.us/y" {
		t.Errorf("it leads to %s", *got.Entries[2].Response.RedirectURL)
	}
}

// TestComplete: each entry has all that the specification demands.
func TestComplete(t *testing.T) {
	t.Parallel()
	for i, e := range written(t, exchanges()).Log.Entries {
		q, s := e.Request, e.Response
		for name, missing := range map[string]bool{
			"entry":    e.Started == nil || e.Time == nil || e.Cache == nil || e.Timings == nil,
			"request":  q.Method == nil || q.URL == nil || q.HTTPVersion == nil || q.HeadersSize == nil || q.BodySize == nil,
			"lists":    q.Cookies == nil || q.Headers == nil || q.QueryString == nil || s.Cookies == nil || s.Headers == nil,
			"response": s.Status == nil || s.StatusText == nil || s.HTTPVersion == nil || s.RedirectURL == nil || s.HeadersSize == nil || s.BodySize == nil,
			"content":  s.Content == nil || s.Content.Size == nil || s.Content.MimeType == nil,
		} {
			if missing {
				t.Errorf("entry %d lacks a part of %s", i, name)
			}
		}
		if u, err := url.Parse(*q.URL); err != nil || u.Host == "" || strings.Contains(*q.URL, "[") {
			t.Errorf("the address %s, %v", *q.URL, err)
		}
		if _, err := time.Parse(time.RFC3339, *e.Started); err != nil {
			t.Error(err)
		}
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	if got := written(t, nil); got.Log.Entries == nil || len(got.Log.Entries) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestLargeBody: a body of several pieces comes out whole, wherever characters
// are cut, also with bytes that are no text.
func TestLargeBody(t *testing.T) {
	t.Parallel()
	for shift := range 4 {
		body := strings.Repeat("x", shift) + strings.Repeat("会😀\"\\\n", piece/4)
		got := written(t, []api.Exchange{{Body: []byte(body)}})
		if text := got.Log.Entries[0].Response.Content.Text; text != body {
			t.Errorf("shift %d: %d bytes of %d", shift, len(text), len(body))
		}
	}
	body := strings.Repeat("\x80", 2*piece)
	if text := written(t, []api.Exchange{{Body: []byte(body)}}).Log.Entries[0].Response.Content.Text; text != strings.Repeat("\ufffd", 2*piece) {
		t.Errorf("%d bytes", len(text))
	}
}

func TestWriteFails(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	_ = r.CloseWithError(io.ErrShortWrite)
	if err := Write(w, exchanges(), "zoomtui", "1"); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("%v", err)
	}
}
