package api

import (
	"testing"

	"zoomtui/internal/scope"
)

// Nothing of what Zoom says about scopes is taken for a secret: the names are what
// a person looks for, and some speak of tokens, codes and passwords.
func TestScopesAreNoSecrets(t *testing.T) {
	t.Parallel()
	c, err := scope.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range c.Scopes() {
		words := "Invalid access token, does not contain scopes:[" + name + ", " + name + ":admin]."
		if got := hideSecrets(words); got != words {
			t.Errorf("%q becomes %q", words, got)
		}
		for _, body := range []string{
			`{"code":4711,"message":"` + words + `"}`,
			`{"access_token":"[redacted]","scope":"` + name + " user:read:user " + name + `"}`,
		} {
			if got := veiled(body, 7); got != body {
				t.Errorf("%s becomes %s", body, got)
			}
		}
	}
	for _, e := range c.Endpoints() {
		if got := hideSecrets(e.Path); got != e.Path {
			t.Errorf("%s becomes %s", e.Path, got)
		}
	}
}
