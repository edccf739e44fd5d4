package auth

import (
	"crypto/sha256"
	"slices"
)

// WholePaste tells whether a text can be used without Enter: nothing of it can be
// missing, so that [Login.Paste] takes it or says at once what is wrong with it.
// That is an answer with the state of this sign-in, or with a state that is whole
// and of another sign-in; one that was cut off, as by a terminal that wraps, is
// waited for.
func (l *Login) WholePaste(text string) bool { return l.pasted().whole(text) }

// Paste is [Login.PasteFrom] for what a person pasted here.
func (l *Login) Paste(text string) error { return l.PasteFrom(WayPaste, text) }

// PasteFrom takes what a person copied, or what another listener was given, and
// if it is an answer to this sign-in's links, trades it for tokens. On an error
// the sign-in stays open, unless Zoom gave tokens that could not be stored; kinds
// are [ErrPaste], [ErrDeclined], [ErrCodeRefused], and those of the endpoint.
// After a kind of the store ([ErrLocked], [ErrStore], …) that leaves the sign-in
// open, Zoom was not asked, and the same text can be pasted again; so it can when
// no connection to Zoom was made, which is of kind [ErrNetwork]. It takes 20 s
// at most for the lock and 20 s for Zoom. nil also when another way was faster.
func (l *Login) PasteFrom(way Way, text string) error {
	a, err := l.pasted().parse(text)
	if err != nil {
		return err
	}
	_, err = l.redeem(way, a.code)
	return err
}

func (l *Login) pasted() pasted {
	return pasted{states: l.states, redirect: l.auth.RedirectURI, oauthBase: l.app.OAuthBase}
}

// maxRefused bounds the codes that are remembered.
const maxRefused = 32

// refusedCodes are the hashes of codes that Zoom did not take: such a code never
// works, so it is not shown to Zoom again. Guarded by Login.exchanging.
type refusedCodes [][sha256.Size]byte

func (r *refusedCodes) add(code Secret) {
	if len(*r) < maxRefused {
		*r = append(*r, sha256.Sum256([]byte(code.Reveal())))
	}
}

func (r refusedCodes) has(code Secret) bool {
	return slices.Contains(r, sha256.Sum256([]byte(code.Reveal())))
}

// triedBefore is for a code that Zoom has refused already.
func triedBefore() *Error {
	return pasteError("this code has been tried already, and Zoom did not take it; a code works once: open the link again, press Allow, and paste the new address")
}
