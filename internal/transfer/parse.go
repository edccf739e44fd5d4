package transfer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"zoomtui/internal/auth"
)

// The bounds of the values, in bytes. Zoom's tokens have about 1,000.
const (
	maxSecret = 64 << 10
	maxScope  = 64 << 10
	maxText   = 4 << 10
)

// maxGeneration is the bound of the token file.
const maxGeneration = 1 << 31

// Parse reads an export. Keys that it does not know are left out. The error says
// in a clause what is wrong, and quotes nothing of the content.
func Parse(data []byte) (Export, error) {
	if len(data) > MaxSize {
		return Export{}, errors.New("it is far too large")
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Export{}, errors.New("it is empty")
	}
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return Export{}, contentFree(err, len(data))
	}
	if err := w.check(); err != nil {
		return Export{}, err
	}
	return w.export(), nil
}

// check finds what keeps an object from being an export.
func (w wire) check() error {
	switch {
	case w.Version < 1:
		return errors.New("it has no version, so it is nothing that zoomtui export wrote")
	case w.Version > Version:
		return fmt.Errorf("a newer version of zoomtui wrote it (format %d, this one knows %d); update zoomtui here", w.Version, Version)
	case w.Token.RefreshToken == "":
		return errors.New("it holds no refresh token, so it is nothing that zoomtui export wrote")
	case w.Settings.ClientID == "":
		return errors.New("its settings.client_id is missing")
	case w.Settings.Kind != string(auth.Public) && w.Settings.Kind != string(auth.Confidential):
		return errors.New("its settings.kind is neither public nor confidential")
	case w.Settings.ClientSecret != "" && w.Settings.ClientSecretCmd != "":
		return errors.New("its settings.client_secret and settings.client_secret_cmd are both there")
	case w.Token.Generation < 1 || w.Token.Generation > maxGeneration:
		return errors.New("its token.generation is out of range")
	case auth.CheckProfile(w.Profile) != nil:
		return errors.New("its profile is no name of a profile")
	}
	if err := w.checkTexts(); err != nil {
		return err
	}
	return w.checkTimes()
}

// content is what a value may consist of.
type content int

const (
	line content = iota // text of one line
	word                // visible ASCII only (RFC 6749 appendix A)
	lines
)

// checkTexts finds the first value that is too long or not what it should be.
func (w wire) checkTexts() error {
	s, t := w.Settings, w.Token
	for _, f := range []struct {
		key, value string
		most       int
		of         content
	}{
		{"host", w.Host, maxText, line},
		{"user", w.User, maxText, line},
		{"settings.client_id", s.ClientID, maxText, word},
		{"settings.client_secret", s.ClientSecret, maxSecret, word},
		{"settings.client_secret_cmd", s.ClientSecretCmd, maxText, lines},
		{"settings.account_id", s.AccountID, maxText, word},
		{"settings.redirect_uri", s.RedirectURI, maxText, word},
		{"settings.listen", s.Listen, maxText, word},
		{"settings.oauth_base", s.OAuthBase, maxText, word},
		{"settings.api_base", s.APIBase, maxText, word},
		{"settings.timezone", s.Timezone, maxText, word},
		{"token.access_token", t.AccessToken, maxSecret, word},
		{"token.refresh_token", t.RefreshToken, maxSecret, word},
		{"token.token_type", t.TokenType, maxText, word},
		{"token.scope", t.Scope, maxScope, line},
		{"token.api_url", t.APIURL, maxText, word},
	} {
		switch {
		case len(f.value) > f.most:
			return fmt.Errorf("its %s is too long", f.key)
		case !utf8.ValidString(f.value) || strings.ContainsFunc(f.value, f.of.excludes):
			return fmt.Errorf("its %s holds characters that cannot be part of it", f.key)
		}
	}
	return nil
}

// excludes tells a character that cannot be there.
func (c content) excludes(r rune) bool {
	control := r < ' ' || r >= 0x7f && r < 0xa0
	switch c {
	case word:
		return r <= ' ' || r > '~'
	case lines:
		return control && r != '\n' && r != '\t'
	default:
		return control
	}
}

// checkTimes finds a time that could not be written again.
func (w wire) checkTimes() error {
	for _, f := range []struct {
		key string
		at  time.Time
	}{
		{"exported_at", w.ExportedAt},
		{"token.obtained_at", w.Token.ObtainedAt},
		{"token.expires_at", w.Token.ExpiresAt},
		{"token.signed_in_at", w.Token.SignedInAt},
	} {
		if year := f.at.UTC().Year(); year < 1 || year > 9999 { // RFC 3339 can write no other
			return fmt.Errorf("its %s is out of range", f.key)
		}
	}
	return nil
}

// contentFree turns an error of package encoding/json into one that says where,
// but not what: its own text can quote a piece of a token.
func contentFree(err error, size int) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		if syntax.Offset >= int64(size) {
			return fmt.Errorf("it is cut off after %d bytes", size)
		}
		return fmt.Errorf("it is no valid JSON at byte %d", syntax.Offset)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return fmt.Errorf("its %s is of a wrong type", wrong.Field)
	}
	if _, ok := errors.AsType[*time.ParseError](err); ok {
		return errors.New("a time in it is none that RFC 3339 knows")
	}
	return errors.New("it is no JSON object")
}
