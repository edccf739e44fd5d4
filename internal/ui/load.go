package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/state"
)

// callLimit bounds what one command asks of Zoom, retries included.
const callLimit = 60 * time.Second

// loadAll asks for the profile and both lists at once; none waits for another.
func (m *Model) loadAll() tea.Cmd {
	m.seq++
	m.schedule.lists, m.schedule.listsAsked = m.up+listsEvery, m.up
	m.st.Apply(state.Loading{})
	seq, account, calendar, clock := m.seq, m.deps.Account, m.deps.Calendar, m.deps.Clock
	return tea.Batch(
		m.bounded(func(ctx context.Context) tea.Msg {
			user, err := account.Me(ctx)
			return state.UserLoaded{Seq: seq, User: user, Err: err, At: clock()}
		}),
		m.bounded(func(ctx context.Context) tea.Msg {
			list, err := calendar.Hosted(ctx)
			return state.HostedLoaded{Seq: seq, Meetings: list, Err: err, At: clock()}
		}),
		m.bounded(func(ctx context.Context) tea.Msg {
			list, err := calendar.Invited(ctx)
			return state.InvitedLoaded{Seq: seq, Meetings: list, Err: err, At: clock()}
		}),
	)
}

// reload asks for them, unless their answers are awaited already, and not for long.
func (m *Model) reload() tea.Cmd {
	if m.st.Asking() && m.up < m.schedule.listsAsked+manualEvery {
		return nil
	}
	return m.loadAll()
}

// readTokens reads the store again: another process may have renewed.
func (m *Model) readTokens() tea.Cmd {
	keeper, seq := m.deps.Keeper, m.tokenSeq
	return m.bounded(func(ctx context.Context) tea.Msg {
		tokens, err := keeper.Current(ctx)
		return state.TokensRead{Seq: seq, Tokens: tokens, Err: err}
	})
}

// renew exchanges the refresh token: where it is due, or (force) by the person's wish.
func (m *Model) renew(force bool) tea.Cmd { return m.renewFor(force, force) }

// renewFor is renew; byHand says that the person waits to be told.
func (m *Model) renewFor(force, byHand bool) tea.Cmd {
	m.st.Apply(state.Renewing{})
	m.tokenSeq++
	keeper, seq := m.deps.Keeper, m.tokenSeq
	return m.bounded(func(ctx context.Context) tea.Msg {
		tokens, err := keeper.Renew(ctx, force)
		return state.Renewed{Seq: seq, Tokens: tokens, Err: err, ByHand: byHand}
	})
}

// revokeNow is the person's yes to the question.
type revokeNow struct{}

// revoked is the end of a sign-in that the person asked for.
type revoked struct {
	Revocation
	err error
}

func (m *Model) revoke() tea.Cmd {
	m.tokenSeq++
	keeper := m.deps.Keeper
	return m.bounded(func(ctx context.Context) tea.Msg {
		result, err := keeper.Revoke(ctx)
		return revoked{Revocation: result, err: err}
	})
}

// bounded makes a command out of work that ends with the program and in time.
func (m *Model) bounded(work func(context.Context) tea.Msg) tea.Cmd {
	parent := m.ctx
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(parent, callLimit)
		defer cancel()
		return work(ctx)
	}
}
