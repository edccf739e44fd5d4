package lan

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"zoomtui/internal/bounce"
)

// testGate is a gate whose listener a bounce page leads back to.
func testGate(at netip.AddrPort) gate {
	return gate{
		path: "/ABCDEFGHIJKLMNOPQRSTUVWXYZ", whole: newSignIn().Whole,
		states: map[netip.AddrPort]string{at: bounce.Extend(random, at)},
	}
}

// visitOf is a request as a phone's browser sends it; each header is "Name: value".
func visitOf(method, target, host string, headers ...string) *http.Request {
	u, err := url.ParseRequestURI(target)
	if err != nil {
		u = &url.URL{Path: target}
	}
	r := &http.Request{Method: method, URL: u, Host: host, Header: http.Header{}}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	if method == http.MethodPost {
		r.ContentLength = 10
		if r.Header.Get("Content-Type") == "" {
			r.Header.Set("Content-Type", formType)
		}
	}
	return r
}

func TestRecognise(t *testing.T) {
	t.Parallel()
	at := netip.MustParseAddrPort("192.168.1.5:8976")
	const host, page = "192.168.1.5:8976", "/ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	const back = "/callback?code=abcdefgh&state=" + random + "~192.168.1.5~8976"
	with := func(r *http.Request, change func(*http.Request)) *http.Request {
		change(r)
		return r
	}
	tests := map[string]struct {
		request *http.Request
		want    visit
	}{
		"the page":                   {visitOf("GET", page, host), visitOpen},
		"the page, with a query":     {visitOf("GET", page+"?x=1", host), visitOpen},
		"the page, as a visit":       {visitOf("GET", page, host, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: none"), visitOpen},
		"the form":                   {visitOf("POST", page, host, "Origin: http://"+host), visitPaste},
		"the form, no origin":        {visitOf("POST", page, host), visitPaste},
		"the script":                 {visitOf("GET", page+"/status", host, "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", "Sec-Fetch-Site: same-origin"), visitStatus},
		"back from the bounce page":  {visitOf("GET", back, host), visitReturn},
		"back, as a visit":           {visitOf("GET", back, host, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: cross-site"), visitReturn},
		"front page":                 {visitOf("GET", "/", host), visitStranger},
		"no path":                    {visitOf("GET", "", host), visitStranger},
		"one letter short":           {visitOf("GET", page[:len(page)-1], host), visitStranger},
		"one letter more":            {visitOf("GET", page+"A", host), visitStranger},
		"a slash more":               {visitOf("GET", page+"/", host), visitStranger},
		"last letter wrong":          {visitOf("GET", page[:len(page)-1]+"A", host), visitStranger},
		"small letters":              {visitOf("GET", strings.ToLower(page), host), visitStranger},
		"escaped":                    {visitOf("GET", "/%41"+page[2:], host), visitStranger},
		"with dots":                  {visitOf("GET", "/x/.."+page, host), visitStranger},
		"below the page":             {visitOf("GET", page+"/status/x", host), visitStranger},
		"rebound name":               {visitOf("GET", page, "evil.example:8976"), visitStranger},
		"localhost":                  {visitOf("GET", page, "localhost:8976"), visitStranger},
		"other address of ours":      {visitOf("GET", page, "192.168.1.6:8976"), visitStranger},
		"other port":                 {visitOf("GET", page, "192.168.1.5:80"), visitStranger},
		"no port":                    {visitOf("GET", page, "192.168.1.5"), visitStranger},
		"no host":                    {visitOf("GET", page, ""), visitStranger},
		"absolute form":              {visitOf("GET", "http://evil.example"+page, host), visitStranger},
		"HEAD":                       {visitOf("HEAD", page, host), visitStranger},
		"PUT":                        {visitOf("PUT", page, host), visitStranger},
		"OPTIONS":                    {visitOf("OPTIONS", page, host), visitStranger},
		"GET with a body":            {with(visitOf("GET", page, host), func(r *http.Request) { r.ContentLength = 3 }), visitStranger},
		"GET in chunks":              {with(visitOf("GET", page, host), func(r *http.Request) { r.TransferEncoding = []string{"chunked"} }), visitStranger},
		"a script elsewhere":         {visitOf("GET", page, host, "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", "Sec-Fetch-Site: cross-site"), visitStranger},
		"an image elsewhere":         {visitOf("GET", page, host, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"), visitStranger},
		"a frame elsewhere":          {visitOf("GET", page, host, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"), visitStranger},
		"reading ahead":              {visitOf("GET", page, host, "Sec-Purpose: prefetch;prerender"), visitStranger},
		"a form elsewhere":           {visitOf("POST", page, host, "Origin: https://evil.example"), visitStranger},
		"a form in a sandbox":        {visitOf("POST", page, host, "Origin: null"), visitStranger},
		"a form on another port":     {visitOf("POST", page, host, "Origin: http://192.168.1.5:80"), visitStranger},
		"a form of the same site":    {visitOf("POST", page, host, "Sec-Fetch-Site: same-site"), visitStranger},
		"a form without origin":      {visitOf("POST", page, host, "Sec-Fetch-Site: cross-site"), visitStranger},
		"a form as text":             {visitOf("POST", page, host, "Content-Type: text/plain"), visitStranger},
		"a form of files":            {visitOf("POST", page, host, "Content-Type: multipart/form-data; boundary=x"), visitStranger},
		"a form to the status":       {visitOf("POST", page+"/status", host), visitStranger},
		"a form to the callback":     {visitOf("POST", back, host), visitStranger},
		"status for another page":    {visitOf("GET", page+"/status", host, "Origin: https://evil.example"), visitStranger},
		"back, other state":          {visitOf("GET", strings.Replace(back, "Zk3", "Zk4", 1), host), visitStranger},
		"back, for another listener": {visitOf("GET", strings.Replace(back, "~8976", "~8977", 1), host), visitStranger},
		"back, random part alone":    {visitOf("GET", "/callback?code=abcdefgh&state="+random, host), visitStranger},
		"back, half the state":       {visitOf("GET", back[:len(back)-1], host), visitStranger},
		"back, no state":             {visitOf("GET", "/callback?code=abcdefgh", host), visitStranger},
		"back, state twice":          {visitOf("GET", back+"&state=x", host), visitStranger},
		"back, no code":              {visitOf("GET", strings.Replace(back, "code", "kode", 1), host), visitStranger},
		"back, endless":              {visitOf("GET", back+"&x="+strings.Repeat("a", maxQuery), host), visitStranger},
		"back, half an escape":       {visitOf("GET", back+"&x=%4", host), visitStranger},
		"back, as an image":          {visitOf("GET", back, host, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"), visitStranger},
		"back, other path":           {visitOf("GET", strings.Replace(back, "callback", "callback/", 1), host), visitStranger},
		"back, rebound name":         {visitOf("GET", back, "evil.example:8976"), visitStranger},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := testGate(at).recognise(test.request, at); got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
		})
	}
}

func TestRecogniseHost(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ listener, host string }{
		"IPv6":            {"[fd00::5]:8976", "[fd00::5]:8976"},
		"IPv6 in QR form": {"[fd00::5]:8976", "[FD00::5]:8976"},
		"port 80":         {"192.168.1.5:80", "192.168.1.5"},
		"port 80 written": {"192.168.1.5:80", "192.168.1.5:80"},
		"IPv6, port 80":   {"[fd00::5]:80", "[fd00::5]"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := netip.MustParseAddrPort(test.listener)
			g := testGate(at)
			if got := g.recognise(visitOf("GET", g.path, test.host), at); got != visitOpen {
				t.Errorf("%d", got)
			}
		})
	}
}

// FuzzRecognise: without one of the two secrets everybody is a stranger.
func FuzzRecognise(f *testing.F) {
	at := netip.MustParseAddrPort("192.168.1.5:8976")
	g := testGate(at)
	for _, target := range []string{"/", g.path, g.path + "/status", g.path + "?x", "/callback?code=a&state=" + random + "~192.168.1.5~8976", "/callback?state=~&code=", "//x", "http://x/"} {
		f.Add("GET", target, at.String())
		f.Add("POST", target, "evil.example")
	}
	f.Fuzz(func(t *testing.T, method, target, host string) {
		r := visitOf(method, target, host)
		knowsPath := strings.HasPrefix(r.URL.EscapedPath(), g.path)
		knowsState := r.URL.Query().Get("state") == g.states[at]
		switch visit := g.recognise(r, at); {
		case visit == visitStranger:
		case visit == visitReturn && !knowsState, visit != visitReturn && !knowsPath, !strings.EqualFold(host, at.String()):
			t.Fatalf("%s %q at %q is taken for %d", method, target, host, visit)
		}
	})
}
