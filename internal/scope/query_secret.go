package scope

import "strings"

// hidden stands where a secret was.
const hidden = "{token}"

// WithoutSecrets takes secrets out of a text that is kept or shown: JSON Web Tokens,
// what follows Bearer or Basic, the password of curl -u and of an address, the values
// of names such as client_secret, access_token and Cookie, and by its look any longer
// run of random letters and digits. User ids, the UUIDs of meetings, names of scopes,
// paths and sentences stay as they are, and so do variables and placeholders in a
// secret's place: $TOKEN, <token>. The text need not be whole, nor of any form.
func WithoutSecrets(text string) string {
	var b strings.Builder
	for at := 0; at < len(text); {
		length := tokenLength(text[at:])
		if length == 0 {
			b.WriteByte(text[at])
			at++
			continue
		}
		run := text[at : at+length]
		if isSecret(run, at > 0 && text[at-1] == '%') {
			b.WriteString(hidden)
		} else {
			b.WriteString(run)
		}
		at += length
		if from, to := secretAfter(text, at-length, at); from < to {
			b.WriteString(text[at:from] + hidden)
			at = to
		}
	}
	return b.String()
}

// longestID is what a user id (22 letters) or a meeting's UUID (24) has at most.
// An escape of an address before it belongs to it: %252FajXp….
const (
	longestID     = 24
	longestEscape = 4
)

// isSecret tells a run of letters that looks like a token: those of Zoom, and the
// secrets of its apps, are letters of either case and digits at random.
func isSecret(run string, escaped bool) bool {
	const shortestJWT = 12
	if strings.HasPrefix(run, "eyJ") && len(run) >= shortestJWT {
		return true
	}
	most := longestID
	if escaped {
		most += longestEscape
	}
	if len(run) <= most {
		return false
	}
	// Names of scopes, parts of paths, UUIDs and the ids of files are long too, but
	// of words, or of small letters and digits.
	const longestWord = 32
	random := 0
	for word := range strings.FieldsFuncSeq(run, func(r rune) bool { return r == '_' || r == '-' || r == '.' }) {
		if len(word) > longestWord && !isWord(word) {
			return true
		}
		if isRandom(word) {
			random += len(word)
		}
	}
	return random > most
}

// isRandom tells letters of either case and digits in no order from a word, be it in
// camel case with a digit.
func isRandom(word string) bool {
	var upper, small, digits, groups, changes int
	before := byte(0)
	for i := range len(word) {
		kind := byte('a')
		switch c := word[i]; {
		case c >= '0' && c <= '9':
			kind = '0'
			digits++
			if before != '0' {
				groups++
			}
		case c >= 'A' && c <= 'Z':
			kind = 'A'
			upper++
		default:
			small++
		}
		if i > 0 && kind != before {
			changes++
		}
		before = kind
	}
	// Of 32 random characters 19 are of another kind than the one before, and the
	// digits stand in four groups.
	return upper > 0 && small > 0 && (groups > 1 || 2*changes >= len(word) && digits+changes > 2)
}

// tokenLength is the length of the run that a text begins with. Tokens are base64url,
// with dots between the parts.
func tokenLength(text string) int {
	length := 0
	for length < len(text) && !notInToken(rune(text[length])) {
		length++
	}
	return length
}

// notInToken ends a run.
func notInToken(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.~+", r)
}
