package ui

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"

	"zoomtui/internal/qr"
	"zoomtui/internal/ui/uitest"
)

// switches are a sandbox with more faults than a window has rows.
type switches struct{}

func (switches) Allow(context.Context, string) error   { return nil }
func (switches) Decline(context.Context, string) error { return nil }
func (switches) SetFault(string, bool) error           { return nil }

func (switches) Faults() []Fault {
	var out []Fault
	for i := range 40 {
		out = append(out, Fault{Name: fmt.Sprint(i), Title: fmt.Sprintf("Fault %d", i), Help: fmt.Sprintf("help %d.", i)})
	}
	return out
}

func TestFaultListGoesToItsEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		deps := w.deps()
		deps.Demo = switches{}
		p := open(t, w, deps, 80, 24)
		p.Press("F")
		p.Shows("help 0.")
		p.Press("G")
		p.Shows("help 39.")
		p.Press("k")
		p.Shows("help 38.")
		p.Press("g")
		p.Shows("help 0.")
	})
}

// From the page for a phone to the short code and back there is no way round.
func TestShortCodeAndPhoneLeadToEachOther(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("l")
		p.Shows("192.168.1.5")
		p.Press("d")
		p.Shows("K 3 V 9", "l same network")
		p.Press("l")
		p.Shows("192.168.1.5")
		p.Hides("K 3 V 9")
	})
}

// Each press shows another drawing, also the first one where the program did not
// choose the usual blocks.
func TestEachPressDrawsTheCodeAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		deps := w.deps()
		deps.Glyphs = func(Terminal) []qr.Glyphs { return qr.All() }
		p := open(t, w, deps, 80, 24) // half blocks have no room here, thirds have
		p.Press("Q")
		for range 4 {
			before := p.Raw()
			p.Press("b")
			if p.Raw() == before {
				t.Fatalf("the key changed nothing:\n%s", p.Frame())
			}
		}
	})
}
