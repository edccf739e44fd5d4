package login

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
)

// phoneWay is the way with a page for a phone on the same network.
type phoneWay struct {
	seq     int // counts the pages that were opened; what older ones tell is dropped
	opening bool
	address string    // of this machine; empty: the likeliest
	page    PhonePage // the newest; empty: none yet
	qr      kit.QR    // of its short address
	over    bool      // its time is up
	problem *explain.Problem
}

// alive says whether the page is there to be opened.
func (p phoneWay) alive() bool {
	return p.page.URL != "" && !p.opening && !p.over && p.problem == nil
}

// next is the address after the one at hand.
func (p phoneWay) next() PhoneAddress {
	all := p.page.Others
	if len(all) == 0 {
		return PhoneAddress{Address: p.address}
	}
	return all[(p.at()+1)%len(all)]
}

// movable says whether there is another address, or none that serves.
func (p phoneWay) movable() bool { return len(p.page.Others) > 1 || !p.alive() }

// at is the place of the address among all; -1: it is not known.
func (p phoneWay) at() int {
	return slices.IndexFunc(p.page.Others, func(a PhoneAddress) bool { return a.Address == p.address })
}

type (
	pageReady struct {
		try  *try
		seq  int
		page PhonePage
		qr   kit.QR // made here: encoding is too slow for Update
		err  error
	}
	pageOver struct {
		try *try
		seq int
	}
)

// showPhone brings the page to the front, and opens it where none is open.
func (m *Model) showPhone() tea.Cmd {
	m.side = phoneSide
	if m.phone.alive() {
		return nil
	}
	return m.openPage(m.phone.address)
}

// openPage opens the page at one of the machine's addresses and closes the one
// before.
func (m *Model) openPage(address string) tea.Cmd {
	if m.phone.opening {
		return nil
	}
	m.phone = phoneWay{seq: m.phone.seq + 1, opening: true, address: address, page: m.phone.page}
	t, seq := m.try, m.phone.seq
	return func() tea.Msg {
		page, err := t.attempt.Phone(t.ctx, address)
		if err != nil {
			return pageReady{try: t, seq: seq, err: err}
		}
		return pageReady{try: t, seq: seq, page: page, qr: kit.NewQR(page.Short)}
	}
}

func (m *Model) onPage(msg pageReady) tea.Cmd {
	if msg.try != m.try || msg.seq != m.phone.seq {
		return nil
	}
	m.phone.opening = false
	if msg.err != nil {
		p := explain.Of(msg.err)
		m.phone.problem = &p
		return nil
	}
	m.phone.page, m.phone.qr, m.phone.address = msg.page, msg.qr, msg.page.Address
	if msg.page.Done == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case <-msg.page.Done:
			return pageOver{try: msg.try, seq: msg.seq}
		case <-msg.try.ctx.Done():
			return nil
		}
	}
}

func (m *Model) onPageOver(msg pageOver) {
	if msg.try == m.try && msg.seq == m.phone.seq {
		m.phone.over = true
	}
}
