package auth

import "context"

// debt is a rotated answer that could not be stored, and the tokens it replaces.
type debt struct {
	token, replaces Token
}

// keep stores a rotated answer. If that fails in spite of the probe, the answer
// is held in memory, and each later call tries to store it before anything else;
// should the process end before, the next one finds it where a killed one leaves it.
func (s *Source) keep(ctx context.Context, held *Held, fresh, old Token) error {
	err := held.Save(fresh)
	for tries := 1; err != nil && tries < saveRetries; tries++ {
		pause(ctx, savePause)
		err = held.Save(fresh)
	}
	owed := err != nil && fresh.RefreshToken != ""
	if owed {
		held.park(fresh)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if owed {
		s.unsaved = &debt{token: fresh, replaces: old}
		return err
	}
	s.unsaved, s.refused = nil, nil
	return err
}

// settle is [Source.payBack] with the lock taken for it.
func (s *Source) settle(ctx context.Context) error {
	held, err := s.opts.Store.Lock(ctx)
	if err != nil {
		return err
	}
	defer held.release()
	return s.payBack(held)
}

// payBack stores an answer that could not be stored before, unless the tokens
// that it replaces are no longer there: a new sign-in counts more, and a logout
// is not undone.
func (s *Source) payBack(held *Held) error {
	s.mu.Lock()
	owed := s.unsaved
	s.mu.Unlock()
	if owed == nil {
		return nil
	}
	stored, err := s.opts.Store.Load()
	switch {
	case kindOf(err) == ErrSignedOut:
		err = nil
	case err == nil && stored.same(owed.replaces):
		fresh := owed.token
		fresh.MovedAt = stored.MovedAt // moved meanwhile: to take that back, these are the tokens that work
		if err = held.Save(fresh); err == nil {
			held.dropTemps() // see park
		}
	}
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved = nil
	return nil
}
