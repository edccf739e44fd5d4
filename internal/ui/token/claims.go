package token

import "zoomtui/internal/ui/state"

// part is where in a token a member stands.
type part int

const (
	claims part = iota
	header
	unknown // this program knows nothing of it
)

// member is what is known of one member of Zoom's tokens.
type member struct {
	names []string // today's, and that of version 6 and before
	in    part
	means string
}

// members are those that Zoom's access tokens were seen with, in the order of
// interest. RFC 7519 names the registered ones; of the others Zoom's documents tell
// some in passing, and what is only inferred from the name says "probably".
// Sources: RFC 7519 section 4.1,
// https://developers.zoom.us/docs/integrations/oauth-error-messages/
func members() []member {
	return []member{
		{[]string{"exp"}, claims, "expires"},
		{[]string{"iat"}, claims, "issued"},
		{[]string{"nbf"}, claims, "not good before"},
		{[]string{"iss"}, claims, "issued for this app (client id)"},
		{[]string{"clientId"}, claims, "client id of the app"},
		{[]string{"uid", "userId"}, claims, "user"},
		{[]string{"aid", "accountId"}, claims, "account"},
		{[]string{"auid", "authenticationId"}, claims, "this authorization: the sign-in"},
		{[]string{"type", "tokenType"}, claims, "kind: 0 is an access token, 1 probably a refresh token"},
		{[]string{"aud"}, claims, "for Zoom's servers"},
		{[]string{"ver"}, claims, "version of the token's format"},
		{[]string{"jti"}, claims, "number of this very token"},
		{[]string{"gno", "groupNumber"}, claims, "group, probably the former token_index"},
		{[]string{"tid", "toleranceId"}, claims, "probably the tolerance counter of older versions"},
		{[]string{"code"}, claims, "the authorization code it came from; never shown"},
		{[]string{"alg"}, header, "how Zoom has signed it"},
		{[]string{"kid"}, header, "which of Zoom's keys has signed it"},
		{[]string{"v"}, header, "version of the header"},
		{[]string{"sv"}, header, "probably the version of the signature"},
		{[]string{"typ"}, header, "kind of document"},
	}
}

// row is one member as it is shown.
type row struct {
	claim state.Claim
	in    part
	means string
}

// explained sorts the members of a token by what matters, the unknown ones last.
func explained(all []state.Claim) []row {
	var out []row
	known := map[string]bool{}
	for _, m := range members() {
		for _, name := range m.names {
			known[name] = true
			for _, c := range all {
				if c.Name == name {
					out = append(out, row{c, m.in, m.means})
				}
			}
		}
	}
	for _, c := range all {
		if !known[c.Name] {
			out = append(out, row{c, unknown, "not known to this program"})
		}
	}
	return out
}
