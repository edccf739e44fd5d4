package sandbox

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// callback is a program that waits for its redirect.
func callback(t *testing.T) (string, <-chan url.Values) {
	t.Helper()
	got := make(chan url.Values, 4)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/callback" {
			got <- r.URL.Query()
			http.Redirect(w, r, "/done", http.StatusSeeOther)
			return
		}
		_, _ = io.WriteString(w, "you can close this tab")
	}))
	t.Cleanup(server.Close)
	return server.URL + "/callback", got
}

func TestBrowserPlaysThePerson(t *testing.T) {
	t.Parallel()
	for _, auto := range []bool{false, true} {
		s, _ := startAt(t, Options{AutoApprove: auto})
		app := mustApp(t, s, KindPublic)
		redirect, got := callback(t)
		if err := (Browser{}).Allow(t.Context(), authorizeURL(s, app, "redirect_uri", redirect)); err != nil {
			t.Fatalf("Allow: %v", err)
		}
		q := <-got
		if len(q.Get("code")) != 64 || q.Get("state") != testState {
			t.Errorf("callback got %v", q)
		}
		readTokens(t, token(t, s, app, codeForm(q.Get("code"), "redirect_uri", redirect)))
	}
	s, _ := startAt(t, Options{})
	redirect, got := callback(t)
	if err := (Browser{}).Decline(t.Context(), authorizeURL(s, mustApp(t, s, KindPublic), "redirect_uri", redirect)); err != nil {
		t.Fatalf("Decline: %v", err)
	}
	if q := <-got; q.Get("error") != "access_denied" || q.Get("state") != testState || q.Has("code") {
		t.Errorf("callback got %v", q)
	}
}

func TestBrowserTellsWhatZoomShows(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	err := Browser{}.Allow(t.Context(), authorizeURL(s, app, "redirect_uri", "http://localhost:1/callback"))
	if err == nil || !strings.Contains(err.Error(), "Invalid redirect: http://localhost:1/callback (4,700)") {
		t.Errorf("got %v", err)
	}
	err = Browser{}.Allow(t.Context(), authorizeURL(s, app, "redirect_uri", "http://127.0.0.1:1/callback"))
	if err == nil || strings.Contains(err.Error(), "code=") {
		t.Errorf("nobody listens at the callback: %v", err)
	}
	page, err := Browser{}.Open(t.Context(), s.URL())
	if err != nil || page.Status != 200 || page.URL != s.URL()+"/_sandbox" {
		t.Errorf("Open: %+v %v", page.URL, err)
	}
}
