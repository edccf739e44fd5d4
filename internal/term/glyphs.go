package term

import (
	"strconv"
	"strings"
)

// GlyphSet says which characters that QR codes are drawn with a terminal is known to draw, cell for cell and without
// gaps. Unknown counts as no: a wrong glyph makes a code that no phone reads.
type GlyphSet struct {
	// Cells: blanks in reverse video. False on a dumb terminal only.
	Cells bool
	// HalfBlocks: U+2580 and U+2584. Every terminal has them where the locale is UTF-8; elsewhere tmux and others write _.
	HalfBlocks bool
	// Sextants: U+1FB00–U+1FB3B. Only terminals that draw them by themselves and do not ask a font.
	Sextants bool
}

// DA2 is the terminal's answer to secondary device attributes (`CSI > c`): which kind of terminal, and its version. The
// zero value is no answer.
type DA2 struct{ Kind, Version int }

// Glyphs decides from TERM and the locale, and from two answers of the terminal: xtversion is the text of its answer to
// XTVERSION (`CSI > q`), without the envelope, "" if none came.
func (m Machine) Glyphs(xtversion string, da2 DA2) GlyphSet {
	if m.Dumb {
		return GlyphSet{}
	}
	return GlyphSet{
		Cells:      true,
		HalfBlocks: m.UTF8,
		Sextants:   m.UTF8 && (drawsSextants(xtversion) || isVTE(da2) || termDrawsSextants(m.Term, da2)),
	}
}

// minVTE is the first version of VTE (0.70) that draws sextants itself; it counts in hundredths.
const minVTE = 7000

// kindVTE is the kind that VTE gives itself. Version 0.70 answers DA2 and not XTVERSION.
const kindVTE = 65

// isVTE judges by the DA2 answer of VTE, as in `CSI > 65 ; 7006 ; 1 c`.
func isVTE(da2 DA2) bool { return da2.Kind == kindVTE && da2.Version >= minVTE }

// minAlacritty is the DA2 number of Alacritty 0.15, which draws sextants; 0.11 answers 1700 and does not.
const minAlacritty = 2500

// drawsSextants judges by the XTVERSION answer, as in "kitty(0.41.1)", "VTE(8000)" or "Konsole 25.04.0".
func drawsSextants(xtversion string) bool {
	name, version := xtversion, ""
	if i := strings.IndexAny(xtversion, " ("); i >= 0 {
		name, version = xtversion[:i], strings.Trim(xtversion[i:], " ()")
	}
	switch strings.ToLower(name) {
	case "kitty", "konsole", "foot", "wezterm", "iterm2", "ghostty":
		return true
	case "vte":
		number, err := strconv.Atoi(version)
		return err == nil && number >= minVTE
	}
	return false
}

// termDrawsSextants judges by TERM where that names one program; most programs call themselves xterm-256color.
func termDrawsSextants(term string, da2 DA2) bool {
	switch term {
	case "xterm-kitty", "foot", "foot-extra", "foot-direct", "xterm-ghostty", "wezterm":
		return true
	case "alacritty", "alacritty-direct":
		return da2.Version >= minAlacritty
	}
	return false
}
