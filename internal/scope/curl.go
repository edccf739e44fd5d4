package scope

import (
	"slices"
	"strings"
)

// call is what a command asks for.
type call struct {
	method string // as written; empty: the command does not say
	target string // URL or path
	data   bool   // it sends something
	rest   string // the text after the command
}

// maxCommands bounds how many beginnings of a command are tried in one text.
const maxCommands = 4

// findCommand looks for the first line of curl, `zoomtui api` or `gh api` that
// names a target. before is the text in front of it.
func findCommand(text string) (before string, found call, ok bool) {
	from := 0
	for range maxCommands {
		at := nextCommand(text, from)
		if at < 0 {
			break
		}
		words, rest := commandWords(text[at:])
		if c, ok := readCommand(words); ok {
			c.rest = rest
			return text[:at], c, true
		}
		from = at + 1
	}
	return "", call{}, false
}

// commandWords splits a command in the quoting that it is written in. Carets
// where a word begins tell that of Windows.
func commandWords(text string) (words []string, rest string) {
	words, rest = shellWords(text)
	if slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, "^") }) {
		return windowsWords(text)
	}
	return words, rest
}

// nextCommand finds a word that names a program; -1: there is none.
func nextCommand(text string, from int) int {
	for at := from; at < len(text); at++ {
		if at > 0 && strings.IndexByte(" \t\n\r/\\($`!;|&>'\"", text[at-1]) < 0 {
			continue
		}
		length := programLength(text[at:])
		after := strings.TrimPrefix(text[at+length:], ".exe")
		if length > 0 && after != "" && strings.IndexByte(" \t\\^`", after[0]) >= 0 {
			return at
		}
	}
	return -1
}

// programLength is the length of the program's name that a text begins with; 0: none.
func programLength(text string) int {
	for _, name := range []string{"curl", "zoomtui", "gh"} {
		if strings.HasPrefix(text, name) {
			return len(name)
		}
	}
	return 0
}

// readCommand reads the words of a command, the program's name first.
func readCommand(words []string) (call, bool) {
	if len(words) == 0 {
		return call{}, false
	}
	if strings.HasPrefix(words[0], "curl") {
		return readCurl(words[1:])
	}
	// `zoomtui --profile work api …`: global flags may stand before.
	if at := slices.Index(words[:min(len(words), 6)], "api"); at > 0 {
		return readAPI(words[at+1:])
	}
	return call{}, false
}

// readCurl reads the arguments of curl up to the first --next.
// Source: https://curl.se/docs/manpage.html
func readCurl(args []string) (call, bool) {
	var c curl
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--next" || arg == "-:":
			i = len(args)
		case strings.HasPrefix(arg, "--"):
			name, value, glued := strings.Cut(arg[2:], "=")
			takes := takesValue(name)
			if takes && !glued && i+1 < len(args) {
				i++
				value = args[i]
			}
			c.option(name, value)
		case strings.HasPrefix(arg, "-") && len(arg) > 1:
			if name, value, wants := c.short(arg[1:]); wants {
				if value == "" && i+1 < len(args) {
					i++
					value = args[i]
				}
				c.option(name, value)
			}
		default:
			c.targets = append(c.targets, arg)
		}
	}
	return c.call()
}

// curl is what the options have said so far.
type curl struct {
	targets          []string
	method           string
	data, get, head  bool
	upload, urlGiven bool
}

// short reads a group of options of one letter, up to one that takes a value.
func (c *curl) short(letters string) (name, value string, wants bool) {
	for i, letter := range letters {
		name, wants := shortOption(letter)
		if wants {
			return name, letters[i+1:], true
		}
		c.option(name, "")
	}
	return "", "", false
}

// option takes note of one option, by its long name.
func (c *curl) option(name, value string) {
	switch {
	case name == "request":
		c.method = value
	case name == "url":
		if !c.urlGiven {
			c.targets = append([]string{value}, c.targets...)
		}
		c.urlGiven = true
	case name == "get":
		c.get = true
	case name == "head":
		c.head = true
	case name == "upload-file":
		c.upload = true
	case name == "json" || name == "form" || name == "form-string" || name == "data" || strings.HasPrefix(name, "data-"):
		c.data = true
	}
}

// call is the request that curl would make.
func (c *curl) call() (call, bool) {
	out := call{method: c.method, data: c.data}
	if !isMethod(out.method) {
		switch {
		case c.get:
			out.method = "GET"
		case c.head:
			out.method = "HEAD"
		case c.data:
			out.method = "POST"
		case c.upload:
			out.method = "PUT"
		default:
			out.method = "GET"
		}
	}
	// An option that is not known here may take a value, which then stands
	// among the targets: the first that is an address counts.
	for _, target := range c.targets {
		if path := targetPath(target); path != "" {
			out.target = target
			return out, true
		}
	}
	return call{}, false
}

// readAPI reads the arguments of `zoomtui api METHOD PATH` or `gh api PATH`.
func readAPI(args []string) (call, bool) {
	var out call
	for i := 0; i < len(args); i++ {
		arg, value, glued := strings.Cut(args[i], "=")
		switch {
		case !strings.HasPrefix(arg, "-"):
			if isMethod(arg) && !glued && out.method == "" && out.target == "" {
				out.method = arg
			} else if out.target == "" {
				out.target = args[i]
			}
			continue
		case apiTakesValue(arg) && !glued && i+1 < len(args):
			i++
			value = args[i]
		}
		switch {
		case arg == "-X" || arg == "--method":
			out.method = value
		case strings.HasPrefix(arg, "-X"):
			out.method = arg[2:]
		case slices.Contains([]string{"-f", "-F", "--field", "--raw-field", "--input"}, arg):
			out.data = true
		}
	}
	if out.method == "" {
		out.method = "GET"
		if out.data {
			out.method = "POST"
		}
	}
	return out, targetPath(out.target) != ""
}

func isMethod(word string) bool {
	switch strings.ToUpper(word) {
	case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS":
		return true
	}
	return false
}
