package requests

import (
	"strconv"
	"strings"
	"time"

	"zoomtui/internal/ui/kit"
)

// narrowRow is the width of a window from which a row has seconds and durations.
const narrowRow = 60

// The columns of a row, in cells.
const (
	methodCells = 6
	statusCells = 3
	codeCells   = 7
	tookCells   = 8
	kindCells   = 7
	rateCells   = 14
	trackCells  = 40
)

// row draws one call in w cells. What does not fit goes in the order of its use:
// tracking id and rate limit first, then the time it took. A failure has a mark,
// not a colour alone.
func row(s kit.Styles, call Call, loc *time.Location, w int) string {
	bad, pen := " ", func(text string) string { return text }
	if call.Bad() {
		bad, pen = s.Warn.Render("✗"), s.Warn.Render
	}
	left := " " + bad + " " + call.At.In(loc).Format("15:04:05") + "  " + kit.Fit(call.Method, methodCells) + " "
	right := " " + pen(kit.FitRight(status(call), statusCells)+" "+kit.Fit(code(call), codeCells)) + kit.FitRight(took(call.Took), tookCells) + " "
	switch {
	case w < narrowRow-2: // no columns: the path needs all that is left
		left = bad + " " + call.At.In(loc).Format("15:04") + " " + call.Method + " "
		right = " " + pen(strings.TrimSpace(status(call)+" "+code(call)))
	case w >= 108:
		right += " " + s.Dim.Render(kit.Fit(rate(call), rateCells))
	case w >= 76:
		right += " " + s.Dim.Render(kit.Fit(kit.CleanText(call.RateCategory), kindCells))
	}
	if w >= 138 {
		right += " " + s.Dim.Render(kit.Fit(kit.CleanText(call.TrackingID), trackCells))
	}
	words := what(s, call)
	if call.OtherToken && w < narrowRow-2 {
		words = strings.Replace(words, pastedToken, "pasted", 1)
	}
	return left + kit.Fit(words, w-kit.Width(left)-kit.Width(right)) + right
}

// pastedToken marks a call that was not made with the token of this sign-in.
const pastedToken = "pasted token"

// whose is that mark; empty: the call was made with the token of this sign-in.
func (c Call) whose() string {
	if c.OtherToken {
		return pastedToken
	}
	return ""
}

// what is the step of a sign-in, or the path without what all paths begin with.
func what(s kit.Styles, call Call) string {
	path := kit.CleanText(call.Path)
	if call.Step != "" {
		return call.Step + " " + s.Dim.Render(path)
	}
	path = strings.TrimPrefix(path, "/v2")
	if mark := call.whose(); mark != "" {
		return s.Dim.Render(mark) + " " + path
	}
	return path
}

func status(call Call) string {
	if call.Status == 0 {
		return "—"
	}
	return strconv.Itoa(call.Status)
}

// code is Zoom's number, or why there is no answer.
func code(call Call) string {
	switch {
	case call.ZoomCode != 0:
		return strconv.Itoa(call.ZoomCode)
	case call.Reading:
		return "…"
	}
	switch call.Failed {
	case "connection":
		return "broken"
	case "cancelled":
		return "stopped"
	case "dns":
		return "no host"
	default:
		return call.Failed
	}
}

// took is a duration in the unit that one reads at a glance.
func took(d time.Duration) string {
	switch {
	case d > 0 && d < time.Millisecond:
		return "<1 ms"
	case d < 10*time.Second:
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	}
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}

// rate is the category of Zoom's rate limits and how many calls it still allows.
func rate(call Call) string {
	text := kit.CleanText(call.RateCategory)
	if call.RateRemaining >= 0 {
		text += " " + strconv.Itoa(call.RateRemaining)
	}
	return strings.TrimSpace(text)
}

// size is a number of bytes in words.
func size(n int64) string {
	switch {
	case n < 1000:
		return counted(int(n), "byte", "bytes")
	case n < 1000*1000:
		return strconv.FormatFloat(float64(n)/1000, 'f', 1, 64) + " kB"
	default:
		return strconv.FormatFloat(float64(n)/1000/1000, 'f', 1, 64) + " MB"
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
