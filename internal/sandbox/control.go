package sandbox

import (
	"net/http"
	"strings"
)

// stateAnswer is GET /_sandbox/state.
type stateAnswer struct {
	URL    string         `json:"url"`
	Faults []Fault        `json:"faults"`
	Counts map[string]int `json:"counts"`
}

// indexView is the page for people.
type indexView struct {
	Nonce  string
	URL    string
	Apps   []indexApp
	Faults []Fault
	Counts map[string]int
}

type indexApp struct {
	App
	Env string
}

// handleIndex is GET /_sandbox: apps, environment lines, faults with buttons.
func (s *Server) handleIndex(w http.ResponseWriter, _ *http.Request) {
	view := indexView{URL: s.url, Faults: s.Faults(), Counts: s.Counts()}
	seen := map[string]bool{}
	for _, app := range s.Apps() {
		ia := indexApp{App: app}
		if !seen[app.Kind] {
			ia.Env = "export " + strings.Join(s.Env(app.Kind), "\nexport ")
		}
		seen[app.Kind] = true
		view.Apps = append(view.Apps, ia)
	}
	s.renderPage(w, http.StatusOK, "index.html", func(nonce string) any {
		view.Nonce = nonce
		return view
	})
}

// handleState is GET /_sandbox/state, for tests in other processes.
func (s *Server) handleState(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, stateAnswer{URL: s.url, Faults: s.Faults(), Counts: s.Counts()})
}

// handleFaults is POST /_sandbox/faults with name and on=1|0. A browser is sent back to the page,
// everybody else gets the state.
func (s *Server) handleFaults(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "the form could not be read", http.StatusBadRequest)
		return
	}
	on := r.Form.Get("on")
	if on != "0" && on != "1" {
		http.Error(w, "on must be 1 or 0", http.StatusBadRequest)
		return
	}
	if err := s.SetFault(r.Form.Get("name"), on == "1"); err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		http.Redirect(w, r, "/_sandbox", http.StatusSeeOther)
		return
	}
	s.handleState(w, r)
}
