package state

import (
	"time"

	"zoomtui/internal/agenda"
)

// The messages that change the state.
type (
	// FromCache is what an earlier run left behind.
	FromCache struct{ Cached Cached }
	// Loading says that the profile and the lists are being asked for.
	Loading struct{}
	// UserLoaded is the answer about the signed-in user.
	UserLoaded struct {
		Seq  int
		User User
		Err  error
		At   time.Time
	}
	// HostedLoaded is the list of meetings the user hosts.
	HostedLoaded struct {
		Seq      int
		Meetings []agenda.Hosted
		Err      error
		At       time.Time
	}
	// InvitedLoaded is the list of the next 24 hours, invitations included.
	InvitedLoaded struct {
		Seq      int
		Meetings []agenda.Invited
		Err      error
		At       time.Time
	}
	// TokensRead is what the store holds.
	TokensRead struct {
		Seq    int
		Tokens Tokens
		Err    error
	}
	// Renewing says that the tokens are being renewed.
	Renewing struct{}
	// Renewed is the result of a renewal.
	Renewed struct {
		Seq    int
		Tokens Tokens
		Err    error
		ByHand bool
	}
	// RenewalOver says that a renewal has ended whose answer counts no more.
	RenewalOver struct{}
	// SignedIn says that a sign-in has just been completed.
	SignedIn struct{}
	// UserChosen says whose data a Server-to-Server app shows from now on.
	UserChosen struct{ User string }
	// SignedOut says that the person ended the sign-in.
	SignedOut struct{}
)
