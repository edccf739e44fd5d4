package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// deviceTTL is the life of a device code.
// Source: https://developers.zoom.us/blog/device-authorization/
const deviceTTL = 900 * time.Second

// deviceAnswer is the success body of the devicecode endpoint.
type deviceAnswer struct {
	DeviceCode              string `json:"device_code"`
	UserCode                string `json:"user_code"`
	VerificationURI         string `json:"verification_uri"`
	VerificationURIComplete string `json:"verification_uri_complete"`
	ExpiresIn               int    `json:"expires_in"`
	Interval                int    `json:"interval"`
}

// handleDeviceCode is POST /oauth/devicecode?client_id=… (or in the form) with Basic credentials, which is
// how Zoom documents it: a secret in the form and a public client id are refused. Zoom's words for an app
// that may not use devices and for a missing client_id are not documented; the OAuth codes are those of
// RFC 6749 section 5.2.
// Source: https://developers.zoom.us/blog/device-authorization/
func (s *Server) handleDeviceCode(w http.ResponseWriter, r *http.Request) {
	s.count("devicecode")
	if !requirePost(w, r) {
		return
	}
	if err := r.ParseForm(); err != nil {
		writeOAuthError(w, errBadRequest("Bad Request"))
		return
	}
	if !s.linger(r.Context()) {
		return
	}
	s.stampDate(w)
	app, refusal := s.deviceApp(r)
	if refusal != nil {
		writeOAuthError(w, refusal)
		return
	}
	d := s.openDevice(app)
	writeJSON(w, http.StatusOK, deviceAnswer{
		DeviceCode: d.deviceCode, UserCode: d.userCode,
		VerificationURI: s.url + "/oauth_device", VerificationURIComplete: s.url + "/oauth/device/complete/" + d.userCode,
		ExpiresIn: int(deviceTTL / time.Second), Interval: wholeSeconds(s.opts.DeviceInterval),
	})
}

// deviceApp is the app that asks, if it may.
func (s *Server) deviceApp(r *http.Request) (App, *oauthError) {
	_, _, basic := r.BasicAuth()
	app, ok := s.authenticate(r)
	if !ok || !basic {
		return App{}, errInvalidClient()
	}
	switch r.Form.Get("client_id") {
	case app.ClientID:
	case "":
		return App{}, errBadRequest("Missing client_id")
	default:
		return App{}, errInvalidClient()
	}
	if !app.Device {
		return App{}, errNoDevice()
	}
	return app, nil
}

// wholeSeconds rounds up: `interval` and `expires_in` have no fractions (RFC 8628 section 3.2).
func wholeSeconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// deviceEntryView is the page where a person types the code.
type deviceEntryView struct{ Nonce string }

func (s *Server) handleDeviceEntry(w http.ResponseWriter, _ *http.Request) {
	s.renderPage(w, http.StatusOK, "device.html", func(nonce string) any { return deviceEntryView{Nonce: nonce} })
}

// handleDeviceEntered takes the typed code, however it is spaced, and leads to the consent page.
func (s *Server) handleDeviceEntered(w http.ResponseWriter, r *http.Request) {
	typed := strings.ToLower(strings.Join(strings.FieldsFunc(r.PostFormValue("user_code"), func(c rune) bool {
		return c == ' ' || c == '-'
	}), ""))
	if _, ok := s.waitingDevice(typed); !ok {
		s.renderUnknownCode(w)
		return
	}
	http.Redirect(w, r, "/oauth/device/complete/"+typed, http.StatusSeeOther)
}

func (s *Server) renderUnknownCode(w http.ResponseWriter) {
	s.renderError(w, browserError{"This code is not known or too old", "Ask the device for a new code."})
}

// handleDeviceComplete is the page behind the complete address (the one in a QR code).
func (s *Server) handleDeviceComplete(w http.ResponseWriter, r *http.Request) {
	userCode := r.PathValue("code")
	app, ok := s.waitingDevice(userCode)
	if !ok {
		s.renderUnknownCode(w)
		return
	}
	if refusal := s.personRefused(app); refusal != nil {
		s.renderError(w, *refusal)
		return
	}
	if s.opts.AutoApprove {
		s.count("consent.allow")
		s.answerDevice(w, userCode, true, app.allScopes())
		return
	}
	s.renderConsent(w, pendingConsent{request: authRequest{app: app}, device: userCode})
}

// answerDevice notes the person's answer and says that the device goes on by itself.
func (s *Server) answerDevice(w http.ResponseWriter, userCode string, allowed bool, scopes []string) {
	s.mu.Lock()
	d, ok := s.devices[userCode]
	ok = ok && !d.answered && s.now().Before(d.expires)
	if ok {
		d.answered, d.allowed, d.scopes = true, allowed, scopes
	}
	s.mu.Unlock()
	if !ok {
		s.renderUnknownCode(w)
		return
	}
	view := noticeView{Title: "Allowed", Says: "The device is signed in", Hint: "You can close this page."}
	if !allowed {
		view = noticeView{Title: "Declined", Says: "The device is not signed in", Hint: "You can close this page."}
	}
	s.renderPage(w, http.StatusOK, "notice.html", func(nonce string) any {
		view.Nonce = nonce
		return view
	})
}
