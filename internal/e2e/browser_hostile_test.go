//go:build linux

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"zoomtui/internal/sandbox"
)

// attacks is the page of somebody who wants to end the sign-in or to learn of
// it, with the address of the callback for $TO. The title is "over" when all that
// was tried has failed or succeeded.
const attacks = `<!doctype html><title>trying</title><body><script>
const to = '$TO', tries = [], heard = [];
const tag = (name, attributes) => tries.push(new Promise(done => {
	const e = Object.assign(document.createElement(name), attributes);
	e.onload = e.onerror = done;
	document.body.append(e);
}));
tag('img', {src: to}); tag('iframe', {src: to}); tag('script', {src: to});
tag('link', {rel: 'stylesheet', href: to}); tag('link', {rel: 'prefetch', href: to}); tag('object', {data: to});
for (const how of [{}, {mode: 'no-cors'}, {mode: 'no-cors', method: 'HEAD'}, {mode: 'no-cors', method: 'POST', body: 'code=x'}, {mode: 'cors', method: 'PUT'},
	{mode: 'cors', headers: {Accept: 'application/json'}}, {mode: 'cors', headers: {'X-Any': '1'}}])
	tries.push(fetch(to, how).then(r => r.text()).then(text => heard.push(text), () => {}));
for (const method of ['post', 'get']) {
	const frame = Object.assign(document.createElement('iframe'), {name: 'in-' + method});
	const form = Object.assign(document.createElement('form'), {action: to, method, target: frame.name});
	form.innerHTML = '<input name="code" value="bogus"><input name="state" value="guess">';
	document.body.append(frame, form);
	tries.push(new Promise(done => { frame.onload = done; form.submit(); }));
}
navigator.sendBeacon(to, 'code=x');
Promise.allSettled(tries).then(() => { window.heard = heard.join(''); document.title = 'over'; });
</script>`

// testBrowserCrossSite lets pages of other sites ask for the callback in every
// way that a page has, even with the true state.
func testBrowserCrossSite(t *testing.T, b *chromium) {
	w := startLogin(t, sandbox.KindPublic)
	link, err := url.Parse(w.link)
	if err != nil {
		t.Fatal(err)
	}
	callback := link.Query().Get("redirect_uri")
	hostile := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprint(rw, strings.ReplaceAll(attacks, "$TO", r.URL.Query().Get("to"))) // fails only when the browser has gone
	}))
	t.Cleanup(hostile.Close)
	p := b.open(t, desktop())
	for name, to := range map[string]string{
		"no state":       callback + "?code=bogus",
		"guessed state":  callback + "?code=bogus&state=AAAAAAAAAAAAAAAAAAAAAA",
		"true state":     callback + "?code=bogus&state=" + link.Query().Get("state"),
		"error instead":  callback + "?error=access_denied&state=" + link.Query().Get("state"),
		"another path":   strings.TrimSuffix(callback, "callback") + "favicon.ico?code=bogus&state=" + link.Query().Get("state"),
		"no query":       callback,
		"another origin": strings.Replace(callback, "127.0.0.1", "localhost.test", 1) + "?code=bogus&state=" + link.Query().Get("state"),
	} {
		for _, site := range []string{hostile.URL, strings.Replace(hostile.URL, "127.0.0.1", "evil.test", 1)} {
			p.goes(site + "/?to=" + url.QueryEscape(to))
			p.until("all tries of "+name, func() bool {
				title, _ := look[string](p, "document.title")
				return title == "over"
			})
			if heard, err := look[string](p, "window.heard"); err != nil || heard != "" {
				t.Errorf("%s: a page of another site may read %q, %v", name, heard, err)
			}
			w.waits()
		}
	}
	if n := p.rejections(); n < 100 {
		t.Errorf("the listener rejected %d requests only", n)
	}
	// A visit is no attack, but without the state no answer either.
	p.goes(callback + "?code=bogus&state=AAAAAAAAAAAAAAAAAAAAAA")
	p.reads("Not the address that is waited for", "another sign-in")
	w.waits()
	p.goes(w.link)
	p.presses("Allow")
	p.reads("Signed in")
	w.completed()
}

// testBrowserRebinding is a page of evil.test whose name leads to this machine
// once it is loaded: to the browser, the callback is then the page's own site.
func testBrowserRebinding(t *testing.T, b *chromium) {
	w := startLogin(t, sandbox.KindPublic)
	link, err := url.Parse(w.link)
	if err != nil {
		t.Fatal(err)
	}
	callback, err := url.Parse(link.Query().Get("redirect_uri"))
	if err != nil {
		t.Fatal(err)
	}
	p := b.open(t, desktop())
	p.answers(func(address string) *reply {
		if strings.HasSuffix(address, "/lure") {
			return &reply{"<!doctype html><title>evil</title>lure"}
		}
		return nil
	})
	p.goes("http://evil.test:" + callback.Port() + "/lure")
	p.reads("lure")
	for _, query := range []string{"", "?code=bogus&state=guess", "?code=bogus&state=" + link.Query().Get("state")} {
		for _, path := range []string{"/callback", "/", "/favicon.ico"} {
			heard, err := look[string](p, fmt.Sprintf("fetch(%q).then(async r => r.status + ' ' + await r.text())", path+query))
			if err == nil && !strings.HasPrefix(heard, "4") {
				t.Errorf("%s%s answers %q", path, query, heard)
			}
		}
	}
	w.waits()
	p.goes("http://evil.test:" + callback.Port() + "/callback?code=bogus&state=" + link.Query().Get("state"))
	p.reads("Not the address that is waited for", "another host")
	w.waits()
	p.goes(w.link)
	p.presses("Allow")
	p.reads("Signed in")
	w.completed()
}
