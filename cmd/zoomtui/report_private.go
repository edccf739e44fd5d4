package main

import (
	"bufio"
	"cmp"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/doctor"
)

// plain lets a word of somebody else through: printable ASCII without what Markdown
// or a terminal gives a meaning to, and not long.
func plain(s string) string {
	const most = 80
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune("`|<>[]*\\@", r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s[:min(len(s), most)])
}

// variables are the names of the variables that are set, of those that matter. No
// value is told.
func (e *examination) variables() string {
	names := append(doctor.Variables(),
		"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
		"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "HOME", "TZ", "LC_ALL", "LC_CTYPE",
		"BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "TMUX", "STY", "CI", "GODEBUG",
	)
	names = slices.DeleteFunc(names, func(name string) bool { return e.cli.getenv(name) == "" })
	return cmp.Or(strings.Join(names, ", "), "nothing that matters here is set")
}

// distribution is the name of the Linux distribution, where there is one.
// Source: os-release(5)
func distribution() string {
	f, err := os.Open("/etc/os-release")
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // only read
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, ok := strings.CutPrefix(lines.Text(), "PRETTY_NAME="); ok {
			return ", " + plain(strings.Trim(name, `"'`))
		}
	}
	return ""
}

// privacy is what must not be in a report. The report is made of what cannot hold
// any of it; this is the second fence, for the day when the first one has a hole.
type privacy struct {
	home   string
	values []string // tokens, secrets, ids, addresses: wherever they stand
	names  []string // of people and of this machine: where they stand as words
}

// leastKnown is how long something must be to be looked for: shorter ones stand in
// many words.
const leastKnown = 4

// privacy gathers what is known of the person and of the app.
func (e *examination) privacy() privacy {
	p := privacy{home: strings.TrimRight(e.cli.getenv("HOME"), "/")}
	host, _ := os.Hostname() // without one there is none to hide
	p.names = appendKnown(p.names, host)
	p.hide(e.given.Reveal())
	for _, name := range doctor.Variables() {
		if strings.Contains(name, "SECRET") || strings.Contains(name, "TOKEN") || strings.Contains(name, "_ID") {
			p.hide(e.cli.getenv(name))
		}
	}
	p.hideApp(e.profile.ClientID, e.profile.AccountID, e.profile.User)
	p.hideSignIn(e, e.name)
	if e.cfg != nil {
		for _, name := range e.cfg.Names() {
			entry, _ := e.cfg.InFile(name) // the zero Entry, when it says nothing
			p.hideApp(entry.ClientID, entry.AccountID, entry.User, entry.ClientSecret.Reveal())
			p.hideSignIn(e, name)
		}
	}
	longestFirst := func(a, b string) int { return len(b) - len(a) }
	slices.SortFunc(p.values, longestFirst)
	slices.SortFunc(p.names, longestFirst)
	return p
}

// hideApp hides ids; the end of a client id may be told.
func (p *privacy) hideApp(ids ...string) {
	for _, id := range ids {
		if len(id) > 2*leastKnown {
			p.hide(id)
		}
	}
}

// hideSignIn hides the tokens of a profile, and who has signed in.
func (p *privacy) hideSignIn(e *examination, name string) {
	store, err := e.cli.tokenStore(config.Profile{Name: name})
	if err != nil {
		return
	}
	loads := []func() (auth.Token, error){store.Peek}
	if !store.Sealed() { // else they do not stand in the file, and the keyring would be asked
		loads = append(loads, store.Previous)
	}
	for _, load := range loads {
		if t, err := load(); err == nil {
			p.hide(t.AccessToken.Reveal(), t.RefreshToken.Reveal())
		}
	}
	if known, ok := readCache[api.User](cache{e.cli.paths.ProfileCache(name)}, cacheUser); ok {
		u := known.Value
		p.hide(u.ID, u.AccountID, u.Email)
		p.names = appendKnown(p.names, u.DisplayName, u.FirstName, u.LastName)
	}
}

// hide adds what must not be told.
func (p *privacy) hide(values ...string) { p.values = appendKnown(p.values, values...) }

// appendKnown adds what is long enough.
func appendKnown(known []string, values ...string) []string {
	for _, v := range values {
		if v = strings.TrimSpace(v); len(v) >= leastKnown {
			known = append(known, v)
		}
	}
	return known
}

// hiddenWord stands for what was taken out.
const hiddenWord = "[hidden]"

// tame takes out of a text what must not be in it: everything that is known, and
// whatever has the form of an e-mail address or of a token. The home directory
// becomes ~. A line from which it cannot be taken is left out.
func (p privacy) tame(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		body := strings.TrimSuffix(line, "\n")
		if tamed := p.tameLine(body); tamed != "" || body == "" {
			out.WriteString(tamed + line[len(body):])
		}
	}
	return out.String()
}

func (p privacy) tameLine(line string) string {
	const rounds = 3 // what is put in may complete something else
	for range rounds {
		before := line
		if len(p.home) >= leastKnown {
			line = strings.ReplaceAll(line, p.home, "~")
		}
		for _, value := range p.values {
			line = strings.ReplaceAll(line, value, hiddenWord)
		}
		for _, name := range p.names {
			line = withoutName(line, name)
		}
		if line = withoutShapes(line); line == before {
			return line
		}
	}
	return ""
}

// withoutName replaces a name where it stands as a word: a machine called work must
// not make a riddle of every network.
func withoutName(line, name string) string {
	var out strings.Builder
	rest := line
	for {
		before, after, found := strings.Cut(rest, name)
		out.WriteString(before)
		if !found {
			return out.String()
		}
		if inWord(lastRune(out.String())) || inWord(firstRune(after)) {
			_, size := utf8.DecodeRuneInString(name)
			out.WriteString(name[:size])
			rest = name[size:] + after
			continue
		}
		out.WriteString(hiddenWord)
		rest = after
	}
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// withoutShapes replaces words that look like an e-mail address or like a token;
// the tokens of Zoom are JSON Web Tokens, which begin with eyJ.
func withoutShapes(line string) string {
	words := strings.Split(line, " ")
	for i, word := range words {
		at := strings.Index(word, "@")
		if at > 0 && at < len(word)-1 || strings.Contains(word, "eyJ") {
			words[i] = hiddenWord
		}
	}
	return strings.Join(words, " ")
}
