package scope

import "strings"

// targetPath is the path of what a command or a line of a log calls: a URL of
// Zoom's API or of anything that has /v2/ in it, one whose host is a variable, or
// a path. Empty: it is none of these.
func targetPath(target string) string {
	target = strings.TrimRight(strings.TrimLeft(target, "\"'`<("), "\"'`>),;.")
	variable := variableLength(target)
	target = target[variable:]
	if at := strings.IndexAny(target, "?# \t\r\n\"'`\\"); at >= 0 {
		target = target[:at]
	}
	switch {
	case len(target) > maxPath:
		return ""
	case variable > 0:
		return cleanPath(target, true)
	}
	if _, rest, ok := strings.Cut(target, "://"); ok {
		host, path, _ := strings.Cut(rest, "/")
		return cleanPath("/"+path, isZoomHost(host) || variableLength(host) > 0)
	}
	if host, path, ok := strings.Cut(target, "/"); ok && host != "" {
		if isZoomHost(host) {
			return cleanPath("/"+path, true)
		}
		known := !strings.ContainsAny(host, ".:@") // v2/users, too
		return cleanPath("/"+target, known)
	}
	return cleanPath(target, true)
}

// cleanPath cuts off /v2 with all before it. known: it is a path of Zoom's API
// without it, too. A second /v2 stays, and the first with it: Zoom knows no such path.
func cleanPath(path string, known bool) string {
	if at := strings.Index(path, "/v2/"); at >= 0 {
		path, known = path[at:], true
	}
	if at := strings.Index(path, "/scim2/"); at >= 0 {
		path, known = path[at:], true
	}
	if !known || !strings.HasPrefix(path, "/") {
		return ""
	}
	path = strings.TrimRight(plainPath(path), ".,;:!)]}")
	if opened := strings.Count(path, "{") - strings.Count(path, "}"); opened > 0 {
		path += strings.Repeat("}", opened) // that of a template at the end
	}
	switch {
	case path == "" || path == "/":
		return ""
	case strings.HasPrefix(path, "/v2/"):
		path = "/v2" + path
	}
	return WithoutSecrets(path)
}

// isZoomHost tells hosts of Zoom's API: api.zoom.us, its regional relatives
// (api-us.zoom.us, eu01api-www4local.zoom.us) and those of the government cloud.
// Source: https://developers.zoom.us/changelog/platform/api_url_access_token_response/
func isZoomHost(host string) bool {
	host, _, _ = strings.Cut(strings.ToLower(host), ":")
	if _, after, ok := strings.Cut(host, "@"); ok {
		host = after
	}
	name, ok := strings.CutSuffix(host, ".zoom.us")
	if !ok {
		name, ok = strings.CutSuffix(host, ".zoomgov.com")
	}
	return ok && strings.Contains(name, "api")
}

// variableLength is the length of a variable that a text begins with, as shells,
// Postman and cmd.exe write it: $BASE, ${BASE}, $(…), {{base}}, %BASE%. 0: none.
func variableLength(text string) int {
	for _, form := range [][2]string{{"${", "}"}, {"$(", ")"}, {"{{", "}}"}, {"%", "%"}} {
		rest, ok := strings.CutPrefix(text, form[0])
		if at := strings.Index(rest, form[1]); ok && at > 0 {
			return len(form[0]) + at + len(form[1])
		}
	}
	if !strings.HasPrefix(text, "$") {
		return 0
	}
	length := 1
	for length < len(text) && text[length] != '/' {
		length++
	}
	return length
}
