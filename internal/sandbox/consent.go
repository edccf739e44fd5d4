package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// consentTTL is how long a consent page may wait for its answer.
const consentTTL = 10 * time.Minute

// pendingConsent is a consent page that was shown. Its id works once, which is what keeps another
// page from answering in the person's name.
type pendingConsent struct {
	request authRequest
	device  string // user code, when a device asks and not a browser
	expires time.Time
}

// consentView is what the consent page shows.
type consentView struct {
	Nonce, ID string
	App       string
	User      userView
	Required  []scopeView
	Optional  []scopeView
	ReturnsTo string
	Device    string
}

type userView struct{ Name, Email string }

type scopeView struct{ Name, Words string }

// renderConsent shows the page that asks the person.
func (s *Server) renderConsent(w http.ResponseWriter, p pendingConsent) {
	now := s.now()
	p.expires = now.Add(consentTTL)
	id := randomText(lettersAndDigits, 43)
	s.mu.Lock()
	prune(s.consents, func(c pendingConsent) bool { return !now.Before(c.expires) })
	s.consents[id] = p
	s.mu.Unlock()
	app := p.request.app
	s.renderPage(w, http.StatusOK, "consent.html", func(nonce string) any {
		return consentView{
			Nonce: nonce, ID: id, App: app.Name,
			User:     userView{Name: s.world.owner().DisplayName, Email: s.world.owner().Email},
			Required: scopeViews(app.Scopes), Optional: scopeViews(app.Optional),
			ReturnsTo: p.request.redirectURI, Device: p.device,
		}
	})
}

func scopeViews(scopes []string) []scopeView {
	out := make([]scopeView, len(scopes))
	for i, name := range scopes {
		out[i] = scopeView{Name: name, Words: scopeWords(name)}
	}
	return out
}

// handleConsent takes the person's answer: POST /oauth/consent with consent, decision (allow or
// decline) and the optional scopes that are still ticked.
func (s *Server) handleConsent(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.renderError(w, browserError{"The form could not be read", err.Error()})
		return
	}
	id := r.PostForm.Get("consent")
	s.mu.Lock()
	p, ok := s.consents[id]
	delete(s.consents, id)
	s.mu.Unlock()
	if !ok || !s.now().Before(p.expires) {
		s.renderError(w, browserError{
			"This page was answered already or is too old",
			"Start the sign-in again in the program that sent you here.",
		})
		return
	}
	allowed := r.PostForm.Get("decision") == "allow"
	if allowed {
		s.count("consent.allow")
	} else {
		s.count("consent.decline")
	}
	scopes := slices.Clone(p.request.app.Scopes)
	for _, scope := range p.request.app.Optional {
		if slices.Contains(r.PostForm["optional"], scope) {
			scopes = append(scopes, scope)
		}
	}
	switch {
	case p.device != "":
		s.answerDevice(w, p.device, allowed, scopes)
	case allowed:
		http.Redirect(w, r, s.approve(p.request, scopes), http.StatusFound)
	default:
		http.Redirect(w, r, decline(p.request), http.StatusFound)
	}
}

// scopeWords says in plain words what a scope allows. Unknown names are spelled out.
func scopeWords(name string) string {
	base, admin := strings.CutSuffix(name, ":admin")
	words := ""
	switch base {
	case "user:read:user", "user_profile", "user_info:read":
		words = "See your profile"
	case "user:read":
		words = "See your profile and settings"
	case "user:read:settings":
		words = "See your settings"
	case "user:read:list_permissions":
		words = "See what your role may do"
	case "user:read:zak", "user_zak:read", "user:read:token":
		words = "Get a key that starts meetings in your name"
	case "meeting:read":
		words = "See your meetings"
	case "meeting:read:meeting":
		words = "See the details of a meeting"
	case "meeting:read:list_meetings":
		words = "See the meetings you host"
	case "meeting:read:list_upcoming_meetings":
		words = "See the meetings of the next 24 hours, invitations included"
	case "meeting:write", "meeting:write:meeting":
		words = "Create meetings"
	case "recording:read", "cloud_recording:read:list_user_recordings":
		words = "See your cloud recordings"
	default:
		return spellOut(name)
	}
	if admin {
		words += " (for every user of the account)"
	}
	return words
}

// spellOut turns service:action:what into a phrase.
func spellOut(scope string) string {
	parts := strings.Split(strings.ReplaceAll(scope, "_", " "), ":")
	if len(parts) < 3 {
		return strings.Join(parts, ", ")
	}
	verb := "Change "
	if parts[1] == "read" {
		verb = "See "
	}
	return verb + strings.TrimPrefix(strings.Join(parts[2:], ", "), "list ") + " (" + parts[0] + ")"
}
