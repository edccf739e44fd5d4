package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/requests"
)

// wire is a made-up log of calls, and a Zoom that answers those of the console.
type wire struct {
	mu      sync.Mutex
	log     []requests.Exchange // the newest first
	state   int
	reads   int // of the whole log
	sent    []requests.Request
	answer  func(ctx context.Context, r requests.Request) (requests.Exchange, error)
	editor  func(text []byte) ([]byte, error)
	preview error
	note    string // of the command that prints the token
}

func (w *wire) Calls(seen int) ([]requests.Call, int, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if seen == w.state {
		return nil, w.state, false
	}
	w.reads++
	var out []requests.Call
	for _, x := range w.log {
		out = append(out, x.Call)
	}
	return out, w.state, true
}

func (w *wire) Exchange(seq int) (requests.Exchange, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := slices.IndexFunc(w.log, func(x requests.Exchange) bool { return x.Seq == seq })
	if at < 0 {
		return requests.Exchange{}, false
	}
	return w.log[at], true
}

func (w *wire) Export() (requests.Exported, error) {
	return requests.Exported{Path: "/home/aiko/zoomtui-20261122-134720.har", Calls: len(w.log)}, nil
}

func (w *wire) TokenCommand() (string, string) { return "zoomtui --profile work token", w.note }

func (w *wire) Catalogue() (*scope.Catalogue, error) { return scope.Load() }

func (w *wire) CheckAddress(_ context.Context, address string) error {
	if address != "https://api-us.zoom.us" {
		return &requests.Refused{Words: "The address begins with " + address + ", but the API of profile work is https://api-us.zoom.us."}
	}
	return nil
}

func (w *wire) Preview(_ context.Context, r requests.Request) (requests.Preview, error) {
	header := []requests.Field{{Name: "Accept", Value: "application/json"}, {Name: "Authorization", Value: "Bearer [redacted]"}}
	if len(r.Body) > 0 {
		header = append(header, requests.Field{Name: "Content-Type", Value: "application/json"})
	}
	return requests.Preview{Method: r.Method, URL: "https://api-us.zoom.us/v2" + r.Path, Header: header, Body: r.Body}, w.preview
}

func (w *wire) Send(ctx context.Context, r requests.Request) (int, error) {
	w.mu.Lock()
	w.sent = append(w.sent, r)
	w.mu.Unlock()
	x, err := w.answer(ctx, r)
	if x.Status == 0 {
		return 0, err
	}
	x.Method, x.Path, x.URL, x.RequestBody = r.Method, "/v2"+r.Path, "https://api-us.zoom.us/v2"+r.Path, r.Body
	return w.add(x), err
}

// add puts a call on top of the log.
func (w *wire) add(x requests.Exchange) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state++
	x.Seq = w.state
	if x.At.IsZero() {
		x.At = time.Now()
	}
	if x.Host == "" {
		x.Host = "api-us.zoom.us"
	}
	w.log = append([]requests.Exchange{x}, w.log...)
	return x.Seq
}

func (w *wire) Edit(_ context.Context, text []byte, done func([]byte, error) tea.Msg) tea.Cmd {
	edit := w.editor
	return func() tea.Msg { return done(edit(text)) }
}

// page is a good answer of the API.
func page(body string) requests.Exchange {
	return requests.Exchange{
		Call: requests.Call{
			Status: 200, Took: 143 * time.Millisecond, RateCategory: "Medium", RateRemaining: 4999, RateLimit: 5000,
			TrackingID: "v=2.0;clid=us02;rid=WEB_c1", Bytes: int64(len(body)),
		},
		Header: []requests.Field{
			{Name: "Content-Type", Value: "application/json;charset=UTF-8"},
			{Name: "Date", Value: "Sun, 22 Nov 2026 04:47:20 GMT"},
			{Name: "Set-Cookie", Value: "[redacted]"},
			{Name: "X-Ratelimit-Category", Value: "Medium"},
			{Name: "X-Zm-Trackingid", Value: "v=2.0;clid=us02;rid=WEB_c1"},
		},
		RequestHeader: []requests.Field{{Name: "Accept", Value: "application/json"}, {Name: "Authorization", Value: "[redacted]"}, {Name: "User-Agent", Value: "zoomtui/1.0"}},
		Body:          []byte(body),
	}
}

// called is a call of the past.
func called(method, path string, ago time.Duration, x requests.Exchange) requests.Exchange {
	x.Method, x.Path, x.URL, x.At = method, path, "https://api-us.zoom.us"+path, time.Now().Add(-ago)
	if method == "GET" {
		x.Again = strings.TrimPrefix(path, "/v2")
	} else {
		x.NotAgain = "Only a GET is sent again from here, because it changes nothing: y copies this call as a curl line."
	}
	return x
}

