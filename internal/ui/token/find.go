package token

import "bytes"

// maxText bounds what is looked through, in bytes.
const maxText = 64 << 10

// Find gives the token that a text is about: the access token of a token answer,
// what follows `Bearer` in a header or a curl line, the first JWT, or a text
// without blanks as it is. A JWT that a terminal or an editor has broken into
// lines is put together again. What it gives is a copy.
func Find(text []byte) ([]byte, bool) {
	text = bytes.TrimSpace(text[:min(len(text), maxText)])
	if whole := joined(text); isJWT(whole) {
		return whole, true
	}
	for _, mark := range []string{"access_token", "ZOOM_ACCESS_TOKEN", "bearer ", ""} {
		at := bytes.Index(lower(text), lower([]byte(mark)))
		if at < 0 {
			continue
		}
		if found, ok := firstJWT(text[at+len(mark):]); ok {
			return found, true
		}
	}
	text = bytes.Trim(bytes.TrimSpace(afterBearer(text)), `"'`)
	if len(text) < shortest || bytes.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, false
	}
	return bytes.Clone(text), true
}

// shortest is how long a text is at least that may be a token which is no JWT.
const shortest = 16

// afterBearer is the text after the word that stands before a token.
func afterBearer(text []byte) []byte {
	const mark = "bearer "
	if at := bytes.Index(lower(text), []byte(mark)); at >= 0 {
		return text[at+len(mark):]
	}
	return text
}

// lower is a text with small letters, of the same length: places in it are places in
// the text.
func lower(text []byte) []byte {
	out := bytes.Clone(text)
	for i, b := range out {
		if b >= 'A' && b <= 'Z' {
			out[i] = b + 'a' - 'A'
		}
	}
	return out
}

// joined is a text of nothing but token characters and white space, without the
// latter; nil for another text.
func joined(text []byte) []byte {
	var out []byte
	for _, b := range text {
		switch {
		case b == ' ' || b == '\n' || b == '\r' || b == '\t':
		case isTokenByte(b):
			out = append(out, b)
		default:
			return nil
		}
	}
	return out
}

// firstJWT is the first run of characters that has the form of a JWT.
func firstJWT(text []byte) ([]byte, bool) {
	for _, run := range bytes.FieldsFunc(text, func(r rune) bool { return r > '~' || !isTokenByte(byte(r)) }) {
		run = bytes.Trim(run, ".")
		if at := bytes.Index(run, []byte("eyJ")); at >= 0 && isJWT(run[at:]) {
			return bytes.Clone(run[at:]), true
		}
	}
	return nil, false
}

// isJWT tells the form: three parts, of which the first is a JSON object
// (RFC 7519 section 3).
func isJWT(text []byte) bool {
	parts := bytes.Split(text, []byte("."))
	return len(parts) == 3 && bytes.HasPrefix(parts[0], []byte("eyJ")) && len(parts[1]) > 0 && len(parts[2]) > 0
}

// isTokenByte tells the characters of a JWT: base64url, its padding, and dots.
func isTokenByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.' || b == '='
}
