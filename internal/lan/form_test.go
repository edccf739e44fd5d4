package lan

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"zoomtui/internal/explain"
)

func TestPastedText(t *testing.T) {
	t.Parallel()
	const address = "http://127.0.0.1:8976/callback?code=a+b%2Fc&state=x"
	tests := map[string]struct {
		body, want string
		err        error
	}{
		"an address":      {"address=" + url.QueryEscape(address), address, nil},
		"nothing":         {"address=", "", nil},
		"another field":   {"address=a&more=b", "", errDamaged},
		"the field twice": {"address=a&address=b", "", errDamaged},
		"no field":        {"", "", errDamaged},
		"half an escape":  {"address=%4", "", errDamaged},
		"a semicolon":     {"address=a;b=c", "", errDamaged},
		"too long":        {"address=" + strings.Repeat("a", maxBody), "", errTooLong},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := pastedText(test.body)
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("%q, %v", got, err)
			}
			if err != nil && explain.Of(err).What != "The pasted text does not complete the sign-in." {
				t.Errorf("%q", explain.Of(err).What)
			}
		})
	}
}

func TestIsForm(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]bool{
		"application/x-www-form-urlencoded": true, "Application/X-WWW-Form-Urlencoded; charset=UTF-8": true,
		"": false, "text/plain": false, "multipart/form-data; boundary=x": false, "application/json": false, ";": false,
	} {
		if got := isForm(http.Header{"Content-Type": {kind}}); got != want {
			t.Errorf("%q: %v", kind, got)
		}
	}
}

// FuzzPastedText: what comes out is what went in, or nothing.
func FuzzPastedText(f *testing.F) {
	for _, seed := range []string{"address=a", "address=%20%0a", "address=a&address=b", "=", "&", "address=%", "address=" + strings.Repeat("%41", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		text, err := pastedText(body)
		switch {
		case err != nil && text != "":
			t.Fatalf("%q and %v", text, err)
		case err == nil && len(text) > maxBody:
			t.Fatalf("%d bytes", len(text))
		}
		back, err := pastedText(url.Values{fieldName: {body}}.Encode())
		if len(url.QueryEscape(body))+len(fieldName)+1 <= maxBody && (err != nil || back != body) {
			t.Fatalf("%q comes back as %q, %v", body, back, err)
		}
	})
}