// lacksScope is Zoom's refusal for want of a scope.
func lacksScope() requests.Exchange {
	const words = "Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings, meeting:read:list_upcoming_meetings:admin]."
	x := page(`{"code":4711,"message":"` + words + `"}`)
	x.Status, x.ZoomCode = 400, 4711
	x.Err = problem{explain.Facts{
		Place: explain.PlaceAPI, HTTPStatus: 400, Code: 4711, Message: words, TrackingID: x.TrackingID, Op: "GET /users/me/upcoming_meetings",
		MissingScopes: []string{"meeting:read:list_upcoming_meetings", "meeting:read:list_upcoming_meetings:admin"}, At: time.Now(),
	}}
	return x
}

// busy is a log with a call of each kind.
func busy() *wire {
	w := &wire{
		answer: func(_ context.Context, r requests.Request) (requests.Exchange, error) {
			body, err := json.Marshal(map[string]any{"id": "zJKyaiAyTNC", "path": r.Path, "topic": "設計レビュー 🚀"})
			return page(string(body)), err
		},
		editor: func([]byte) ([]byte, error) {
			return []byte("{\n  \"topic\": \"設計レビュー\",\n  \"type\": 2\n}\n"), nil
		},
	}
	step := page(`{"access_token":"[redacted]","token_type":"bearer","expires_in":3599,"scope":"user:read:user"}`)
	step.Step, step.Host, step.RateCategory, step.RateRemaining = "refresh", "zoom.us", "", -1
	step.RequestBody = []byte("grant_type=refresh_token&refresh_token=[redacted]")
	step.RequestHeader = append(step.RequestHeader, requests.Field{Name: "Content-Type", Value: "application/x-www-form-urlencoded"})
	timeout := requests.Exchange{Call: requests.Call{Failed: "timeout", RateRemaining: -1, Took: 20 * time.Second}, BodyNote: "No answer came."}
	timeout.Err = problem{explain.Facts{Place: explain.PlaceLocal, Class: explain.Network, Host: "api-us.zoom.us", Cause: "deadline exceeded"}}
	web := page("<html><body>Service unavailable</body></html>\nsecond line")
	web.Status, web.Header[0].Value = 503, "text/html"
	web.Err = problem{explain.Facts{Place: explain.PlaceAPI, HTTPStatus: 503, Cause: "answered with a web page", Host: "api-us.zoom.us"}}
	pushed := page("")
	pushed.BodyNote, pushed.Bytes = "No longer kept: newer answers took its place.", 52_428_800
	w.add(called("POST", "/oauth/token", 50*time.Minute, step))
	w.add(called("GET", "/v2/users/me", 50*time.Minute, page(`{"id":"zJKyaiAyTNC","first_name":"Aiko"}`)))
	w.add(called("GET", "/v2/report/daily?year=2026&month=11", 20*time.Minute, pushed))
	w.add(called("GET", "/v2/users/me/settings", 10*time.Minute, web))
	w.add(called("DELETE", "/v2/meetings/35424711355", 9*time.Minute, requests.Exchange{Call: requests.Call{Status: 204, Took: 88 * time.Millisecond, RateRemaining: -1}}))
	w.add(called("GET", "/v2/users/me/zak", 5*time.Minute, timeout))
	w.add(called("GET", "/v2/users/me/upcoming_meetings", time.Minute, lacksScope()))
	w.add(called("GET", "/v2/users/me/meetings?page_size=300&type=upcoming", 10*time.Second, page(
		`{"page_size":300,"total_records":2,"next_page_token":"","meetings":[{"id":85746065,"topic":"設計レビュー 第3回","type":2,"duration":45},{"id":91,"topic":"Weekly sync","type":8}]}`)))
	return w
}

// slow answers when the call is given up.
func (w *wire) slow() *wire {
	w.answer = func(ctx context.Context, _ requests.Request) (requests.Exchange, error) {
		<-ctx.Done()
		return requests.Exchange{}, ctx.Err()
	}
	return w
}

// with is the dashboard over a log of calls.
func (w *wire) with(world *world) Deps {
	d := world.deps()
	d.Traffic = w
	return d
}

// bodySent is what the newest call had as its body.
func (w *wire) bodySent() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.sent) == 0 {
		return ""
	}
	return string(bytes.TrimSpace(w.sent[len(w.sent)-1].Body))
}

var errNoEditor = errors.New("there is no editor: set VISUAL or EDITOR to one before zoomtui is started")
