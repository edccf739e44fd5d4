package doctor

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"zoomtui/internal/explain"
)

const nameZoom = "zoom"

// Zoom checks what the hosts have answered.
func Zoom(answers []Answer) Check {
	var good []string
	var c Check
	for _, a := range answers {
		took := a.Received.Sub(a.Sent).Round(time.Millisecond)
		switch {
		case a.Err != nil:
		case a.Status == 407:
			c = worse(c, failure(nameZoom, explain.Network, "The proxy wants a password before it lets anybody through to %s.", a.Host).brief("the proxy wants a password").
				remedy("Put its user and password in: export HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"))
		case a.Status >= 500:
			c = worse(c, failure(nameZoom, explain.Network, "%s has trouble of its own: it answered %d.", a.Host, a.Status).brief(fmt.Sprintf("answered %d", a.Status)).
				remedy("Look whether Zoom knows of it: https://status.zoom.us", "Try again later: zoomtui doctor"))
		case !a.Zoom && isPage(a.Body):
			c = worse(c, result(nameZoom, Warning, "%s answered %d with a web page that does not look like Zoom's: a proxy or the login page of a guest network may stand in between.", a.Host, a.Status).brief("a web page answered").
				remedy("Open https://"+a.Host+"/ in a browser, and log in to the network if it asks."))
		default:
			good = append(good, fmt.Sprintf("%s answered within %s", a.Host, took))
		}
	}
	switch {
	case c.What != "":
		return c
	case good == nil:
		return result(nameZoom, Skipped, "Zoom was not reached.").brief("not reached")
	default:
		return result(nameZoom, OK, "%s.", strings.Join(good, ", ")).brief("reached")
	}
}

// isPage tells an HTML page.
func isPage(body []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 512)]))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// Skew is what is known of the difference between Zoom's clock and this machine's.
type Skew struct {
	Measured []Answer
	Stored   time.Duration // Zoom's clock minus ours, at the last refresh
	Since    time.Time     // of the last refresh; zero: there was none
}

// What the clock may be off: below noise it cannot be told from none, since a Date
// header has whole seconds (RFC 9110 section 5.6.7); from harm on it matters.
const (
	noise = 2 * time.Second
	harm  = 30 * time.Second
)

const nameClock = "clock"

// Clock checks this machine's clock against Zoom's.
func Clock(s Skew) Check {
	i := slices.IndexFunc(s.Measured, func(a Answer) bool { return a.Err == nil && !a.Date.IsZero() })
	if i < 0 {
		if s.Since.IsZero() {
			return result(nameClock, Skipped, "Zoom was not reached, so its time is not known.").brief("not known").detail("skew_seconds", nil)
		}
		c := judgeClock(s.Stored)
		c.What = "By the last refresh, " + strings.ToLower(c.What[:1]) + c.What[1:]
		return c
	}
	a := s.Measured[i]
	middle := a.Sent.Add(a.Received.Sub(a.Sent) / 2)
	// Date is cut to the second: half of one is added on average.
	return judgeClock(a.Date.Add(500 * time.Millisecond).Sub(middle))
}

// judgeClock says what a skew, Zoom's clock minus ours, means.
func judgeClock(skew time.Duration) Check {
	if skew.Abs() < noise {
		skew = 0
	}
	skew = skew.Round(time.Second)
	way := "behind" // ours, when Zoom's is ahead
	if skew < 0 {
		way = "ahead of"
	}
	var c Check
	switch {
	case skew == 0:
		c = result(nameClock, OK, "This machine's clock agrees with Zoom's.").brief("agrees")
	case skew.Abs() < harm:
		c = result(nameClock, OK, "This machine's clock is %s %s Zoom's, which does no harm.", skew.Abs(), way).brief(skew.Abs().String() + " " + way + " Zoom's")
	default:
		c = result(nameClock, Warning, "This machine's clock is %s %s Zoom's. Countdowns follow Zoom's; certificates and other programs do not.", skew.Abs(), way).
			brief(skew.Abs().String() + " " + way + " Zoom's").remedy(setClock(runtime.GOOS))
	}
	return c.detail("skew_seconds", int64(skew/time.Second))
}

// setClock is how a clock is set right.
func setClock(system string) string {
	switch system {
	case "darwin":
		return "Set the clock: sudo sntp -sS time.apple.com"
	case "windows":
		return "Set the clock: w32tm /resync"
	default:
		return "Let the clock be set from the network: sudo timedatectl set-ntp true"
	}
}

const nameBounce = "bounce"

// Bounce checks the page behind an https return address. page is the current one;
// tunnel tells that a tunnel leads to this machine instead.
func Bounce(a Answer, page []byte, tunnel bool) Check {
	const put = "Put the page there: zoomtui bounce > callback.html"
	switch {
	case tunnel && (a.Err != nil || !bytes.Equal(a.Body, page)):
		return result(nameBounce, Skipped, "listen is set: a tunnel leads from %s to this machine, and something answers there only while a sign-in waits.", a.Host).brief("a tunnel")
	case a.Err != nil:
		p := explain.Of(a.Err)
		return result(nameBounce, Warning, "The page that sends the browser back could not be fetched: %s Without it, the address of the browser's last page has to be pasted.", p.What).brief("not reached").remedy(put)
	case bytes.Equal(a.Body, page):
		return result(nameBounce, OK, "The page that sends the browser back stands at %s.", a.Host).brief("fine")
	case a.Status == 200 && bytes.Contains(a.Body, []byte("<title>Back from Zoom · zoomtui</title>")):
		return result(nameBounce, Warning, "The page that sends the browser back, at %s, is of another version.", a.Host).brief("another version").remedy(put)
	default:
		return result(nameBounce, Warning, "%s answered %d, and not with the page that sends the browser back. Without it, the address of the browser's last page has to be pasted.", a.Host, a.Status).
			brief("another page").remedy(put)
	}
}
