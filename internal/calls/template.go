package calls

import (
	_ "embed"
	"net/netip"
	"strings"
	"sync"
)

// What stands in a template in the place of what a person would be known by.
const (
	somebody = "{email}"
	number   = "{number}"
	uuid     = "{uuid}"
	anyID    = "{id}"
)

const (
	maxPath     = 2 << 10 // bytes of a path that are looked at
	maxSegments = 12      // of a path; Zoom's longest have ten
)

// wordList is every word that Zoom's documents have in the paths of the API and of
// OAuth, one a line. A shape cannot tell a word from an id: names of rooms and
// vanity names are made of letters too.
// Source: the paths of https://developers.zoom.us/docs/api/
//
//go:embed words.txt
var wordList string

var words = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{somebody: true, number: true, uuid: true, anyID: true}
	for word := range strings.Lines(wordList) {
		known[strings.TrimSpace(word)] = true
	}
	return known
})

// Template turns a path into its template: /v2/users/aiko@example.com/meetings
// becomes /v2/users/{email}/meetings. A segment stays only if it is a word of
// Zoom's documents; the query goes. Template(Template(p)) == Template(p).
func Template(path string) string {
	path = path[:min(len(path), maxPath)]
	if end := strings.IndexAny(path, "?#;"); end >= 0 {
		path = path[:end]
	}
	var b strings.Builder
	for i, segment := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' }) {
		if i == maxSegments {
			break
		}
		b.WriteString("/" + placeholder(segment))
	}
	if b.Len() == 0 {
		return "/"
	}
	return b.String()
}

// placeholder is what a template shows of a segment.
func placeholder(segment string) string {
	switch {
	case words()[segment]:
		return segment
	case strings.Contains(segment, "@") || strings.Contains(segment, "%40"):
		return somebody
	case strings.Trim(segment, "0123456789") == "":
		return number
	case isUUID(segment):
		return uuid
	default:
		return anyID
	}
}

// isUUID tells 8-4-4-4-12 hex digits (RFC 9562 section 4).
func isUUID(s string) bool {
	const length, hex = 36, "0123456789abcdefABCDEF"
	if len(s) != length {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if strings.IndexByte(hex, s[i]) < 0 {
				return false
			}
		}
	}
	return true
}

// Host is what may be told of a host: Zoom's own names as they are, a company's
// vanity name and any other host not at all. Ports go.
// Source of the names: https://developers.zoom.us/changelog/platform/regional-cluster-api-url-updates.md
func Host(host string) string {
	if addr, err := netip.ParseAddrPort(host); err == nil {
		host = addr.Addr().String()
	}
	name, _, _ := strings.Cut(strings.ToLower(host), ":")
	if addr, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		if addr.IsLoopback() {
			return addr.Unmap().WithZone("").String() // a zone is any text
		}
		return unknownHost
	}
	for _, domain := range []string{"zoom.us", "zoomgov.com"} {
		sub, ok := strings.CutSuffix(name, "."+domain)
		switch {
		case name == domain, ok && isCluster(sub), name == vanity+domain:
			return name
		case ok:
			return vanity + domain
		}
	}
	if name == "localhost" {
		return name
	}
	return unknownHost
}

const (
	vanity      = "{vanity}."
	unknownHost = "{host}"
)

// isCluster tells api, api-eu, and the older eu01api-www4local.
func isCluster(sub string) bool {
	region, ok := strings.CutPrefix(sub, "api-")
	if sub == "api" || ok && len(region) == 2 && isLower(region) {
		return true
	}
	if region, ok = strings.CutSuffix(sub, "-www4local"); !ok {
		region = sub
	}
	region, ok = strings.CutSuffix(region, "01api")
	return ok && len(region) == 2 && isLower(region)
}

func isLower(s string) bool { return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" }
