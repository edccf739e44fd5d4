package setup

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"zoomtui/internal/marketplace"
)

const (
	// loopbackRedirect is where a public app's browser comes back to. Zoom ignores
	// the port of a numeric loopback address.
	// Source: https://developers.zoom.us/changelog/platform/pkce-loopback.md
	loopbackRedirect = "http://127.0.0.1:8976/callback"
	loopbackListen   = "127.0.0.1:8976"
	// mostName is how long a profile's name may be: it is the name of a file.
	mostName = 64
)

// tidy takes off what a copy from a web page or a shell brings along: blanks,
// line breaks, quotes around the whole.
func tidy(text string) string {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
	for _, quote := range []string{`"`, `'`, "`"} {
		if len(text) >= 2 && strings.HasPrefix(text, quote) && strings.HasSuffix(text, quote) {
			text = strings.TrimSpace(text[1 : len(text)-1])
		}
	}
	return text
}

// tidyWord is tidy for what has no blank in it: an id broken by a line's end is
// one word again.
func tidyWord(text string) string { return strings.Join(strings.Fields(tidy(text)), "") }

// tidied is the app as it is checked and saved: every text trimmed, and nothing
// that its kind does not have.
func tidied(app App) App {
	app.Profile, app.ClientID, app.AccountID = tidy(app.Profile), tidyWord(app.ClientID), tidyWord(app.AccountID)
	app.Secret, app.SecretCmd = Secret(tidyWord(app.Secret.Reveal())), strings.TrimSpace(app.SecretCmd)
	app.RedirectURI, app.Listen, app.User = tidyWord(app.RedirectURI), tidyWord(app.Listen), tidy(app.User)
	if app.Kind != marketplace.S2S {
		app.AccountID, app.User = "", ""
	}
	switch app.Kind {
	case marketplace.Public:
		app.Secret, app.SecretCmd, app.Listen = "", "", ""
		if strings.HasPrefix(app.RedirectURI, "https://") {
			app.Listen = loopbackListen // an https address says nothing of where to wait
		}
	case marketplace.S2S:
		app.RedirectURI, app.Listen = "", ""
	}
	return app
}

// freeName proposes a name that no profile has.
func freeName(known []Known) string {
	taken := map[string]bool{}
	for _, k := range known {
		taken[k.Name] = true
	}
	if !taken["default"] {
		return "default"
	}
	for n := 2; ; n++ {
		if name := "zoom" + strconv.Itoa(n); !taken[name] {
			return name
		}
	}
}

// sameClient names the profiles that have the app's client id.
func sameClient(app App, known []Known) []string {
	var names []string
	for _, k := range known {
		if app.ClientID != "" && k.ClientID == app.ClientID && k.Name != app.Profile {
			names = append(names, k.Name)
		}
	}
	return names
}

// The checks of one text each. They give the sentence that says what is wrong
// with it, or "".

func checkName(name string, known []Known) string {
	switch {
	case name == "":
		return "Give the profile a name, such as work."
	case len(name) > mostName || name[0] == '.' || strings.ContainsFunc(name, notNameRune):
		return "Use letters, digits, dot, dash and underscore for the name: at most 64, and no dot first."
	}
	for _, k := range known {
		if strings.EqualFold(k.Name, name) { // file names ignore case on some systems
			return "There is a profile " + k.Name + " already. Choose another name."
		}
	}
	return ""
}

func notNameRune(r rune) bool {
	return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r)
}

func checkID(what, id string) string {
	switch {
	case id == "":
		return "The " + what + " is missing."
	case strings.ContainsFunc(id, notNameRune):
		return "This is no " + what + ": it has letters, digits, dash and underscore only."
	}
	return ""
}

func checkSecret(secret, command string) string {
	if secret == "" && command == "" {
		return "Give the client secret, or below it a command that prints it."
	}
	return ""
}

func checkSecretCmd(secret, command string) string {
	if secret != "" && command != "" {
		return "Give the client secret or a command that prints it, not both."
	}
	return ""
}

// checkRedirect keeps Zoom's rules: plain http for a numeric loopback address of
// a public app only, https for everything else, never localhost.
// Source: https://developers.zoom.us/changelog/platform/pkce-loopback.md
func checkRedirect(kind, address string) string {
	u, err := url.Parse(address)
	loopback := err == nil && (u.Hostname() == "127.0.0.1" || u.Hostname() == "::1")
	switch {
	case address == "":
		return "The redirect address is missing."
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Fragment != "":
		return "This is no address to come back to; one looks like " + loopbackRedirect + "."
	case strings.EqualFold(u.Hostname(), "localhost"):
		return "Zoom refuses localhost: write 127.0.0.1."
	case u.Scheme == "http" && !loopback:
		return "Zoom takes plain http for 127.0.0.1 only: this one needs https."
	case u.Scheme == "http" && kind == marketplace.Confidential:
		return "Zoom takes an app with a secret back over https only; 127.0.0.1 is for public clients."
	}
	return ""
}

func checkListen(address string) string {
	host, port, err := net.SplitHostPort(address)
	n, bad := strconv.Atoi(port)
	if err != nil || host == "" || bad != nil || n < 1 || n > 65535 {
		return "Write host and port, such as " + loopbackListen + "."
	}
	return ""
}

func checkUser(user string) string {
	if strings.ContainsAny(user, " \t/?#") {
		return "Neither an e-mail address nor an id has blanks or slashes in it."
	}
	return ""
}
