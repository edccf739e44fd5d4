package kit

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
)

// Context is what every screen is built with and never changes by itself:
// the keys, the styles for the terminal's background, and what it can draw.
type Context struct {
	Keys          Keys
	Styles        Styles
	QR            QRContext
	Columns, Rows int // of the whole window
}

// The messages by which a screen asks the root for something that is not its
// own to do. A screen returns them from a command (see Ask).
type (
	// CopyText puts Text on the terminal's clipboard; What names it.
	CopyText struct{ Text, What string }
	// OpenLink opens URL in a browser where there is one, and otherwise shows
	// it as text and QR. Title says what it is; Name is what the person is to
	// enter there, the name of a scope, or empty.
	OpenLink struct{ URL, Title, Name string }
	// ShowQR shows a QR code alone on the screen: the first of Codes that fits,
	// or one of URL.
	ShowQR struct {
		URL, Title string
		Codes      []TitledQR
		Offers     []Offer // where none fits
	}
	// HideLinks takes away the links and QR codes in front, which lead nowhere
	// any more.
	HideLinks struct{}
	// Notify shows one line for a few seconds.
	Notify struct{ Text string }
	// Examine brings the scopes tab to the front with the verdict on a call.
	Examine struct {
		Method, Path string      // as called, without query; a template will do
		Live         *scope.Live // Zoom's answer; nil: it was not asked
	}
	// RevealToken puts the access token itself on the clipboard.
	RevealToken struct{}
)

// TitledQR is one of several QR codes of which the person chooses.
type TitledQR struct {
	Code        QR
	Title, Note string // Note: one sentence that whoever scans it has to know
}

// Offer is a key that leads to something with a smaller QR code.
type Offer struct {
	Key   key.Binding
	Words string  // what it leads to, after the key
	Msg   tea.Msg // for the screen in front
}

// Ask returns a command that delivers msg.
func Ask(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
