package lan

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"sync"
	"time"

	"zoomtui/internal/explain"
)

//go:embed page.html
var pageHTML string

// pageTemplate is read when the first page is shown.
var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	t, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return nil, fmt.Errorf("read the page: %w", err)
	}
	return t, nil
})

// view is what a page shows: the form, or a few lines.
type view struct {
	Title   string
	Done    bool // signed in
	Lines   []string
	Form    bool
	Link    string   // of the form: where it sends the phone first
	Action  string   // of the form: where it is sent
	Ends    ending   // of the form: how the way ends
	Problem []string // of the form: what was wrong with the text before
	Minutes int      // of the form: how long the page is open still
	Profile string
	Nonce   string
}

// form is the page itself. err is what was wrong with the text that was sent.
func (p *Page) form(to entrance, err error) view {
	v := view{Title: "Sign in to Zoom", Form: true, Link: to.link, Action: p.gate.path, Ends: to.ends}
	if left := p.expires.Sub(p.clock()); left > 0 {
		v.Minutes = int((left + time.Minute - 1) / time.Minute)
	}
	if err != nil {
		v.Title, v.Problem = "Not signed in yet", sentences(err)
	}
	return v
}

func (p *Page) signedInView() view {
	return view{Title: "Signed in", Done: true, Lines: []string{"You can put the phone away.", "The profile “" + p.profile + "” is signed in to Zoom. Go on at the computer."}}
}

func (p *Page) overView() view {
	return view{Title: "This sign-in is over", Lines: []string{"The computer shows how it ended. Nothing is left to do on the phone."}}
}

func (p *Page) failed(err error) view {
	return view{Title: "Not signed in", Lines: append(sentences(err), "The computer shows how to go on.")}
}

func (p *Page) tooMany() view {
	return view{Title: "One moment", Lines: []string{"This page was asked too often. Wait five seconds, then load it again."}}
}

// sentences says what happened and why.
func sentences(err error) []string {
	problem := explain.Of(err)
	var lines []string
	for _, line := range []string{problem.What, problem.Why} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// show writes a page so that nothing of it is kept, framed, or able to load
// anything or send anything elsewhere. The referrer stays within the page,
// because a browser that is to send none says `Origin: null` with the form.
func (p *Page) show(w http.ResponseWriter, status int, v view) {
	v.Profile, v.Nonce = p.profile, rand.Text()
	t, err := pageTemplate()
	var body bytes.Buffer
	if err == nil {
		err = t.Execute(&body, v)
	}
	if err != nil {
		status = http.StatusInternalServerError
		body.Reset()
		body.WriteString("The page could not be made. Use another way to sign in.")
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-"+v.Nonce+"'; style-src 'nonce-"+v.Nonce+
		"'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // fails only when the phone has gone
	// Out at once: after the last page the server is closed as soon as the handler has returned.
	_ = http.NewResponseController(w).Flush()
}
