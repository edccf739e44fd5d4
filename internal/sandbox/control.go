package sandbox

import (
	"net/http"
	"strings"
)

// stateAnswer is GET /_sandbox/state.
type stateAnswer struct {
	URL    string         `json:"url"`
	Apps   []stateApp     `json:"apps"`
	Faults []Fault        `json:"faults"`
	Counts map[string]int `json:"counts"`
}

type stateApp struct {
	Name         string   `json:"name"`
	Kind         string   `json:"kind"`
	ClientID     string   `json:"client_id"`
	RedirectURIs []string `json:"redirect_uris"`
	Scopes       []string `json:"scopes"`
	PKCE         bool     `json:"pkce"`
	Device       bool     `json:"device"`
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
	for _, app := range s.Apps() {
		view.Apps = append(view.Apps, indexApp{App: app, Env: "export " + strings.Join(s.envOf(app), "\nexport ")})
	}
	s.renderPage(w, http.StatusOK, "index.html", func(nonce string) any {
		view.Nonce = nonce
		return view
	})
}

// handleState is GET /_sandbox/state, for tests in other processes.
func (s *Server) handleState(w http.ResponseWriter, _ *http.Request) {
	state := stateAnswer{URL: s.url, Faults: s.Faults(), Counts: s.Counts()}
	for _, app := range s.Apps() {
		state.Apps = append(state.Apps, stateApp{
			Name: app.Name, Kind: app.Kind, ClientID: app.ClientID, RedirectURIs: app.RedirectURIs,
			Scopes: app.allScopes(), PKCE: app.loopbackAllowed(), Device: app.Device,
		})
	}
	writeJSON(w, http.StatusOK, state)
}

// handleFaults is POST /_sandbox/faults with name and on=1|0.
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
	s.controlled(w, r)
}

// handleRedirects is POST /_sandbox/redirects with client_id and redirect_uri, which registers a further
// return address: to try one's own bounce page or tunnel.
func (s *Server) handleRedirects(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "the form could not be read", http.StatusBadRequest)
		return
	}
	if err := s.AddRedirect(r.PostForm.Get("client_id"), strings.TrimSpace(r.PostForm.Get("redirect_uri"))); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.controlled(w, r)
}

// controlled sends a browser back to the page; everybody else gets the state.
func (s *Server) controlled(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		http.Redirect(w, r, "/_sandbox", http.StatusSeeOther)
		return
	}
	s.handleState(w, r)
}
