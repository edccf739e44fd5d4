package auth

import (
	"crypto/rand"
	"encoding/base64"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"zoomtui/internal/bounce"
)

// stateBytes is 128 bits, which base64url writes as 22 characters.
const stateBytes = 16

// maxForwards bounds how many links of one sign-in that lead to other listeners
// are good at the same time.
const maxForwards = 8

// states are the values of state (RFC 6749 section 4.1.2) that one sign-in has
// given out, in its own link and in those of [Login.LinkTo]. What a browser or a
// person brings must be one of them, whole.
type states struct {
	random  string // of all of them
	loosely bool   // the place in a state does not count; see [Finish]

	mu   sync.Mutex
	list []string // that of [Login.URL] first
}

// newStates draws the random part. A forward address is added for a bounce page;
// without one the state is the random part alone.
func newStates(forward netip.AddrPort) *states {
	s := &states{random: newState().Reveal()}
	s.list = []string{s.random}
	if forward.IsValid() {
		s.list[0] = bounce.Extend(s.random, forward)
	}
	return s
}

// newState draws 128 bits; the reader of package crypto/rand never fails.
func newState() Secret {
	var b [stateBytes]byte
	_, _ = rand.Read(b[:])
	return Secret(base64.RawURLEncoding.EncodeToString(b[:]))
}

// first is the state of the sign-in's own link.
func (s *states) first() Secret {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Secret(s.list[0])
}

// forward gives the state that leads a bounce page to another listener, or to
// none where no page would go. The oldest such state ends when there are many.
func (s *states) forward(to netip.AddrPort) Secret {
	state := bounce.Extend(s.random, to)
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.Contains(s.list, state) {
		return Secret(state)
	}
	if len(s.list) > maxForwards {
		s.list = append(s.list[:1], s.list[2:]...)
	}
	s.list = append(s.list, state)
	return Secret(state)
}

// has tells whether a state was given out, without telling by its time how much
// of it is right.
func (s *states) has(state Secret) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := false
	for _, known := range s.list {
		if equal(known, state.Reveal()) || s.loosely && sameSignIn(Secret(known), state) {
			found = true
		}
	}
	return found && state != ""
}

// cutOff tells a piece from the beginning of one of the states, which is what a
// person copies who misses the end of the address.
func (s *states) cutOff(state Secret) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, known := range s.list {
		if len(state) < len(known) && strings.HasPrefix(known, state.Reveal()) {
			return true
		}
	}
	return false
}

// sameSignIn tells two states of one sign-in, wherever they lead a bounce page.
func sameSignIn(a, b Secret) bool {
	random, _, _ := strings.Cut(a.Reveal(), "~")
	other, _, _ := strings.Cut(b.Reveal(), "~")
	return random != "" && equal(random, other)
}

// stateLike tells a state that is whole, whoever gave it out: one of ours has a
// random part of a known length.
func stateLike(state Secret) bool {
	random, _, _ := strings.Cut(state.Reveal(), "~")
	decoded, err := base64.RawURLEncoding.DecodeString(random)
	return err == nil && len(decoded) == stateBytes
}
