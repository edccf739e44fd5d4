package sandbox

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"sync"
)

//go:embed pages/*.html
var pageFiles embed.FS

// pageTemplates are read when the first page is shown: a program that never shows one pays nothing.
var pageTemplates = sync.OnceValues(func() (*template.Template, error) {
	t, err := template.ParseFS(pageFiles, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("read pages: %w", err)
	}
	return t, nil
})

// renderPage sends one of the embedded pages. They load nothing from anywhere and run no script.
func (s *Server) renderPage(w http.ResponseWriter, status int, name string, view func(nonce string) any) {
	t, err := pageTemplates()
	if err != nil {
		writeServerFault(w, err)
		return
	}
	nonce := randomText(lettersAndDigits, 22)
	var body bytes.Buffer
	if err := t.ExecuteTemplate(&body, name, view(nonce)); err != nil {
		writeServerFault(w, fmt.Errorf("fill in page: %w", err))
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	// same-origin and not no-referrer: with the latter a browser sends `Origin: null` with our form.
	h.Set("Referrer-Policy", "same-origin")
	// Chromium applies form-action to the redirects that follow a form too, and a host source cannot
	// name [::1]; hence the two schemes.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+nonce+"'; form-action 'self' http: https:; base-uri 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // fails only when the browser has gone
}

// noticeView is a page with one message.
type noticeView struct {
	Nonce  string
	Title  string
	Says   string
	Hint   string
	Failed bool
}

// renderError shows a failure in the browser, the way Zoom does.
func (s *Server) renderError(w http.ResponseWriter, e browserError) {
	s.renderPage(w, http.StatusBadRequest, "notice.html", func(nonce string) any {
		return noticeView{Nonce: nonce, Title: "Something went wrong", Says: e.Says, Hint: e.Hint, Failed: true}
	})
}
