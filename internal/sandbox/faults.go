package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// clockFaultBy is how wrong the Date header is while a clock fault is on.
const clockFaultBy = 180 * time.Second

// Fault is a way in which the sandbox can misbehave.
type Fault struct {
	// Name is what [Server.SetFault] takes.
	Name string `json:"name"`
	// Title and Help are for a person: a few words, and one line.
	Title string `json:"title"`
	Help  string `json:"help"`
	// Toggle faults stay until they are switched off. The others happen at once, or once at the next
	// occasion: then On says that they wait for it.
	Toggle bool `json:"toggle"`
	On     bool `json:"on"`
}

// Faults are all faults and which of them are on.
func (s *Server) Faults() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := faultList()
	for i := range list {
		list[i].On = s.on[list[i].Name]
	}
	return list
}

// SetFault switches a fault on or off. A fault that happens at once happens when it is switched on.
// Switching off what is not on does nothing. An unknown name is an error.
func (s *Server) SetFault(name string, on bool) error {
	if !slices.ContainsFunc(faultList(), func(f Fault) bool { return f.Name == name }) {
		return fmt.Errorf("set fault: there is none called %q", name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if name == faultSlow {
		s.endSlow()
	}
	switch {
	case !on:
		delete(s.on, name)
	case name == faultExpireAccess:
		for _, t := range s.ledger.access {
			t.expires = earlier(t.expires, s.now())
		}
	case name == faultRevokeGrant:
		for _, g := range slices.Clone(s.ledger.grants) {
			s.ledger.revoke(g)
		}
	case name == faultDeviceExpired:
		s.expireDevices()
	default:
		s.on[name] = true
		s.settleFault(name)
	}
	return nil
}

// settleFault does what switching a lasting fault on brings with it. The caller holds s.mu.
func (s *Server) settleFault(name string) {
	switch name {
	case faultClockAhead:
		delete(s.on, faultClockBehind)
	case faultClockBehind:
		delete(s.on, faultClockAhead)
	case faultAnswer5MB:
		delete(s.on, faultAnswer50MB)
	case faultAnswer50MB:
		delete(s.on, faultAnswer5MB)
	}
	dropped := s.droppedScopes()
	for _, g := range s.ledger.grants {
		// A new slice: the old one may be shared with a code.
		g.scopes = slices.DeleteFunc(slices.Clone(g.scopes), func(scope string) bool {
			return slices.Contains(dropped, scope)
		})
	}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// droppedScopes are the scopes taken away at the moment: every alternative of the endpoint, classic
// ones included. The caller holds s.mu.
func (s *Server) droppedScopes() []string {
	var out []string
	for _, drop := range []struct {
		fault string
		path  string
	}{
		{faultDropUser, pathUser},
		{faultDropMeetings, pathMeetings},
		{faultDropUpcoming, pathUpcoming},
	} {
		if s.on[drop.fault] {
			out = append(out, needOf(http.MethodGet, drop.path).all()...)
		}
	}
	return out
}

// faultOn tells whether a fault is on.
func (s *Server) faultOn(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.on[name]
}

// takeFault tells whether a fault waited for this occasion, which it has now had. The caller holds s.mu.
func (s *Server) takeFault(name string) bool {
	waited := s.on[name]
	delete(s.on, name)
	return waited
}
