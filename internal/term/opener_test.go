package term

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// desktop is an opener on a Linux desktop where the named programs are installed; started collects what it starts, and
// every program it starts ends with result, or not at all when result is errStillRunning.
func desktop(machine Machine, installed []string, result error) (o *Opener, started *[][]string) {
	started = &[][]string{}
	o = NewOpener(machine)
	o.find = func(name string) (string, error) {
		if slices.Contains(installed, name) {
			return "/usr/bin/" + name, nil
		}
		return "", exec.ErrNotFound
	}
	o.start = func(command []string) (<-chan error, error) {
		*started = append(*started, command)
		ended := make(chan error, 1)
		if !errors.Is(result, errStillRunning) {
			ended <- result
		}
		return ended, nil
	}
	o.after = func(time.Duration) <-chan time.Time {
		expired := make(chan time.Time, 1)
		if errors.Is(result, errStillRunning) {
			expired <- time.Time{}
		}
		return expired
	}
	return o, started
}

var errStillRunning = errors.New("still running")

func TestOpen(t *testing.T) {
	t.Parallel()
	const page = "https://zoom.us/oauth/authorize?a=b&c=d"
	linux := func(browser string) Machine { return Machine{OS: "linux", Display: true, Browser: browser} }
	tests := map[string]struct {
		machine   Machine
		installed string
		want      []string // nil: nothing is started
		reason    string   // a part of it
	}{
		"desktop":                      {linux(""), "xdg-open", []string{"xdg-open", page}, ""},
		"macOS":                        {Machine{OS: "darwin", Display: true}, "open", []string{"open", page}, ""},
		"Windows":                      {Machine{OS: "windows", Display: true}, "rundll32", []string{"rundll32", "url.dll,FileProtocolHandler", page}, ""},
		"BROWSER":                      {linux("firefox"), "xdg-open firefox", []string{"firefox", page}, ""},
		"BROWSER with arguments":       {linux("firefox --new-window %s --private"), "firefox", []string{"firefox", "--new-window", page, "--private"}, ""},
		"BROWSER is a list":            {linux("chromium:/usr/bin/w3m:firefox"), "xdg-open firefox /usr/bin/w3m", []string{"firefox", page}, ""},
		"BROWSER is a text browser":    {linux("w3m"), "xdg-open w3m", []string{"xdg-open", page}, ""},
		"text browser by its path":     {linux("/opt/bin/lynx -nopause"), "xdg-open /opt/bin/lynx", []string{"xdg-open", page}, ""},
		"BROWSER without a display":    {Machine{OS: "linux", Browser: "open-outside"}, "open-outside", []string{"open-outside", page}, ""},
		"text browser, no display":     {Machine{OS: "linux", Browser: "lynx"}, "lynx xdg-open", nil, "no graphical display"},
		"BROWSER is not installed":     {linux("none"), "xdg-open", nil, "BROWSER names no program"},
		"no display":                   {Machine{OS: "linux"}, "xdg-open", nil, "no graphical display"},
		"no xdg-open":                  {linux(""), "", nil, "xdg-open is not installed"},
		"SSH, though BROWSER is set":   {Machine{OS: "linux", SSH: true, Browser: "firefox"}, "firefox xdg-open", nil, "SSH"},
		"BROWSER of blanks and colons": {linux(" : "), "xdg-open", []string{"xdg-open", page}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, started := desktop(tt.machine, strings.Fields(tt.installed), nil)
			ok, reason := o.CanOpen()
			err := o.Open(t.Context(), page)
			if tt.want == nil {
				if ok || !strings.Contains(reason, tt.reason) || len(*started) > 0 || !errors.Is(err, ErrNoBrowser) || !strings.Contains(err.Error(), tt.reason) {
					t.Errorf("CanOpen %v %q, started %q, error %v; want nothing started because of %q", ok, reason, *started, err, tt.reason)
				}
				return
			}
			if !ok || reason != "" || err != nil {
				t.Errorf("CanOpen %v %q, error %v", ok, reason, err)
			}
			if diff := cmp.Diff([][]string{tt.want}, *started); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOpenRefusesAddresses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		url string
		ok  bool
	}{
		"https":               {"https://zoom.us/oauth/authorize?redirect_uri=http%3A%2F%2F127.0.0.1", true},
		"loopback":            {"http://127.0.0.1:8976/callback", true},
		"loopback by name":    {"http://localhost:8976/", true},
		"loopback, IPv6":      {"http://[::1]:8976/", true},
		"http elsewhere":      {"http://zoom.us/", false},
		"host that pretends":  {"http://127.0.0.1.evil.test/", false},
		"user that pretends":  {"http://127.0.0.1@evil.test/", false},
		"user in https":       {"https://zoom.us@evil.test/", false},
		"file":                {"file:///etc/passwd", false},
		"javascript":          {"javascript:alert(1)", false},
		"Zoom's own scheme":   {"zoommtg://zoom.us/join?confno=1", false},
		"flag of the browser": {"--renderer-cmd-prefix=reboot", false},
		"path":                {"/usr/bin/reboot", false},
		"no host":             {"https:///x", false},
		"blank":               {"https://zoom.us/ x", false},
		"line break":          {"https://zoom.us/\nx", false},
		"quote":               {"https://zoom.us/\"x", false},
		"backslash":           {`https://zoom.us\@evil.test/`, false},
		"too long":            {"https://zoom.us/" + strings.Repeat("a", maxPageBytes), false},
		"empty":               {"", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, started := desktop(Machine{OS: "linux", Display: true}, []string{"xdg-open"}, nil)
			err := o.Open(t.Context(), tt.url)
			if (err == nil) != tt.ok || (len(*started) == 1) != tt.ok {
				t.Errorf("Open(%q): error %v, started %q, want opened %v", tt.url, err, *started, tt.ok)
			}
			if !tt.ok && !errors.Is(err, ErrPageRefused) {
				t.Errorf("error %v is not ErrPageRefused", err)
			}
		})
	}
}

