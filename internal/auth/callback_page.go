package auth

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html"
	"net/http"
	"strconv"
	"strings"

	"zoomtui/internal/explain"
)

// callbackHTML is the page for the browser; {{…}} are filled in by
// [page.render]. Package html/template would do that too, and cost the start of
// every command its tables.
//
//go:embed callback.html
var callbackHTML string

// page is what the browser is shown at the end of its way.
type page struct {
	status int    // HTTP
	tone   string // good, bad, wait: the colour of the bar beside the title
	title  string
	lines  []string // paragraphs
	steps  []string // a list below them
	end    string   // the last paragraph
	err    error    // what the page tells of, for those who read JSON; may be nil
}

// closeTab is said wherever it is true.
const closeTab = "You can close this tab."

func pageSignedIn(profile string) page {
	return page{
		status: http.StatusOK, tone: "good", title: "Signed in",
		lines: []string{"The profile “" + profile + "” is signed in to Zoom. " + closeTab, "Go on in the terminal."},
	}
}

func pageUnderWay() page {
	return page{
		status: http.StatusAccepted, tone: "wait", title: "Almost there",
		lines: []string{"Zoom said yes, and the sign-in is being completed. The terminal shows how it ends.", closeTab},
	}
}

// pageFailed shows a failure as a failure, in the words that the terminal shows.
func pageFailed(err error) page {
	p := page{status: http.StatusBadRequest, tone: "bad", title: "Not signed in", err: err}
	problem := explain.Of(err)
	for _, line := range []string{problem.What, problem.Why} {
		if line != "" {
			p.lines = append(p.lines, words(line))
		}
	}
	for _, step := range problem.Next {
		p.steps = append(p.steps, words(step.Text))
	}
	p.end = "The terminal shows how to go on. " + closeTab
	return p
}

// pageNotYet shows why Zoom was not asked yet: the address with the code is as
// good as before.
func pageNotYet(err error) page {
	p := pageFailed(err)
	p.status, p.title = http.StatusServiceUnavailable, "Not signed in yet"
	p.end = "Nothing is used up, and the terminal goes on waiting. When this is mended, load this page once more, " +
		"or paste its address into the terminal."
	return p
}

// pageTooLate is for an answer that comes when the sign-in has just been closed.
func pageTooLate() page {
	return page{
		status: http.StatusServiceUnavailable, tone: "bad", title: "Not signed in",
		lines: []string{"The sign-in in the terminal was closed before this page came. Begin a new one there.", closeTab},
	}
}

// pageRefused is for a request that is not the answer that is waited for.
func pageRefused(status int, text string) page {
	return page{
		status: status, tone: "bad", title: "Not the address that is waited for",
		lines: []string{text, "Nothing was changed; the sign-in in the terminal goes on waiting."},
	}
}

// render fills the page in; everything but the page itself is escaped. profile
// is empty on a page for a stranger.
func (p page) render(profile string) string {
	signature := "zoomtui"
	if profile != "" {
		signature += ", profile " + profile
	}
	var body strings.Builder
	for _, line := range p.lines {
		body.WriteString("<p>" + html.EscapeString(line) + "</p>\n")
	}
	if len(p.steps) > 0 {
		body.WriteString("<ul>\n")
		for _, step := range p.steps {
			body.WriteString("<li>" + html.EscapeString(step) + "</li>\n")
		}
		body.WriteString("</ul>\n")
	}
	if p.end != "" {
		body.WriteString("<p>" + html.EscapeString(p.end) + "</p>\n")
	}
	return strings.NewReplacer(
		"{{title}}", html.EscapeString(p.title), "{{tone}}", p.tone,
		"{{body}}", body.String(), "{{signature}}", html.EscapeString(signature),
	).Replace(callbackHTML)
}

// send writes the page.
func (p page) send(w http.ResponseWriter, profile string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	write(w, p.status, p.render(profile))
}

// write sends an answer so that nothing of it is kept, framed, or able to load or
// send anything; the address with the code in it goes to nobody as a referrer.
func write(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	h.Set("Content-Length", strconv.Itoa(len(text)))
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Content-Security-Policy", contentPolicy())
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // fails only when the browser has gone
	// Out at once: the listener is closed as soon as the handler has returned.
	_ = http.NewResponseController(w).Flush()
}

// contentPolicy allows the page's own style, by its hash, and nothing else.
func contentPolicy() string {
	_, rest, _ := strings.Cut(callbackHTML, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
