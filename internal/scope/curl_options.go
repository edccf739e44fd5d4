package scope

import "strings"

// shortOption gives the long name of an option of curl of one letter, and
// whether it takes a value. Unknown letters take none.
// Source: https://curl.se/docs/manpage.html
func shortOption(letter rune) (name string, takes bool) {
	switch letter {
	case 'X':
		return "request", true
	case 'd':
		return "data", true
	case 'F':
		return "form", true
	case 'T':
		return "upload-file", true
	case 'G':
		return "get", false
	case 'I':
		return "head", false
	}
	return "", strings.ContainsRune("ACDEHKPQUYbcehmortuwxyz", letter)
}

// takesValue tells whether a long option of curl takes a value. Those that take
// none, and all that are newer than this list, do not.
func takesValue(name string) bool {
	switch name {
	case "request", "url", "header", "user", "user-agent", "referer", "cookie", "cookie-jar", "form", "form-string", "json",
		"upload-file", "output", "output-dir", "write-out", "config", "proxy", "proxy-user", "proxy-header", "preproxy",
		"noproxy", "max-time", "connect-timeout", "retry", "retry-delay", "retry-max-time", "retry-connrefused-time",
		"cacert", "capath", "cert", "cert-type", "key", "key-type", "pass", "ciphers", "tls13-ciphers", "tls-max", "curves",
		"pinnedpubkey", "crlfile", "resolve", "connect-to", "interface", "dns-servers", "doh-url", "limit-rate", "rate",
		"max-redirs", "max-filesize", "range", "continue-at", "time-cond", "dump-header", "stderr", "trace", "trace-ascii",
		"oauth2-bearer", "aws-sigv4", "unix-socket", "abstract-unix-socket", "url-query", "variable", "expand-url",
		"expand-header", "expand-data", "keepalive-time", "local-port", "netrc-file", "parallel-max", "proto",
		"proto-default", "proto-redir", "request-target", "speed-limit", "speed-time", "socks4", "socks4a", "socks5",
		"socks5-hostname", "etag-save", "etag-compare", "hsts", "alt-svc", "egd-file", "engine", "random-file",
		"happy-eyeballs-timeout-ms", "expect100-timeout", "create-file-mode", "libcurl", "service-name", "delegation":
		return true
	}
	return name == "data" || strings.HasPrefix(name, "data-")
}

// apiTakesValue tells whether an option of `zoomtui api` or `gh api` takes a value.
func apiTakesValue(option string) bool {
	switch option {
	case "-f", "-F", "-H", "-X", "-q", "-t", "-p", "--field", "--raw-field", "--header", "--method", "--input", "--jq",
		"--template", "--preview", "--cache", "--hostname", "--profile", "--config", "--debug":
		return true
	}
	return false
}
