package api

import (
	"bytes"
	"encoding/json"
	"strings"
)

// isSecretName knows the names by their ends: access_token, ZOOM_CLIENT_SECRET
// and h323_password are all found.
func isSecretName(name string) bool {
	switch name {
	case "code", "tk", "zak", "pwd", "passwd", "pass", "jwt", "sid", "otp", "state":
		return true
	}
	for _, end := range []string{
		"token", "secret", "password", "passcode", "_pwd", "verifier", "assertion",
		"device_code", "devicecode", "user_code", "usercode", "auth_code", "authorization_code",
		"start_url", "starturl", "host_key", "hostkey", "api_key", "apikey", "_zak", "signature",
		"stream_key", "streamkey", "secret_key", "secretkey", "private_key", "privatekey",
	} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return isLineName(name)
}

// isPIN knows a PIN by the whole of its name only: the ends of other names mean
// what is pinned.
func isPIN(name string) bool { return name == "pin" || name == "pin_code" || name == "pincode" }

// isPasscode tells a passcode behind its name in prose from the words of a sentence.
func isPasscode(name string, value []byte) bool {
	return isPassName(name) && len(value) >= 4 && bytes.ContainsAny(value, "0123456789")
}

func isPassName(name string) bool { return strings.HasPrefix(name, "pass") }

// isLineName knows the headers whose whole line is secret.
func isLineName(name string) bool {
	return name == "authorization" || name == "cookie" || name == "cookie2"
}

func isScheme(name string) bool { return name == "bearer" || name == "basic" }

// isSecretKey says whether the value of a key of an object is secret: its last
// word is a secret name, or it is one as a whole, whatever separates its words.
// raw is the key as it stands between its quotes. Zoom's text of an invitation
// holds the passcode, in the words of the person's language.
func isSecretKey(raw []byte) bool {
	key := string(raw)
	if strings.Contains(key, `\`) {
		var plain string
		if json.Unmarshal([]byte(`"`+key+`"`), &plain) == nil {
			key = plain
		}
	}
	key = strings.Trim(strings.Map(func(r rune) rune {
		if r < 0x80 && isWordByte(byte(r)) {
			return r
		}
		return '_'
	}, strings.ToLower(key)), "_")
	last := key[strings.LastIndexByte(key, '_')+1:]
	return key == "invitation" || isPIN(key) || isSecretName(key) || isSecretName(last)
}

// isPairName knows the keys whose value names what another value is.
func isPairName(key []byte) bool {
	return bytes.EqualFold(key, []byte("key")) || bytes.EqualFold(key, []byte("name"))
}

// codeKey tells whether a key is the one of Zoom's error numbers, which also is
// the one of an authorization code.
func codeKey(raw []byte) bool { return strings.EqualFold(string(raw), "code") }
