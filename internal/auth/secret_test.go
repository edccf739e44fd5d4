package auth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
)

// everyWay prints a value in every way that a program might log it.
func everyWay(t *testing.T, v any) string {
	t.Helper()
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", v)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(data)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
	return out.String()
}

func TestSecretsDoNotPrint(t *testing.T) {
	t.Parallel()
	const hidden = "s3cr3t-of-the-app"
	hexed := fmt.Sprintf("%x", hidden)
	values := map[string]any{
		"secret":  Secret(hidden),
		"pointer": new(Secret(hidden)),
		"map":     map[string]Secret{"key": hidden},
		"token": Token{
			AccessToken: hidden, RefreshToken: hidden,
			Unknown: map[string]json.RawMessage{"id_token": json.RawMessage(`"` + hidden + `"`)},
		},
		"grant":         Grant{AccessToken: hidden, RefreshToken: hidden},
		"authorization": Authorization{State: hidden, Verifier: hidden},
		"result":        Result{Token: Token{AccessToken: hidden}},
		"source":        StaticSource(hidden, Options{}),
		"request":       TokenRequest{rejected: hidden},
		"device":        &Device{secret: hidden, code: DeviceCode{UserCode: hidden, CompleteURI: hidden}},
		"login":         &Login{auth: Authorization{State: hidden, Verifier: hidden}, url: hidden},
	}
	for name, v := range values {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := everyWay(t, v)
			if contains(text, hidden) || contains(text, hexed) {
				t.Errorf("it is in here:\n%s", text)
			}
		})
	}
	if Secret(hidden).Reveal() != hidden {
		t.Error("Reveal does not")
	}
	if s := fmt.Sprint(Secret("")); s != "" {
		t.Errorf("no secret prints as %q", s)
	}
}

func TestFingerprint(t *testing.T) {
	t.Parallel()
	// printf %s abc | sha256sum
	if got := Fingerprint("abc"); got != "ba7816" {
		t.Errorf("got %s", got)
	}
	if got := Fingerprint(""); got != "" {
		t.Errorf("nothing has fingerprint %s", got)
	}
}

func TestScopeDiff(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, before, after, want string }{
		{"first", "", "b a", "{[a b] [] [] false}"},
		{"same in another order", "a b", "b,a", "{[] [] [a b] false}"},
		{"one more", "a", "a b", "{[b] [] [a] false}"},
		{"one less", "a b", "b", "{[] [a] [b] false}"},
		{"twice the same", "a a", "a", "{[] [] [a] false}"},
		{"none named", "a b", " ", "{[] [] [] true}"},
		{"none ever named", "", "", "{[] [] [] true}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := DiffScopes(test.before, test.after)
			if got := fmt.Sprint(d); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if d.Changed() != (len(d.Added)+len(d.Removed) > 0) {
				t.Error("Changed is wrong")
			}
		})
	}
}
