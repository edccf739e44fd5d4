package term

import (
	"runtime"
	"strings"
)

// Multiplexer is the program between us and the terminal, if there is one.
type Multiplexer string

// The multiplexers that change what reaches the terminal.
const (
	NoMultiplexer Multiplexer = ""
	Tmux          Multiplexer = "tmux"
	Screen        Multiplexer = "screen"
)

// Machine is what the environment says about the terminal and the machine the program runs on. It is a plain value: it
// does not follow later changes of the environment.
type Machine struct {
	OS          string      // runtime.GOOS
	SSH         bool        // reached over SSH: what opens here opens in front of nobody
	SSHClient   string      // address of the person's machine as the SSH server sees it; "" if unknown
	SSHServer   string      // address of this machine as the SSH client reached it, without port; "" if unknown
	SSHPort     string      // port of the SSH server; "" if unknown
	Display     bool        // a graphical display is there, and it is not on the other end of an SSH connection
	Multiplexer Multiplexer // tmux, screen or none
	Term        string      // TERM
	Dumb        bool        // TERM=dumb: no cursor movement, no attributes
	NoColor     bool        // NO_COLOR is set and not empty (https://no-color.org)
	UTF8        bool        // the locale's encoding is UTF-8
	User        string      // login name; "" if unknown
	Browser     string      // BROWSER
}

// FromEnv reads a Machine from environment variables; getenv is os.Getenv or a test's own.
func FromEnv(getenv func(string) string) Machine {
	return fromEnv(runtime.GOOS, getenv)
}

func fromEnv(goos string, getenv func(string) string) Machine {
	m := Machine{
		OS:          goos,
		SSH:         firstOf(getenv, "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY") != "",
		Multiplexer: multiplexer(getenv),
		Term:        getenv("TERM"),
		Dumb:        getenv("TERM") == "dumb",
		NoColor:     getenv("NO_COLOR") != "",
		UTF8:        goos == "windows" || isUTF8(firstOf(getenv, "LC_ALL", "LC_CTYPE", "LANG")),
		User:        firstOf(getenv, "USER", "LOGNAME", "USERNAME"),
		Browser:     getenv("BROWSER"),
	}
	switch goos {
	case "darwin", "windows":
		m.Display = !m.SSH
	default:
		m.Display = !m.SSH && firstOf(getenv, "WAYLAND_DISPLAY", "DISPLAY") != ""
	}
	m.SSHClient, m.SSHServer, m.SSHPort = sshEnds(getenv)
	return m
}

// sshEnds is who has connected, and where to. SSH_CONNECTION is "client-address client-port server-address server-port",
// see ssh(1), ENVIRONMENT; the older SSH_CLIENT lacks the server's address.
func sshEnds(getenv func(string) string) (client, server, port string) {
	if connection := strings.Fields(getenv("SSH_CONNECTION")); len(connection) == 4 {
		return connection[0], connection[2], connection[3]
	}
	if ends := strings.Fields(getenv("SSH_CLIENT")); len(ends) == 3 {
		return ends[0], "", ends[2]
	}
	return "", "", ""
}

// CanDraw reports whether screens can be drawn on the terminal, and if not, why and what else there is, in one sentence.
func (m Machine) CanDraw() (ok bool, reason string) {
	if m.Dumb {
		return false, "this terminal (TERM=dumb) cannot move its cursor, so there is no dashboard; " +
			"`zoomtui login` and `zoomtui status` work here"
	}
	return true, ""
}

// firstOf is the first of the named variables that is not empty.
func firstOf(getenv func(string) string, names ...string) string {
	for _, name := range names {
		if value := getenv(name); value != "" {
			return value
		}
	}
	return ""
}

// multiplexer looks at the variables both set; over SSH these are lost and TERM is all that is left.
func multiplexer(getenv func(string) string) Multiplexer {
	switch term := getenv("TERM"); {
	case getenv("TMUX") != "", strings.HasPrefix(term, "tmux"):
		return Tmux
	case getenv("STY") != "", strings.HasPrefix(term, "screen"):
		return Screen
	}
	return NoMultiplexer
}

// isUTF8 reports whether a locale name as in "ja_JP.UTF-8" or "C.utf8@variant" names the encoding UTF-8.
func isUTF8(locale string) bool {
	_, encoding, _ := strings.Cut(locale, ".")
	encoding, _, _ = strings.Cut(encoding, "@")
	return strings.EqualFold(encoding, "UTF-8") || strings.EqualFold(encoding, "UTF8")
}
