package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// Times of the device flow. Source: https://developers.zoom.us/blog/device-authorization/
const (
	deviceTTL      = 900 * time.Second
	deviceInterval = 5 * time.Second
)

// deviceRequest is a device that waits for a person (RFC 8628).
type deviceRequest struct {
	deviceCode string
	userCode   string
	app        App
	expires    time.Time
	interval   time.Duration
	lastPoll   time.Time
	answered   bool
	allowed    bool
	scopes     []string
}

// deviceAnswer is the success body of the devicecode endpoint.
type deviceAnswer struct {
	DeviceCode              string `json:"device_code"`
	UserCode                string `json:"user_code"`
	VerificationURI         string `json:"verification_uri"`
	VerificationURIComplete string `json:"verification_uri_complete"`
	ExpiresIn               int    `json:"expires_in"`
	Interval                int    `json:"interval"`
}

// handleDeviceCode is POST /oauth/devicecode. Zoom's words for an app that may not use it are not
// documented; the OAuth code is RFC 6749's.
func (s *Server) handleDeviceCode(w http.ResponseWriter, r *http.Request) {
	s.count("devicecode")
	if !requirePost(w, r) {
		return
	}
	if err := r.ParseForm(); err != nil {
		writeOAuthError(w, errBadRequest("Bad Request"))
		return
	}
	app, ok := s.authenticate(r)
	if id := r.Form.Get("client_id"); !ok || id != "" && id != app.ClientID {
		writeOAuthError(w, errInvalidClient())
		return
	}
	if !app.Device {
		writeOAuthError(w, &oauthError{"The device flow is not enabled for this app", "unauthorized_client"})
		return
	}
	d := &deviceRequest{
		deviceCode: randomText(lettersAndDigits, 64), userCode: randomText(lowerAndDigits, 8),
		app: app, expires: s.now().Add(deviceTTL), interval: deviceInterval,
	}
	s.mu.Lock()
	now := s.now()
	prune(s.devices, func(d *deviceRequest) bool { return now.Sub(d.expires) > deviceTTL })
	s.devices[d.userCode] = d
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, deviceAnswer{
		DeviceCode: d.deviceCode, UserCode: d.userCode,
		VerificationURI: s.url + "/oauth_device", VerificationURIComplete: s.url + "/oauth/device/complete/" + d.userCode,
		ExpiresIn: int(deviceTTL / time.Second), Interval: int(deviceInterval / time.Second),
	})
}

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

// waitingDevice finds a device that still waits for its answer.
func (s *Server) waitingDevice(userCode string) (App, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, ok := s.devices[userCode]
	if !ok || d.answered || !s.now().Before(d.expires) {
		return App{}, false
	}
	return d.app, true
}

// handleDeviceComplete is the page behind the complete address (the one in a QR code).
func (s *Server) handleDeviceComplete(w http.ResponseWriter, r *http.Request) {
	userCode := r.PathValue("code")
	app, ok := s.waitingDevice(userCode)
	if !ok {
		s.renderUnknownCode(w)
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

// redeemDevice is the device_code grant: what a polling device hears (RFC 8628 section 3.5).
func (s *Server) redeemDevice(req tokenRequest) tokenResult {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.deviceByCode(req.params.Get("device_code"), req.app.ClientID)
	if d == nil {
		return refuse(&oauthError{"Invalid device code", "invalid_grant"})
	}
	now := s.now()
	soon := !d.lastPoll.IsZero() && now.Sub(d.lastPoll) < d.interval
	d.lastPoll = now
	switch {
	case !now.Before(d.expires):
		return refuse(&oauthError{"The device code is expired", "expired_token"})
	case soon:
		d.interval += deviceInterval
		return refuse(&oauthError{"Polling too often", "slow_down"})
	case !d.answered:
		return refuse(&oauthError{"The user has not answered yet", "authorization_pending"})
	}
	delete(s.devices, d.userCode)
	if !d.allowed {
		return refuse(&oauthError{"The user declined", "access_denied"})
	}
	g := &grant{clientID: d.app.ClientID, userID: demoUserID, kind: d.app.Kind, scopes: d.scopes}
	s.ledger.open(g)
	answer, err := s.issue(g, true)
	return tokenResult{answer: answer, err: err}
}

// deviceByCode finds a request of an app. The caller holds s.mu.
func (s *Server) deviceByCode(deviceCode, clientID string) *deviceRequest {
	for _, d := range s.devices {
		if d.deviceCode == deviceCode && d.app.ClientID == clientID {
			return d
		}
	}
	return nil
}
