package ui

import (
	"testing"
	"time"

	"zoomtui/internal/ui/uitest"
)

func TestQRAloneOffersWhatIsSmaller(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("Q")
		p.Shows("61×31 cells", "80×24", "d a short code", "l a phone page")
		p.Press("d")
		p.Shows("K 3 V 9")
		p.Press("Q")
		p.Shows("▄", "Short code K3V9Q2HX", "tab next code")
		p.Press("tab") // the link, which is too large
		p.Shows("61×31 cells", "l a phone page")
		p.Press("tab")
		p.Shows("▄", "Short code K3V9Q2HX")
		p.Press("esc", "esc", "l", "Q")
		p.Shows("▄", "Phone page on 192.168.1.5")
	})
}

func TestQRAloneShowsTheFirstThatFits(t *testing.T) {
	w := everyWay()
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Press("l", "esc", "Q")
		p.Shows("▄", "Phone page on 192.168.1.5")
		p.Resize(80, 34) // the link fits
		p.Shows("Sign in to Zoom", "A phone can scan the code", "can't connect")
		p.Press("tab")
		p.Shows("Phone page on 192.168.1.5")
		p.Hides("A phone can scan")
		p.Resize(30, 60)
		p.Resize(80, 24)
		p.Shows("▄", "Phone page on 192.168.1.5")
	})
}

// A code that leads nowhere any more does not stay in the way.
func TestQRAloneGoesWithTheSignIn(t *testing.T) {
	for name, end := range map[string]func(*ways, *uitest.Program){
		"signed in": func(w *ways, p *uitest.Program) { w.attempt.finish() },
		"too late":  func(_ *ways, p *uitest.Program) { p.Advance(10 * time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			w := everyWay()
			onEveryWay(t, w, func(p *uitest.Program) {
				p.Press("d", "Q")
				p.Shows("▄", "next code")
				end(w, p)
				p.Advance(time.Second / 2)
				p.Hides("▄")
				p.Shows(map[string]string{"signed in": "Signed in as Aiko", "too late": "n Sign in"}[name])
			})
		})
	}
}

// Behind an https redirect a phone comes back, so there is nothing to warn of.
func TestQRBehindHTTPSWarnsOfNothing(t *testing.T) {
	w := everyWay()
	w.registered = "https://bounce.example.com/zoom"
	onEveryWay(t, w, func(p *uitest.Program) {
		p.Resize(120, 40)
		p.Advance(time.Second)
		p.Shows("▄")
		p.Hides("A phone can scan")
		p.Press("Q")
		p.Hides("A phone can scan")
	})
}
