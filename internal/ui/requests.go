package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/setup"
)

// onRequest does what a screen asked for. done is false for messages that ask
// for nothing.
func (m *Model) onRequest(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case kit.CopyText:
		m.say("Sent " + msg.What + " to the terminal's clipboard.")
		return tea.SetClipboard(msg.Text), true
	case kit.OpenLink:
		return m.openLink(msg), true
	case kit.ShowQR:
		return showQR(msg), true
	case dialogReady:
		m.push(msg.dialog)
	case kit.HideLinks:
		m.hideLinks()
	case kit.Notify:
		m.say(msg.Text)
	case kit.RevealToken:
		return m.reveal(), true
	case kit.Examine:
		return m.examine(msg), true
	case kit.GoBack:
		return m.goBack(), true
	case kit.SignInAgain:
		return m.signInAgain(), true
	case addProfile:
		return m.openSetup(false), true
	case setup.Done:
		return m.onSetupDone(msg), true
	case setup.Left:
		return m.onSetupLeft(), true
	default:
		return nil, false
	}
	return nil, true
}

// dialogReady is a dialog that took some work to make.
type dialogReady struct{ dialog dialog }

// opened is a browser that was started.
type opened struct{}

// openLink opens a browser where there is one. Elsewhere the link is shown as
// text and QR.
func (m *Model) openLink(link kit.OpenLink) tea.Cmd {
	opener := m.deps.Opener
	return m.bounded(func(ctx context.Context) tea.Msg {
		can, why := opener.CanOpen()
		if !can {
			return linkShown{newLinkDialog(link, why)}
		}
		if err := opener.Open(ctx, link.URL); err != nil {
			return linkShown{newLinkDialog(link, explain.Of(err).What)}
		}
		return opened{}
	})
}

// linkShown is a link that could not be opened here.
type linkShown struct{ dialog *linkDialog }

func (m *Model) onLinkShown(msg linkShown) tea.Cmd {
	m.push(msg.dialog)
	return nil
}

// revealed is the access token that the person asked to see or copy.
type revealed struct {
	token string
	err   error
}

func (m *Model) reveal() tea.Cmd {
	keeper := m.deps.Keeper
	return m.bounded(func(ctx context.Context) tea.Msg {
		token, err := keeper.Reveal(ctx)
		return revealed{token: token, err: err}
	})
}

func (m *Model) onRevealed(msg revealed) tea.Cmd {
	if msg.err != nil {
		m.say(explain.Of(msg.err).What)
		return nil
	}
	m.say("Sent the access token to the terminal's clipboard.")
	return tea.SetClipboard(msg.token)
}
