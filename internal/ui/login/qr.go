package login

import (
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// showQR shows a code alone on the screen: what is in front first, then the
// link, then what else is at hand.
func (m *Model) showQR(keys kit.Keys) tea.Cmd {
	show := kit.ShowQR{Codes: m.codes()}
	if m.link.CanDevice && !m.device.alive() {
		show.Offers = append(show.Offers, kit.Offer{Key: keys.Device, Words: "a short code, whose QR code is small", Msg: turnTo{deviceSide}})
	}
	if !m.phone.alive() {
		show.Offers = append(show.Offers, kit.Offer{Key: keys.Phone, Words: "a phone page, whose QR code is small", Msg: turnTo{phoneSide}})
	}
	return kit.Ask(show)
}

// codes are the QR codes at hand, the one of the side in front first.
func (m *Model) codes() []kit.TitledQR {
	link := kit.TitledQR{Code: m.code, Title: "Sign in to Zoom"}
	if !m.viaHTTPS() {
		link.Note = deadEnd
	}
	out := []kit.TitledQR{link}
	if m.device.alive() {
		out = with(out, kit.TitledQR{Code: m.device.qr, Title: "Short code " + m.device.code.UserCode}, m.side == deviceSide)
	}
	if m.phone.alive() {
		out = with(out, kit.TitledQR{Code: m.phone.qr, Title: "Phone page on " + m.phone.page.Address}, m.side == phoneSide)
	}
	return out
}

func with(codes []kit.TitledQR, code kit.TitledQR, first bool) []kit.TitledQR {
	if first {
		return append([]kit.TitledQR{code}, codes...)
	}
	return append(codes, code)
}

// deadEnd says beside the link's QR code what a phone cannot do with it.
const deadEnd = "A phone can scan the code and allow the app; it ends on \"can't connect\", and the address it shows is what to paste."

// qrNote says why there is no QR code on the screen and how to get one.
func (m *Model) qrNote(c kit.Context, needs string, w int) []string {
	press := c.Keys.QR.Help().Key
	if m.code.Fits(c.QR, c.Columns, c.Rows) {
		return []string{"    " + kit.HintAs(c.Styles, c.Keys.QR, "shows the link as a QR code, alone on the screen")}
	}
	for _, code := range m.codes()[1:] {
		if code.Code.Fits(c.QR, c.Columns, c.Rows) {
			return []string{"    " + kit.HintAs(c.Styles, c.Keys.QR, "shows the QR code: "+code.Title)}
		}
	}
	small := c.Keys.Phone.Help().Key
	if m.link.CanDevice {
		small = c.Keys.Device.Help().Key + " or " + small
	}
	return kit.IndentedDim(c.Styles, "A QR code of the link needs "+needs+": enlarge the window or make the font smaller, then "+
		press+"; "+small+" has a small one.", 4, w)
}
