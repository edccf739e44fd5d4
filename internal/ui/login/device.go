package login

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
)

// shortCode is the way with a code that is typed on another device (RFC 8628).
type shortCode struct {
	seq     int // counts the codes that were asked for; what older ones tell is dropped
	asking  bool
	code    DeviceCode // the newest; empty: none yet
	qr      kit.QR     // of the link with the code in it
	problem *explain.Problem
}

// alive says whether Zoom waits for the code.
func (s shortCode) alive() bool { return s.code.UserCode != "" && s.problem == nil }

type (
	codeReady struct {
		try    *try
		seq    int
		device Device
		code   DeviceCode
		qr     kit.QR // made here: encoding is too slow for Update
		err    error
	}
	codeOver struct {
		try *try
		seq int
		err error
	}
)

// showDevice brings the code to the front, and asks for one where none waits.
func (m *Model) showDevice() tea.Cmd {
	m.side = deviceSide
	if m.device.alive() {
		return nil
	}
	return m.askCode()
}

// askCode asks for a code; Zoom forgets the one before.
func (m *Model) askCode() tea.Cmd {
	if m.device.asking {
		return nil
	}
	m.device = shortCode{seq: m.device.seq + 1, asking: true}
	t, seq := m.try, m.device.seq
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(t.ctx, callLimit)
		defer cancel()
		device, err := t.attempt.Device(ctx)
		if err != nil {
			return codeReady{try: t, seq: seq, err: err}
		}
		code := device.Code()
		link := code.CompleteURI
		if link == "" { // RFC 8628 section 3.2: optional
			link = code.URI
		}
		return codeReady{try: t, seq: seq, device: device, code: code.tamed(), qr: kit.NewQR(link)}
	}
}

// tamed makes Zoom's words safe to draw.
func (c DeviceCode) tamed() DeviceCode {
	c.UserCode, c.URI, c.CompleteURI = kit.CleanText(c.UserCode), kit.CleanText(c.URI), kit.CleanText(c.CompleteURI)
	return c
}

func (m *Model) onCode(msg codeReady) tea.Cmd {
	if msg.try != m.try || msg.seq != m.device.seq {
		return nil
	}
	m.device.asking = false
	if msg.err != nil {
		p := explain.Of(msg.err)
		m.device.problem = &p
		return nil
	}
	m.device.code, m.device.qr = msg.code, msg.qr
	return func() tea.Msg {
		return codeOver{try: msg.try, seq: msg.seq, err: msg.device.Wait(msg.try.ctx)}
	}
}

// onCodeOver takes why a code no longer waits. One that has signed in, or was
// given up because another way has, is followed by the end of the attempt.
func (m *Model) onCodeOver(msg codeOver) {
	if msg.try != m.try || msg.seq != m.device.seq || msg.err == nil {
		return
	}
	if p := explain.Of(msg.err); p.Class() != explain.Cancelled {
		m.device.problem = &p
	}
}
