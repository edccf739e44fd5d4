package scope

import (
	"slices"
	"strings"
	"time"
)

// Probe is one read-only call that needs no id.
type Probe struct {
	Endpoint Endpoint
	Path     string        // ready to call: /users/me/meetings?page_size=1
	After    time.Duration // pause before the next one, by the rate label and the Free plan's limits
}

// Probes are the calls to try: GET only, no id but "me". all false: the few that
// tell most (profile, settings, permissions, meetings, upcoming, recordings,
// webinars); true: these and every other of the table but the resource-intensive,
// those that hand out a token, and Video SDK's, which take none of ours.
func (c *Catalogue) Probes(all bool) []Probe {
	var probes []Probe
	for _, path := range fewProbes() {
		if e, ok := c.Find("GET", path); ok {
			probes = append(probes, newProbe(e, path))
		}
	}
	if !all {
		return probes
	}
	few := len(probes)
	for _, e := range c.Endpoints() {
		known := slices.ContainsFunc(probes[:few], func(p Probe) bool { return p.Endpoint.String() == e.String() })
		if path, ok := probePath(e); ok && !known {
			probes = append(probes, newProbe(e, path))
		}
	}
	return probes
}

// fewProbes tell most, the cheapest first.
func fewProbes() []string {
	return []string{
		"/users/me",
		"/users/me/settings",
		"/users/me/permissions",
		"/users/me/meetings?page_size=1",
		"/users/me/upcoming_meetings",
		"/users/me/recordings?page_size=1",
		"/users/me/webinars?page_size=1",
	}
}

// probePath is the path to try an operation with, or false for one that is not to
// be tried.
func probePath(e Endpoint) (string, bool) {
	path := e.Path
	if rest, ok := strings.CutPrefix(path, "/users/{userId}"); ok {
		path = "/users/me" + rest
	}
	switch {
	case e.Method != "GET", strings.Contains(path, "{"):
		return "", false
	case e.Label == "RESOURCE-INTENSIVE", strings.HasPrefix(path, "/videosdk/"):
		return "", false
	case strings.HasSuffix(path, "/token"), strings.HasSuffix(path, "/zak"):
		return "", false
	}
	return path, true
}

// newProbe sets the pace: the limits of the Free plan, the strictest. A label that
// is not known counts as heavy.
// Source: https://developers.zoom.us/docs/api/rate-limits/
func newProbe(e Endpoint, path string) Probe {
	after := time.Second
	switch e.Label {
	case "LIGHT":
		after = time.Second / 4
	case "MEDIUM":
		after = time.Second / 2
	}
	return Probe{Endpoint: e, Path: path, After: after}
}

// Outcome is what became of a probe.
type Outcome struct {
	Probe      Probe
	Says       Kind   // the catalogue, before the call
	Zoom       Kind   // what Zoom's answer means: HAS IT, ADD ONE, NOT A SCOPE PROBLEM, UNKNOWN (no answer, or one of a moment: too many calls, trouble at Zoom)
	Reason     Reason // why Zoom refused, where that is no scope
	Status     int
	Code       int
	Message    string // foreign text
	TrackingID string
	Scopes     []string // as Zoom names them, of a refusal for want of a scope
	Took       time.Duration
	Failed     string // why there was no answer; empty: there was
}

// Outcome judges an answer to a probe; a nil answer is none. The caller adds how
// long it took, and why there was none.
func (c *Catalogue) Outcome(p Probe, app App, answer *Live) Outcome {
	q := Question{Method: p.Endpoint.Method, Path: p.Endpoint.Path, App: app}
	o := Outcome{Probe: p, Says: c.Judge(q).Kind, Zoom: Unknown}
	if answer == nil {
		return o
	}
	o.Status, o.Code, o.Message, o.TrackingID = answer.Status, answer.Code, answer.Message, answer.TrackingID
	r := answer.read()
	o.Reason, o.Scopes = r.reason, r.scopes
	switch {
	case r.says == saysYes:
		o.Zoom = HasIt
	case r.says == saysMissing:
		o.Zoom = AddOne
	case r.says == saysUnknownPath:
		o.Zoom = UnknownEndpoint
	case r.reason != NoReason && r.reason != ReasonRate && r.reason != ReasonServer:
		o.Zoom = NotAScope
	}
	return o
}

// Agrees tells whether Zoom contradicts nothing that the catalogue says. Where either
// of them says nothing there is no contradiction, and no agreement either: see
// [Outcome.Compared].
func (o Outcome) Agrees() bool {
	says, zoom, compared := o.sides()
	return !compared || says == zoom
}

// Compared tells whether the catalogue and Zoom have both said whether the token may
// make the call. An answer that says nothing about scopes does not (a token that has
// run out, too many calls, trouble at Zoom); one about a role, a plan or a value
// does, as it comes after the scope.
func (o Outcome) Compared() bool {
	_, _, compared := o.sides()
	return compared
}

// sides are what the catalogue and Zoom say of the scope: true, the token has one.
func (o Outcome) sides() (says, zoom, compared bool) {
	may := map[Kind]bool{HasIt: true, AddOne: false, WrongAppType: false, OldSignIn: false}
	says, known := may[o.Says]
	zoom, told := may[o.Zoom]
	switch o.Reason {
	case ReasonRole, ReasonPlan, ReasonUser, ReasonThing, ReasonRequest:
		zoom, told = true, true
	}
	return says, zoom, known && told
}

// tooManyRequests is the HTTP status of RFC 6585 section 4.
const tooManyRequests = 429

// Stops tells whether a probe makes no further call with this token after this one:
// nothing was answered, Zoom asks to wait, or it refuses the token itself, which the
// next call would meet again.
func (o Outcome) Stops() bool {
	return o.Failed != "" || o.Status == tooManyRequests || o.Reason == ReasonRate || o.Reason == ReasonToken
}
