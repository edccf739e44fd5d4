package scope

import "strings"

// Command is what a line of curl, `zoomtui api` or `gh api` asks for.
type Command struct {
	Method string // upper case
	Target string // path or URL as it stands, with its query; nothing that could be a secret is in it
	Sends  bool   // it has a body, or fields
	Hidden bool   // Target is without what could have been a secret
}

// ReadCommand finds the first such line in a text; false: there is none that names a
// call of Zoom's API. Headers and bodies are not kept.
func ReadCommand(text string) (Command, bool) {
	_, found, ok := findCommand(Readable(text))
	if !ok {
		return Command{}, false
	}
	c := Command{Method: strings.ToUpper(found.method), Sends: found.data, Target: found.target[variableLength(found.target):]}
	c.Target, _, _ = strings.Cut(c.Target, "#")
	if host, path, ok := strings.Cut(c.Target, "/"); ok && isZoomHost(host) {
		c.Target = "https://" + host + "/" + path
	}
	if scheme, rest, ok := strings.Cut(c.Target, "://"); ok {
		host, path, _ := strings.Cut(rest, "/")
		if at := strings.LastIndexByte(host, '@'); at >= 0 { // a name and a password
			host, c.Hidden = host[at+1:], true
		}
		c.Target = scheme + "://" + host + "/" + path
		if variableLength(host) > 0 {
			c.Target = "/" + path
		}
	}
	c.withoutSecrets()
	return c, c.Target != ""
}

// withoutSecrets takes values that look like tokens out of the query; an address that
// holds one elsewhere is given up.
func (c *Command) withoutSecrets() {
	path, query, _ := strings.Cut(c.Target, "?")
	if WithoutSecrets(path) != path {
		c.Target, c.Hidden = "", true
		return
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		switch name, value, _ := strings.Cut(part, "="); {
		case part == "":
		case WithoutSecrets(part) != part, value != "" && strings.HasSuffix(strings.ToLower(name), "token"):
			c.Hidden = true
		default:
			kept = append(kept, part)
		}
	}
	c.Target = path
	if len(kept) > 0 {
		c.Target += "?" + strings.Join(kept, "&")
	}
}
