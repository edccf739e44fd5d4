package config

import (
	"fmt"
	"slices"

	"zoomtui/internal/auth"
)

// settleApp settles which kind of app it is and where its secret comes from,
// and refuses what contradicts itself.
func (s *settings) settleApp() error {
	switch {
	case s.ClientID == "":
		return s.wrong("client_id", "client_id is missing")
	case s.ClientSecret != "" && s.ClientSecretCmd != "":
		return s.wrong("client_secret", "client_secret and client_secret_cmd are both there; keep one")
	}
	if s.secret == nil {
		s.secret = s.fileSecret()
	}
	kinds := []string{string(auth.Public), string(auth.Confidential), string(auth.S2S)}
	switch {
	case s.Kind == "":
		s.Kind = s.inferKind()
	case !slices.Contains(kinds, s.Kind):
		return s.bad("kind", fmt.Sprintf("%q is none of public, confidential, s2s%s", s.Kind, meant(s.Kind, kinds)))
	}
	public := s.Kind == string(auth.Public)
	switch {
	case public && s.secret != nil:
		return s.wrong("kind", `kind = "public" means an app that has no secret; remove the secret, or write "confidential"`)
	case !public && s.secret == nil:
		return s.wrong("kind", "client_secret is missing; set client_secret_cmd, or ZOOM_CLIENT_SECRET in the environment")
	case s.Kind == string(auth.S2S) && s.AccountID == "":
		return s.wrong("kind", "account_id is missing; a Server-to-Server app needs it (or ZOOM_ACCOUNT_ID)")
	}
	return nil
}

// inferKind tells the kind from what is there: an account id makes it
// Server-to-Server, a secret confidential, neither public.
func (s *settings) inferKind() string {
	switch {
	case s.AccountID != "":
		return string(auth.S2S)
	case s.secret != nil:
		return string(auth.Confidential)
	default:
		return string(auth.Public)
	}
}

func (s *settings) fileSecret() secretFunc {
	switch {
	case s.ClientSecret != "":
		return fixedSecret(s.ClientSecret)
	case s.ClientSecretCmd != "":
		return commandSecret(s.ClientSecretCmd, secretCommandLimit)
	default:
		return nil
	}
}
