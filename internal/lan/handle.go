package lan

import (
	"net/http"

	"zoomtui/internal/explain"
)

// handle answers one request. For a stranger it writes nothing: the connection
// has an answer of its own then, see [visitor.Write].
func (p *Page) handle(w http.ResponseWriter, r *http.Request) {
	v, ok := r.Context().Value(visitorKey{}).(*visitor)
	if !ok {
		return
	}
	visit := p.gate.recognise(r, v.at)
	if visit == visitStranger || !p.enter() {
		return
	}
	defer p.showing.Done()
	v.trust()
	if !p.limit.allow(v.from) {
		w.Header().Set("Retry-After", "5")
		p.show(w, http.StatusTooManyRequests, p.tooMany())
		return
	}
	switch visit {
	case visitStatus:
		p.status(w)
	case visitOpen:
		p.open(w, v)
	case visitPaste:
		text, err := readForm(w, r)
		p.complete(w, v, text, err)
	case visitReturn:
		p.complete(w, v, "?"+r.URL.RawQuery, nil)
	}
}

// open shows the page, or that there is nothing left to do on it.
func (p *Page) open(w http.ResponseWriter, v *visitor) {
	if v, over := p.ended(); over {
		p.show(w, http.StatusOK, v)
		return
	}
	p.show(w, http.StatusOK, p.form(p.doors[v.at], nil))
}

// complete hands an answer to the sign-in and shows what came of it. Nothing of
// the answer is kept or shown again.
func (p *Page) complete(w http.ResponseWriter, v *visitor, text string, err error) {
	if err == nil {
		err = p.paste(text)
	}
	ended, over := p.ended()
	switch {
	case over && (err == nil || explain.Of(err).Class() == explain.Cancelled):
		p.show(w, http.StatusOK, ended)
	case over:
		p.show(w, http.StatusOK, p.failed(err))
	default:
		p.show(w, http.StatusUnprocessableEntity, p.form(p.doors[v.at], err))
	}
}

// paste tries one answer after the other. Who pressed the button twice, or loads
// the last page once more, is not told that the code is used up.
func (p *Page) paste(text string) error {
	p.pasting.Lock()
	defer p.pasting.Unlock()
	if p.hasSignedIn() {
		return nil
	}
	if err := p.signIn.Paste(text); err != nil {
		return err // shown to the person by package explain
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.signedIn = true
	return nil
}

func (p *Page) hasSignedIn() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.signedIn
}

// ended gives the page that says how the sign-in ended; false: it goes on.
func (p *Page) ended() (view, bool) {
	if p.hasSignedIn() {
		return p.signedInView(), true
	}
	select {
	case <-p.signIn.Done():
		return p.overView(), true
	default:
		return view{}, false
	}
}

// status tells the page's script in a word or two how things are.
func (p *Page) status(w http.ResponseWriter) {
	word := "waiting"
	if _, over := p.ended(); over {
		word = "over"
	}
	if p.hasSignedIn() {
		word = "signed in"
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write([]byte(word)) // fails only when the phone has gone
}
