package auth

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// api makes one call to the sandbox's API.
func api(t *testing.T, s *Source, w *world, body io.Reader) (int, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.zoom.URL()+"/v2/users/me", body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client(s.Transport(w.opts.HTTP.Transport)).Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

func TestTransportRenewsAfterARefusal(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	source := w.source()
	if status, err := api(t, source, w, nil); status != 200 || err != nil {
		t.Fatalf("status %d, %v", status, err)
	}
	w.fault("expire-access", true) // the token looks good here, and is not
	if status, err := api(t, source, w, nil); status != 200 || err != nil || w.refreshes() != 1 {
		t.Fatalf("status %d after %d refreshes, %v", status, w.refreshes(), err)
	}
}

func TestTransportTakesANewerToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	w.signIn() // elsewhere: it ends the first sign-in
	source := w.source()
	used, err := source.afterRefusal(t.Context(), old)
	if err != nil || used.AccessToken == old.AccessToken || w.refreshes() != 0 {
		t.Errorf("the stored token was not taken: %d refreshes, %v", w.refreshes(), err)
	}
}

func TestManyRefusedCallsRefreshOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.fault("expire-access", true)
	source := w.source()
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() {
			if status, err := api(t, source, w, nil); status != 200 || err != nil {
				t.Errorf("status %d, %v", status, err)
			}
		})
	}
	calls.Wait()
	if w.refreshes() != 1 {
		t.Errorf("%d refreshes, want 1", w.refreshes())
	}
}

func TestTransportDoesNotHammer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	source := w.source()
	base := roundTrip(func(*http.Request) (*http.Response, error) {
		return reply(401, `{"code":124,"message":"Invalid access token."}`), nil
	})
	call := func() {
		resp, err := client(source.Transport(base)).Get(w.zoom.URL() + "/v2/users/me")
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != 401 || !contains(string(data), "Invalid access token.") || err != nil {
			t.Errorf("the refusal does not arrive whole: %d %q %v", resp.StatusCode, data, err)
		}
	}
	for range 5 {
		call()
	}
	if w.refreshes() != 1 {
		t.Errorf("%d refreshes while Zoom refuses everything", w.refreshes())
	}
	w.clock.forward(time.Minute)
	call()
	if w.refreshes() != 2 {
		t.Errorf("%d refreshes, not tried again after a minute", w.refreshes())
	}
}

func TestOther401IsLeftAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	source := w.source()
	for _, body := range []string{`{"code":200,"message":"x"}`, `not json`, ``} {
		base := roundTrip(func(*http.Request) (*http.Response, error) { return reply(401, body), nil })
		resp, err := client(source.Transport(base)).Get(w.zoom.URL() + "/v2/users/me")
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if string(data) != body || err != nil || w.refreshes() != 0 {
			t.Errorf("body %q after %d refreshes, %v", data, w.refreshes(), err)
		}
	}
}

func TestRepeatOnlyWhatCanBeSentAgain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		body   io.Reader
		status int
	}{
		{"no body", nil, 200},
		{"body in memory", strings.NewReader("text"), 200},
		{"stream", io.MultiReader(strings.NewReader("text")), 401},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			w.signIn()
			w.fault("expire-access", true)
			if status, err := api(t, w.source(), w, test.body); status != test.status || err != nil || w.refreshes() != 1 {
				t.Errorf("status %d after %d refreshes, %v", status, w.refreshes(), err)
			}
		})
	}
}

func TestTransportTellsOfADeadSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.fault("revoke-grant", true)
	_, err := api(t, w.source(), w, nil)
	wantKind(t, err, ErrGrantEnded)
	w = newWorld(t, Public)
	_, err = api(t, w.source(), w, strings.NewReader("body"))
	wantKind(t, err, ErrSignedOut)
}

func TestWhoSeesTheToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.opts.App.APIBase = "https://proxy.example.com:8443"
	source := w.source()
	for raw, want := range map[string]bool{
		"https://api.zoom.us/v2/users/me":      true,
		"https://API.ZOOM.US/v2/users/me":      true,
		"https://us02web.zoom.us/rec/download": true,
		"https://api.zoomgov.com/v2":           true,
		"https://proxy.example.com:8443/v2":    true,
		w.zoom.URL() + "/v2/users/me":          true,
		"http://api.zoom.us/v2":                false,
		"https://api.zoom.us:444/v2":           false,
		"https://api.zoom.us.example.com/":     false,
		"https://proxy.example.com/v2":         false,
		"http://proxy.example.com:8443/v2":     false,
		"http://127.0.0.1:1/v2":                false,
		"https://example.com/?x=.zoom.us":      false,
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := source.mayCarry(u); got != want {
			t.Errorf("%s: %v", raw, got)
		}
	}
}

func TestTokenDoesNotFollowARedirect(t *testing.T) {
	t.Parallel()
	var seen string
	stranger := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		seen = r.Header.Get("Authorization")
	}))
	t.Cleanup(stranger.Close)
	w := newWorld(t, Public)
	w.signIn()
	base := roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.URL.Host == strings.TrimPrefix(stranger.URL, "http://") {
			return http.DefaultTransport.RoundTrip(r)
		}
		if r.Header.Get("Authorization") == "" {
			t.Error("the first host does not get the token")
		}
		return reply(302, "", "Location: "+stranger.URL), nil
	})
	resp, err := client(w.source().Transport(base)).Get(w.zoom.URL() + "/v2/download")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if seen != "" {
		t.Error("the token went to a stranger")
	}
}

func TestTransportLeavesTheRequestAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	req := httptest.NewRequest(http.MethodGet, w.zoom.URL()+"/v2/users/me", nil)
	var sent string
	base := roundTrip(func(r *http.Request) (*http.Response, error) {
		sent = r.Header.Get("Authorization")
		return reply(200, "{}"), nil
	})
	rt := w.source().Transport(base)
	for _, own := range []string{"", "Bearer my-own"} {
		if own != "" {
			req.Header.Set("Authorization", own)
		}
		resp, err := rt.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if req.Header.Get("Authorization") != own || sent == "" || own != "" && sent != own {
			t.Errorf("request now has %q, sent %q", req.Header.Get("Authorization"), sent)
		}
	}
}

func TestStaticTokenIsSentAsItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	var sent []string
	base := roundTrip(func(r *http.Request) (*http.Response, error) {
		sent = append(sent, r.Header.Get("Authorization"))
		return reply(401, `{"code":124}`), nil
	})
	source := StaticSource("given", w.opts)
	resp, err := client(source.Transport(base)).Get(w.zoom.URL() + "/v2/users/me")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if len(sent) != 1 || sent[0] != "Bearer given" || resp.StatusCode != 401 {
		t.Errorf("sent %d times, status %d", len(sent), resp.StatusCode)
	}
}

func TestTransportHonoursTheCaller(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.zoom.URL()+"/v2/users/me", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client(w.source().Transport(w.opts.HTTP.Transport)).Do(req)
	if resp != nil {
		_ = resp.Body.Close()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestAPIBase(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	signed := w.signIn()
	base, err := w.source().APIBase(t.Context())
	if err != nil || base != signed.APIURL || base == "" {
		t.Errorf("base %q, %v", base, err)
	}
	for oauth, want := range map[string]string{
		"": "https://api.zoom.us", "https://zoomgov.com": "https://api.zoomgov.com", "http://127.0.0.1:9": "http://127.0.0.1:9",
	} {
		app := zoomApp(Public)
		app.OAuthBase = oauth
		if got, err := StaticSource("x", Options{App: app}).APIBase(t.Context()); got != want || err != nil {
			t.Errorf("%s: %q, %v", oauth, got, err)
		}
	}
}
