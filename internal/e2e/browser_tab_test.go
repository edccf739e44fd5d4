//go:build linux

package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	wire "github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// picturesVariable names a directory where the pictures of the pages are kept.
const picturesVariable = "ZOOMTUI_PICTURES"

// device is what a page is looked at with.
type device struct {
	name          string
	width, height int64 // CSS pixels
	touch         bool
}

func desktop() device { return device{"desktop", 1280, 800, false} }
func phone() device   { return device{"phone", 390, 844, true} }

// tab is one tab of the browser. It remembers what the page asked the network
// for and what it complained of.
type tab struct {
	t      *testing.T
	ctx    context.Context // of chromedp
	device device

	mu       sync.Mutex
	sent     []string // the addresses of all requests, in order
	rejected int      // answers of 400 to 499
	refused  int      // requests that found nobody who listens
	troubles []string // what the console shows in red or yellow, without failed requests
	answer   func(address string) *reply
}

// reply answers a request in place of the network: with a page, or, when that is
// empty, as if nothing listened there.
type reply struct{ page string }

// open opens a tab in a new profile, as an incognito window does.
func (b *chromium) open(t *testing.T, d device) *tab {
	t.Helper()
	return openTab(b.ctx, t, d, chromedp.WithNewBrowserContext())
}

// openTab opens a tab, or takes one over, and closes it with the test.
func openTab(parent context.Context, t *testing.T, d device, how ...chromedp.ContextOption) *tab {
	t.Helper()
	p := &tab{t: t, device: d}
	paused := make(chan *fetch.EventRequestPaused, 1024) // the listener must not wait
	ctx, closeTab := chromedp.NewContext(parent, append(how, chromedp.WithListener(func(event any) { p.hear(event, paused) }))...)
	t.Cleanup(closeTab)
	p.ctx = ctx
	options := []chromedp.EmulateViewportOption{}
	if d.touch {
		options = append(options, chromedp.EmulatePortrait, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2))
	}
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as this context
		t.Fatalf("open a tab: %v", err)
	}
	p.do("choose the size", chromedp.EmulateViewport(d.width, d.height, options...))
	call(p, audits.Enable, cdp.Empty{})
	call(p, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}})
	go p.judge(paused)
	return p
}

// hear notes what happens in the tab.
func (p *tab) hear(event any, paused chan<- *fetch.EventRequestPaused) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *fetch.EventRequestPaused:
		paused <- e
	case *wire.EventRequestWillBeSent:
		p.sent = append(p.sent, e.Request.URL)
	case *wire.EventResponseReceivedExtraInfo:
		if e.StatusCode >= http.StatusBadRequest && e.StatusCode < http.StatusInternalServerError {
			p.rejected++
		}
	case *wire.EventLoadingFailed:
		if e.ErrorText == "net::ERR_CONNECTION_REFUSED" {
			p.refused++
		}
	case *runtime.EventExceptionThrown:
		p.troubles = append(p.troubles, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		p.troubles = append(p.troubles, fmt.Sprintf("console: %s %v", e.Type, e.Args))
	case *log.EventEntryAdded:
		if e.Entry.Source != log.EntrySourceNetwork && e.Entry.Level != log.EntryLevelVerbose && e.Entry.Level != log.EntryLevelInfo {
			p.troubles = append(p.troubles, string(e.Entry.Source)+": "+e.Entry.Text)
		}
	case *audits.EventIssueAdded:
		if csp := e.Issue.Details.ContentSecurityPolicyIssueDetails; csp != nil {
			p.troubles = append(p.troubles, "content policy: "+csp.ViolatedDirective)
		}
	}
}

// judge lets requests out, or answers them, until the tab is closed.
func (p *tab) judge(paused <-chan *fetch.EventRequestPaused) {
	for {
		select {
		case <-p.ctx.Done():
			return
		case e := <-paused:
			// It fails, or hangs, when the page has gone on to another address.
			go func() { _ = p.decide(e) }()
		}
	}
}

func (p *tab) decide(e *fetch.EventRequestPaused) error {
	p.mu.Lock()
	answer := p.answer
	p.mu.Unlock()
	var r *reply
	if answer != nil {
		r = answer(e.Request.URL)
	}
	var err error
	switch {
	case r == nil:
		_, err = chromedp.Call(p.ctx, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: e.RequestID})
	case r.page == "":
		_, err = chromedp.Call(p.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: wire.ErrorReasonConnectionRefused})
	default:
		_, err = chromedp.Call(p.ctx, fetch.FulfillRequest, fetch.FulfillRequestParams{
			RequestID: e.RequestID, ResponseCode: http.StatusOK, Body: []byte(r.page),
			ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: "text/html; charset=utf-8"}},
		})
	}
	return err
}

// answers decides from now on what becomes of the tab's requests; nil lets one
// out to the network.
func (p *tab) answers(answer func(address string) *reply) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = answer
}

// asked is the addresses of all requests so far.
func (p *tab) asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.sent)
}

// rejections is how many requests were answered as wrong ones.
func (p *tab) rejections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rejected
}

// findsNobody does what asks for a page, and waits until such a request has found
// nobody who listens. What the tab shows then does not tell: Chromium tries again by
// itself, and can bring back the page before from its back-forward cache.
func (p *tab) findsNobody(ask func()) {
	p.t.Helper()
	refused := func() int {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.refused
	}
	before := refused()
	ask()
	p.until("a refused connection", func() bool { return refused() > before })
}

// forgets makes all requests before this one count no more.
func (p *tab) forgets() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = nil
}

// calm checks that the console is empty and that no policy was violated.
func (p *tab) calm() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.troubles) > 0 {
		p.t.Errorf("the page complains: %q", p.troubles)
	}
}

