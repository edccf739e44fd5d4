package explain

import "strings"

// isPage tells a whole web page from a text with a tag or two in it.
func isPage(text string) bool {
	return containsAny(lowered(text), []string{"<!doctype", "<html", "</body", "</title"})
}

// asksToPass tells a page that stands between here and Zoom: of a proxy, of a company
// or of a guest network.
func asksToPass(words string) bool {
	return containsAny(strings.ToLower(words), []string{
		"proxy", "gateway", "firewall", "log in", "login", "log on", "logon", "sign in", "sign on", "password", "captive", "hotspot", "wi-fi", "wifi",
		"blocked", "portal",
	})
}

// withoutTags keeps what a browser would show of a web page. The tag that a text ends
// in the midst of stays.
func withoutTags(page string) string {
	var b strings.Builder
	small := lowered(page)
	at := 0
	for at < len(page) {
		start := strings.IndexByte(page[at:], '<')
		if start < 0 {
			break
		}
		b.WriteString(page[at:at+start] + " ")
		at += start + 1
		end := ">"
		for _, hidden := range []string{"script", "style"} {
			if strings.HasPrefix(small[at:], hidden) {
				end = "</" + hidden
			}
		}
		length := strings.Index(small[at:], end)
		if length < 0 {
			break
		}
		at += length + len(end)
	}
	return b.String() + page[at:]
}
