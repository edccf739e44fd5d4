package config

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"zoomtui/internal/auth"
)

// Whatever the values are, a file that was written with them says them.
func FuzzEntryRoundTrip(f *testing.F) {
	f.Add("id", "s3cret", `pass "a" | tr -d '\n'`)
	f.Add("a\tb\x00\x7f", "\"\\", "'''\n\"\"\"")
	f.Add("愛子\u2028", "\\u0041", "x # y")
	f.Add("\xff", "", "")
	f.Fuzz(func(t *testing.T, id, secret, other string) {
		e := Entry{Kind: other, ClientID: id, ClientSecret: auth.Secret(secret), User: other, Timezone: id}
		want := document{DefaultProfile: "p.1", Profiles: map[string]Entry{"p.1": e, "q": {ClientID: "x"}}}
		text, err := rewrite("# kept\n", want)
		if err != nil {
			if utf8.ValidString(id) && utf8.ValidString(secret) && utf8.ValidString(other) {
				t.Fatalf("%q, %q, %q cannot be written: %v", id, secret, other, err)
			}
			return
		}
		if got, err := parse("", text); err != nil || !got.equal(want) {
			t.Errorf("%q says %+v (%v), want %+v", text, got, err, want)
		}
	})
}

// Whatever the file is, a change is made exactly or refused, and of what it is
// not about, no line is lost.
func FuzzRewrite(f *testing.F) {
	for _, seed := range []string{
		"", "# a\n\ndefault_profile = \"a\" # b\n[profiles.a]\nclient_id = 'x' # c\n# d\n\n# e\n[profiles.b]\nkind='s2s'\n",
		"[profiles]\na.client_id='x'\nb={kind='s2s', client_id=\"#\"}\n", "profiles.a.kind = \"\"\"\n# no comment\n\"\"\" # e\n", "\ufeff[profiles.a]\r\n[profiles.\"a b\"]",
		"[profiles.a]\nclient_id='''x'''''\n", "[ profiles.'a' ] # h\n \tkind\t=\t'x'#c", "profiles={a={},b={}}", "[profiles.\"\\u0061\"]\nkind=''",
		"store = 'keyring' # a\nnotify\t=\ttrue # b\n\n# c\n[profiles.a]\nclient_id='x'\nstore = \"file\"\n", "notify=false\nprofiles={a={store='file'}}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		had, err := parse("", text)
		if err != nil {
			return
		}
		if all, err := scan(text); err == nil {
			if got := (&pages{all: all}).text(); got != text {
				t.Fatalf("scanned %q as %q", text, got)
			}
		}
		with := had
		with.DefaultProfile, with.Profiles = "new", map[string]Entry{}
		maps.Copy(with.Profiles, had.Profiles)
		with.Profiles["new"] = Entry{ClientID: "n"}
		added, err := rewrite(text, with)
		if err != nil {
			return
		}
		if _, before := had.Profiles["new"]; !before {
			if lost := lostLines(text, added); len(lost) > 1 || len(lost) == 1 && !strings.Contains(lost[0], "default_profile") {
				t.Errorf("adding a profile to %q loses %q: %q", text, lost, added)
			}
		}
		for name := range with.Profiles {
			without := document{Store: had.Store, Notify: had.Notify, Profiles: maps.Clone(with.Profiles)}
			delete(without.Profiles, name)
			if got, err := rewrite(added, without); err == nil {
				if says, err := parse("", got); err != nil || !says.equal(without) {
					t.Errorf("removing %q from %q gives %q (%v)", name, added, got, err)
				}
			}
		}
	})
}

// lostLines are the lines of a text that another one does not have.
func lostLines(text, other string) []string {
	lines := func(s string) []string {
		return strings.Split(strings.NewReplacer("\r", "", "\ufeff", "").Replace(s), "\n")
	}
	have := lines(other)
	var lost []string
	for _, line := range lines(text) {
		if !slices.Contains(have, line) {
			lost = append(lost, line)
		}
	}
	return lost
}