// do runs an action in the tab.
func (p *tab) do(what string, action chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, wait)
	defer cancel()
	if err := chromedp.Do(ctx, action); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// call sends a command of the DevTools protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, wait)
	defer cancel()
	answer, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return answer
}

// goes opens an address as if it was typed; the page may fail to load.
func (p *tab) goes(address string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, wait)
	defer cancel()
	_ = chromedp.Do(ctx, chromedp.Navigate(address)) // what the page shows is looked at by others
}

// back presses the Back button. What is there then is looked at by others.
func (p *tab) back() {
	p.t.Helper()
	history := call(p, page.GetNavigationHistory, cdp.Empty{})
	if history.CurrentIndex == 0 {
		p.t.Fatalf("nothing to go back to from %s", p.address())
	}
	call(p, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: history.Entries[history.CurrentIndex-1].ID})
}

// look evaluates an expression in the page.
func look[T any](p *tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, wait/4)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// text is what a person can read.
func (p *tab) text() string {
	text, _ := look[string](p, "document.body ? document.body.innerText : ''") // none while a page comes
	return text
}

// until waits for something in the page; what names it for the failure.
func (p *tab) until(what string, ok func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(wait); !ok(); time.Sleep(pause) {
		if time.Now().After(deadline) {
			_, err := look[string](p, "document.title")
			p.t.Fatalf("the page did not come to this within %v: %s\nat %s (%v)\n%s", wait, what, p.address(), err, p.text())
		}
	}
}

// reads waits until all words are on the page.
func (p *tab) reads(words ...string) {
	p.t.Helper()
	p.until(strings.Join(words, " + "), func() bool {
		text := p.text()
		return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
}

// address is what the address bar shows, of pages that did not load too; empty
// at the moment of a change.
func (p *tab) address() string {
	ctx, cancel := context.WithTimeout(p.ctx, wait)
	defer cancel()
	history, err := chromedp.Call(ctx, page.GetNavigationHistory, cdp.Empty{})
	if err != nil || int(history.CurrentIndex) >= len(history.Entries) {
		return ""
	}
	return history.Entries[history.CurrentIndex].URL
}

// shows brings the tab to the front. One behind another hears of no finger.
func (p *tab) shows() {
	p.t.Helper()
	call(p, page.BringToFront, cdp.Empty{})
}

// presses clicks or taps what bears a label, if it can be seen there.
func (p *tab) presses(label string) {
	p.t.Helper()
	p.shows()
	type point struct{ X, Y float64 }
	var at *point
	p.until("a button or a link: "+label, func() bool {
		at, _ = look[*point](p, fmt.Sprintf(`(() => {
			const all = [...document.querySelectorAll('button, a[href], input[type=submit], summary')];
			const it = all.find(e => (e.innerText || e.value || '').trim().includes(%q) && e.checkVisibility());
			if (!it) return null;
			it.scrollIntoView({block: 'center', behavior: 'instant'});
			const r = it.getBoundingClientRect(), x = r.x + r.width/2, y = r.y + r.height/2;
			const hit = document.elementFromPoint(x, y);
			return hit && (hit === it || it.contains(hit)) ? {X: x, Y: y} : null;
		})()`, label))
		return at != nil
	})
	if p.device.touch {
		p.do("tap "+label, chromedp.TapXY(at.X, at.Y))
		return
	}
	p.do("click "+label, chromedp.MouseClickXY(at.X, at.Y))
}

// types types into the field that has the cursor.
func (p *tab) types(text string) {
	p.t.Helper()
	p.do("type", chromedp.KeyEvent(text))
}

// writes fills a field, as a paste does.
func (p *tab) writes(field, text string) {
	p.t.Helper()
	if _, err := look[bool](p, fmt.Sprintf("(e => { e.focus(); e.select(); return true })(document.querySelector(%q))", field)); err != nil {
		p.t.Fatalf("select what is in %s: %v", field, err)
	}
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// popup takes over the tab that an action opens.
func (p *tab) popup(action func()) *tab {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, wait)
	defer cancel()
	profile := chromedp.FromContext(p.ctx).BrowserContextID // of all tabs in the browser one is told
	opened := chromedp.WaitNewTarget(ctx, func(info *target.Info) bool {
		return info.Type == "page" && info.BrowserContextID == profile
	})
	action()
	select {
	case id := <-opened:
		return openTab(p.ctx, p.t, p.device, chromedp.WithTargetID(id))
	case <-ctx.Done():
		p.t.Fatal("no tab was opened")
		return nil
	}
}

// pictures checks that the page fits, and photographs it in both colour schemes
// where somebody wants to see it.
func (p *tab) pictures(name string) {
	p.t.Helper()
	p.fits()
	dir := os.Getenv(picturesVariable)
	if dir == "" {
		return
	}
	for _, scheme := range []string{"light", "dark"} {
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		ctx, cancel := context.WithTimeout(p.ctx, wait)
		picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		cancel()
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, strings.Join([]string{name, p.device.name, scheme}, "-")+".png"), picture, 0o600)
		}
		if err != nil {
			p.t.Errorf("photograph the page: %v", err)
		}
	}
}

// fits checks that a page can be read without scrolling sideways.
func (p *tab) fits() {
	p.t.Helper()
	var width int64
	p.until("a page that is laid out", func() bool {
		var err error
		width, err = look[int64](p, "document.documentElement.scrollWidth")
		return err == nil
	})
	if width > p.device.width {
		p.t.Errorf("the page is %d pixels wide, the window %d", width, p.device.width)
	}
}
