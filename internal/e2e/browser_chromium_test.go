//go:build linux

package e2e

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"zoomtui/internal/bounce"
)

// TestBrowser signs in with a real browser. The tests share one process of it
// and have a profile each, without anything in it.
func TestBrowser(t *testing.T) {
	t.Parallel()
	b := startChromium(t)
	for name, test := range map[string]func(*testing.T, *chromium){
		"sign in":          testBrowserSignIn,
		"decline":          testBrowserDecline,
		"dashboard":        testBrowserDashboard,
		"two tabs":         testBrowserTwoTabs,
		"device":           testBrowserDevice,
		"device, declined": testBrowserDeviceDeclined,
		"cross-site":       testBrowserCrossSite,
		"rebinding":        testBrowserRebinding,

		"bounce page, where it leads":  testBounceTargets,
		"bounce page, damaged answers": testBounceRefuses,
		"bounce page, same machine":    testBounceSignIn,
		"bounce page, dead end":        testBounceDeadEnd,
		"bounce page, no scripts":      testBounceWithoutScripts,

		"phone, paste":     testPhonePaste,
		"phone, returns":   testPhoneReturns,
		"phone, dashboard": testPhoneDashboard,
		"phone, stranger":  testPhoneStranger,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, b)
		})
	}
}

// chromium is a running browser. It finds no host but names below .test, which
// are this machine, and it takes any certificate.
type chromium struct {
	ctx    context.Context // of chromedp
	bounce *httptest.Server

	clipboard sync.Mutex // held by the test that copies: the browser has one
}

// startChromium starts the browser and the host of the bounce page, which the
// browser takes for one on the internet: browsers are stricter with those that
// lead to this machine.
func startChromium(t *testing.T) *chromium {
	t.Helper()
	path := need(t, "chromium", "google-chrome")
	host := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(bounce.Page()) // fails only when the browser has gone
	}))
	host.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	host.StartTLS()
	t.Cleanup(host.Close)
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.IgnoreCertErrors, chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("headless", "new"),
		chromedp.Flag("host-resolver-rules", lanRules()+"MAP *.test 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE [::1]"),
		chromedp.Flag("ip-address-space-overrides", host.Listener.Addr().String()+"=public"),
	}
	for _, name := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-default-apps",
		"disable-extensions", "disable-breakpad", "disable-dev-shm-usage", "disable-background-timer-throttling",
		"disable-backgrounding-occluded-windows", "disable-renderer-backgrounding", "hide-scrollbars", "mute-audio", "metrics-recording-only",
	} {
		options = append(options, chromedp.Flag(name, true))
	}
	// Not t.Context(): that one ends before the browser can be closed in order.
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return &chromium{ctx: ctx, bounce: host}
}

// bounceURI is the redirect URI that leads to the bounce page.
func (b *chromium) bounceURI() string {
	return strings.Replace(b.bounce.URL, "127.0.0.1", "bounce.test", 1) + "/oauth/callback"
}

// hostOf is the host with its port of an address; empty when there is none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