func TestOpenReportsABrowserThatFails(t *testing.T) {
	t.Parallel()
	failed := errors.New("exit status 3")
	o, _ := desktop(Machine{OS: "linux", Display: true}, []string{"xdg-open"}, failed)
	if err := o.Open(t.Context(), "https://zoom.us/"); !errors.Is(err, failed) {
		t.Errorf("error %v hides that xdg-open failed", err)
	}
	o, _ = desktop(Machine{OS: "linux", Display: true}, []string{"xdg-open"}, errStillRunning)
	if err := o.Open(t.Context(), "https://zoom.us/"); err != nil {
		t.Errorf("a browser that goes on running is an error: %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	o, started := desktop(Machine{OS: "linux", Display: true}, []string{"xdg-open"}, nil)
	if err := o.Open(cancelled, "https://zoom.us/"); !errors.Is(err, context.Canceled) || len(*started) > 0 {
		t.Errorf("cancelled before: error %v, started %q", err, *started)
	}
}

func TestStartDetached(t *testing.T) {
	t.Setenv("BROWSER", "w3m")
	t.Setenv("ZOOM_CLIENT_SECRET", "hush")
	t.Setenv("ZOOM_ACCESS_TOKEN", "hush")
	t.Setenv("ZOOMTUI_API_BASE", "https://api.zoom.us")
	tests := map[string]struct {
		script string
		failed bool
	}{
		"the browser failed":            {"exit 3", true},
		"no text browser is passed on":  {`test -z "$BROWSER"`, false},
		"no secret is passed on":        {`! env | grep '^ZOOM'`, false},
		"the terminal is not passed on": {`test ! -t 0 && test ! -t 1 && ! (: > /dev/tty) 2>/dev/null`, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			ended, err := startDetached([]string{"sh", "-c", tt.script})
			if err != nil {
				t.Skipf("no sh here: %v", err)
			}
			if err := <-ended; (err != nil) != tt.failed {
				t.Errorf("ended with %v", err)
			}
		})
	}
	if _, err := startDetached([]string{"no-such-browser-here"}); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("a missing program ended with %v", err)
	}
}
