package sandbox

import "time"

// defaultDeviceInterval is how long a device waits between polls.
// Source: https://developers.zoom.us/blog/device-authorization/
const defaultDeviceInterval = 5 * time.Second

// slowDownBy is what each slow_down adds to the interval, for good (RFC 8628 section 3.5).
const slowDownBy = 5 * time.Second

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

// openDevice enters a device that begins to wait.
func (s *Server) openDevice(app App) *deviceRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	// An expired code is remembered for a while, so that its device hears expired_token.
	prune(s.devices, func(d *deviceRequest) bool { return now.Sub(d.expires) > deviceTTL })
	d := &deviceRequest{
		deviceCode: randomText(lettersAndDigits, 64), userCode: randomText(lowerAndDigits, 8),
		app: app, expires: now.Add(deviceTTL), interval: s.opts.DeviceInterval,
	}
	s.devices[d.userCode] = d
	return d
}

// waitingDevice finds the app of a device that still waits for its answer.
func (s *Server) waitingDevice(userCode string) (App, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, ok := s.devices[userCode]
	if !ok || d.answered || !s.now().Before(d.expires) {
		return App{}, false
	}
	return d.app, true
}

// redeemDevice is the device_code grant: what a polling device hears (RFC 8628 section 3.5). The OAuth
// codes are Zoom's; its words for them are not documented.
func (s *Server) redeemDevice(req tokenRequest) tokenResult {
	value := req.params.Get("device_code")
	if value == "" {
		return refuse(errBadRequest("Missing device_code"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.deviceByCode(value, req.app.ClientID)
	if d == nil {
		return refuse(&oauthError{"Invalid device code", "invalid_grant"})
	}
	if refusal := s.pollRefused(d, s.now()); refusal != nil {
		return refuse(refusal)
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

// pollRefused is what a poll hears while there is no answer for it yet. The caller holds s.mu.
func (s *Server) pollRefused(d *deviceRequest, now time.Time) *oauthError {
	soon := !d.lastPoll.IsZero() && now.Sub(d.lastPoll) < d.interval
	d.lastPoll = now
	switch {
	case !now.Before(d.expires):
		return &oauthError{"The device code is expired", "expired_token"}
	case soon || s.takeFault(faultDeviceSlowDown):
		d.interval += slowDownBy
		return &oauthError{"Polling too often", "slow_down"}
	case !d.answered || s.on[faultDevicePending]:
		return &oauthError{"The user has not answered yet", "authorization_pending"}
	}
	return nil
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

// expireDevices ends the codes that were not redeemed yet. The caller holds s.mu.
func (s *Server) expireDevices() {
	for _, d := range s.devices {
		d.expires = earlier(d.expires, s.now())
	}
}
