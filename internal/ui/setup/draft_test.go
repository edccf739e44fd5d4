package setup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTidied(t *testing.T) {
	t.Parallel()
	raw := App{
		Profile: " work ", ClientID: "\"7KxQ2fWJT1m\nBv8s0nLda3g\" ", Secret: "  'abc\tdef'\r\n", SecretCmd: " pass 'a b' ",
		AccountID: " q6g\u0085B", RedirectURI: " https://a.test/z\n", Listen: " 127.0.0.1:1 ", User: "<x>",
	}
	for kind, want := range map[string]App{
		"public": {
			Kind: "public", Profile: "work", ClientID: "7KxQ2fWJT1mBv8s0nLda3g", RedirectURI: "https://a.test/z", Listen: loopbackListen,
		},
		"confidential": {
			Kind: "confidential", Profile: "work", ClientID: "7KxQ2fWJT1mBv8s0nLda3g", Secret: "abcdef", SecretCmd: "pass 'a b'",
			RedirectURI: "https://a.test/z", Listen: "127.0.0.1:1",
		},
		"s2s": {
			Kind: "s2s", Profile: "work", ClientID: "7KxQ2fWJT1mBv8s0nLda3g", Secret: "abcdef", SecretCmd: "pass 'a b'",
			AccountID: "q6gB", User: "<x>",
		},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			raw := raw
			raw.Kind = kind
			got := tidied(raw)
			if diff := cmp.Diff(want.Secret.Reveal(), got.Secret.Reveal()); diff != "" {
				t.Error(diff)
			}
			if got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestChecks(t *testing.T) {
	t.Parallel()
	known := []Known{{Name: "work", ClientID: "a"}}
	for name, tc := range map[string]struct{ got, want string }{
		"free name":               {checkName("work2", known), ""},
		"no name":                 {checkName("", known), "Give the profile a name"},
		"name that is there":      {checkName("work", known), "There is a profile work already"},
		"name of a hidden file":   {checkName(".work", known), "no dot first"},
		"name that is a path":     {checkName("../x", known), "Use letters"},
		"name in kanji":           {checkName("田中", known), "Use letters"},
		"long name":               {checkName(strings.Repeat("a", 65), known), "at most 64"},
		"id":                      {checkID("client id", "7KxQ2f-_"), ""},
		"no id":                   {checkID("account id", ""), "The account id is missing."},
		"address for an id":       {checkID("client id", "https://x"), "This is no client id"},
		"loopback, public":        {checkRedirect("public", "http://127.0.0.1:8976/callback"), ""},
		"loopback of version 6":   {checkRedirect("public", "http://[::1]:8976/callback"), ""},
		"loopback, with a secret": {checkRedirect("confidential", "http://127.0.0.1:8976/callback"), "over https only"},
		"https":                   {checkRedirect("confidential", "https://a.test/zoom"), ""},
		"localhost":               {checkRedirect("public", "http://LocalHost:8976/callback"), "write 127.0.0.1"},
		"plain http elsewhere":    {checkRedirect("public", "http://a.test/zoom"), "needs https"},
		"another scheme":          {checkRedirect("public", "javascript:alert(1)"), "no address to come back to"},
		"with a password":         {checkRedirect("public", "https://u:p@a.test/"), "no address to come back to"},
		"with a fragment":         {checkRedirect("public", "https://a.test/#x"), "no address to come back to"},
		"no address":              {checkRedirect("public", ""), "missing"},
		"listen":                  {checkListen("127.0.0.1:8976"), ""},
		"listen without a port":   {checkListen("127.0.0.1"), "host and port"},
		"listen on too much":      {checkListen("127.0.0.1:99999"), "host and port"},
		"user left out":           {checkUser(""), ""},
		"user by address":         {checkUser("aiko@example.test"), ""},
		"user with a path":        {checkUser("a/../b"), "Neither"},
		"secret":                  {checkSecret("x", ""), ""},
		"command":                 {checkSecret("", "pass"), ""},
		"neither":                 {checkSecret("", ""), "Give the client secret"},
		"both":                    {checkSecretCmd("x", "pass"), "not both"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.want == "" && tc.got != "" || !strings.Contains(tc.got, tc.want) {
				t.Errorf("got %q, want %q in it", tc.got, tc.want)
			}
		})
	}
}

func TestFreeName(t *testing.T) {
	t.Parallel()
	for want, known := range map[string][]Known{
		"default": nil,
		"zoom2":   {{Name: "default"}},
		"zoom3":   {{Name: "zoom2"}, {Name: "default"}},
	} {
		if got := freeName(known); got != want {
			t.Errorf("beside %v: %q, want %q", known, got, want)
		}
	}
}

// What a person pastes never becomes an app that passes the checks and is not
// what the checks looked at: tidying twice changes nothing.
func FuzzTidied(f *testing.F) {
	for _, seed := range []string{"", " a ", "\"'a'\"", "a\nb", "\u0085", "''", "\"", "https://a.test/z", "\x1b[31m"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, id, secret string) {
		for _, kind := range []string{"public", "confidential", "s2s"} {
			once := tidied(App{Kind: kind, Profile: id, ClientID: id, Secret: Secret(secret), SecretCmd: id, RedirectURI: id, User: id})
			if strings.ContainsAny(once.ClientID+once.Secret.Reveal()+once.RedirectURI, " \t\r\n\x00") {
				t.Errorf("blanks are left in %q", once.ClientID)
			}
			if checkName(once.Profile, nil) == "" && strings.ContainsAny(once.Profile, "/\\ \x1b") {
				t.Errorf("%q passes for a name", once.Profile)
			}
			if checkID("id", once.ClientID) == "" && tidied(once).ClientID != once.ClientID {
				t.Errorf("%q changes when it is tidied again", once.ClientID)
			}
		}
	})
}
