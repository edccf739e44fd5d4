package term

import (
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// maxLinkBytes is the longest address that terminals accept in OSC 8 (VTE and iTerm2 stop at 2083).
const maxLinkBytes = 2083

// Hyperlink makes text a link to url by OSC 8 (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). The link
// carries an id made from url, so that the rows of an address that spans several light up as one. text is written as it
// is: clean it first when it is foreign. An address that is not plain http or https, or that holds anything but visible
// ASCII, makes no link: text comes back alone.
func Hyperlink(url, text string) string {
	if !linkable(url) {
		return text
	}
	id := fnv.New32a()
	_, _ = id.Write([]byte(url))
	return ansi.SetHyperlink(url, "id="+strconv.FormatUint(uint64(id.Sum32()), 36)) + text + ansi.ResetHyperlink()
}

// linkable reports whether url may stand in an OSC 8 sequence, where a control character or a blank would end it early.
func linkable(url string) bool {
	if len(url) > maxLinkBytes || !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return false
	}
	return span(url, '!', '~') == len(url)
}
