package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
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
		m.push(&qrDialog{title: msg.Title, code: kit.NewQR(msg.URL)})
	case kit.Notify:
		m.say(msg.Text)
	case kit.StartSignIn:
		m.openLogin(true)
		return m.login.Start(), true
	case kit.RevealToken:
		return m.reveal(), true
	default:
		return nil, false
	}
	return nil, true
}

// opened is what became of a browser that was started.
type opened struct {
	link kit.OpenLink
	err  error
}

// openLink opens a browser where there is one. Elsewhere the link is shown as
// text and QR and sent to the clipboard, so that the key still does its job.
func (m *Model) openLink(link kit.OpenLink) tea.Cmd {
	can, why := m.deps.Opener.CanOpen()
	if !can {
		m.push(newLinkDialog(link.URL, link.Title, why))
		return tea.SetClipboard(link.URL)
	}
	opener := m.deps.Opener
	return m.bounded(func(ctx context.Context) tea.Msg {
		return opened{link: link, err: opener.Open(ctx, link.URL)}
	})
}

func (m *Model) onOpened(msg opened) {
	if msg.err != nil {
		m.push(newLinkDialog(msg.link.URL, msg.link.Title, explain.Of(msg.err).What))
		return
	}
	m.say("Opened in the browser.")
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
