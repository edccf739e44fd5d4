package scope

import "strings"

// findCall looks for a call in a text that is no command: "GET /users/me", the
// line of a log or of code with a URL in it, or a path. alone: the text is nothing
// but an address or a path.
func findCall(text string) (method, path string, alone bool) {
	words := strings.Fields(text[:min(len(text), maxQuery)])
	for i, word := range words[:max(0, len(words)-1)] {
		name := strings.Trim(word, "\"'`([{<,:;=")
		first := i == 0
		// In the midst of a text "get" is a word, GET is a method.
		if !isMethod(name) || !first && name != strings.ToUpper(name) {
			continue
		}
		if path := pathWord(words[i+1], first); path != "" {
			return strings.ToUpper(name), path, false
		}
	}
	for _, word := range words {
		if path := pathWord(word, len(words) == 1); path != "" {
			method := methodIn(text)
			return method, path, len(words) == 1 && method == "" && !strings.HasPrefix(word, `{"`)
		}
	}
	return "", "", false
}

// pathWord is the path that a word of a text names, if it is plain that it names
// one. relative: it may lack the slash at its beginning.
func pathWord(word string, relative bool) string {
	if !strings.Contains(word, "/") {
		return ""
	}
	// As in `fetch("https://…",` or `url=https://…`.
	for _, begin := range []string{"https://", "http://"} {
		if at := strings.Index(word, begin); at >= 0 {
			return targetPath(word[at:])
		}
	}
	if strings.HasPrefix(word, "{{") || strings.HasPrefix(word, "$") {
		return targetPath(word)
	}
	bare := strings.TrimLeft(word, "\"'`([{<=")
	if rest := strings.TrimLeft(bare, "/"); strings.HasPrefix(bare, "//") && (relative || strings.Contains(rest, "/")) {
		bare = "/" + rest // a slash too many, or no scheme; // alone begins a comment
		if host, _, _ := strings.Cut(rest, "/"); isZoomHost(host) {
			bare = rest
		}
	}
	host, after, _ := strings.Cut(bare, "/")
	// In the midst of a text /Users is a folder.
	absolute := host == "" && after != "" && (after[0] >= 'a' && after[0] <= 'z' || relative && after[0] >= 'A' && after[0] <= 'Z')
	if absolute || host != "" && relative || isZoomHost(host) || host == "v2" {
		return targetPath(bare)
	}
	return ""
}

// methodIn finds the method that code or a log names beside a URL; empty: it does
// not. These are the ways of fetch, axios, requests, PowerShell, wget and httpie.
func methodIn(text string) string {
	small := strings.ToLower(text[:min(len(text), maxQuery)])
	for _, method := range []string{"get", "post", "put", "patch", "delete", "head"} {
		if strings.Contains(small, "."+method+"(") {
			return strings.ToUpper(method)
		}
	}
	for from := 0; ; {
		at := strings.Index(small[from:], "method")
		if at < 0 {
			break
		}
		from += at + len("method")
		word := strings.TrimLeft(small[from:], " \t\"':=\\")
		word = word[:min(len(word), 8)]
		if end := strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }); end >= 0 {
			word = word[:end]
		}
		if isMethod(word) {
			return strings.ToUpper(word)
		}
	}
	if strings.Contains(small, "--post-data") || strings.Contains(small, "--post-file") {
		return "POST"
	}
	if word, _, _ := strings.Cut(strings.TrimLeft(small, " \t\n$"), " "); strings.TrimSuffix(word, ".exe") == "wget" {
		return "GET"
	}
	return ""
}
