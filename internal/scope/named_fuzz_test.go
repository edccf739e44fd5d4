package scope

import (
	"strings"
	"testing"
)

// FuzzNamedScopes: no message makes trouble, and the names are bounded and bare.
func FuzzNamedScopes(f *testing.F) {
	for _, seed := range []string{
		"Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].", "does not contain required scopes:[a:b", "scopes[]", "scope", "SCOPES: a:b, c_d.",
		"scopes: prose, scopes:[contact_center:write:queue disposition:admin]", "scopes:[a\n   b:c]", "\u0130scopes=\"[\\\"a:b\\\"]", "[scopes:[scopes:[",
		"scopes:(a:b, c:d).", "scopes: {a:b}", "scopes:‹a:b›", "scopes:[null, a:b]", "scopes:&#91;a:b&#93;", "scopes (see docs) scopes:[a:b]", "scopes:(a]:b)", "scopes: (a:b\r\n c:d",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, message string) {
		names := NamedScopes(message)
		if len(names) > maxNames {
			t.Errorf("%d names", len(names))
		}
		for _, name := range names {
			if name == "" || len(name) > maxScopeName || strings.ContainsAny(name, ",]\r\n") || strings.Trim(name, " \"'`.([<‹›>])") != name {
				t.Errorf("%q names %q", message, name)
			}
			if name == "null" || name == "undefined" {
				t.Errorf("%q names nothing as %q", message, name)
			}
		}
	})
}
