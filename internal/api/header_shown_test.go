package api

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestShownHeader: no header that is named as a secret is shows its value, and
// nothing is cut before it is hidden.
func TestShownHeader(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxHeaderValue-12)
	tests := []struct{ name, value, want string }{
		{"X-Api-Key", "abcd1234SECRET", "[redacted]"},
		{"X-Auth-Token", "SECRET", "[redacted]"},
		{"X-Csrf-Token", "SECRET", "[redacted]"},
		{"X-Amz-Security-Token", "SECRET", "[redacted]"},
		{"X-Zm-Signature", "v0=SECRET", "[redacted]"},
		{"Client-Secret", "SECRET", "[redacted]"},
		{"Authorization", "Bearer SECRET", "Bearer [redacted]"},
		{"Set-Cookie", "_zm=SECRET; Path=/", "[redacted]"},
		{"X-Zm-Trackingid", "v=2.0;clid=us02;rid=WEB_1", "v=2.0;clid=us02;rid=WEB_1"},
		{"X-Ratelimit-Type", "Daily-limit", "Daily-limit"},
		{"Www-Authenticate", `Bearer error="invalid_token"`, `Bearer error="invalid_token"`},
		{"Content-Type", "application/json", "application/json"},
		{"X-Long", long + " Bearer SECRETSECRETSECRET1", long + " Bearer [red"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := http.Header{tt.name: {tt.value}}
			if diff := cmp.Diff(http.Header{tt.name: {tt.want}}, shownHeader(h)); diff != "" {
				t.Error(diff)
			}
			var b strings.Builder
			if traceHeader(&b, "> ", h); strings.Contains(b.String(), "SEC") {
				t.Errorf("the trace says %s", b.String())
			}
		})
	}
}

// TestHiddenBeforeCut: of a secret at the place where a text is cut nothing is left,
// and no character is split there.
func TestHiddenBeforeCut(t *testing.T) {
	t.Parallel()
	const secret = " Bearer SECRETSECRETSECRET1"
	at := func(limit int) string { return strings.Repeat("x", limit-11) + secret }
	_, message := readFailure([]byte(`{"code":1,"message":"` + at(maxMessage) + `"}`))
	var trace strings.Builder
	traceHeader(&trace, "< ", http.Header{"X-A": {at(1000)}})
	traceBody(&trace, "< ", http.Header{"Content-Type": {"text/html"}}, []byte(at(300)))
	for name, text := range map[string]string{
		"tracking id": trackingID(http.Header{"X-Zm-Trackingid": {at(200)}}),
		"short":       shortHeader(http.Header{"A": {at(40)}}, "A"),
		"message":     message,
		"trace":       trace.String(),
	} {
		if strings.Contains(text, "SEC") || !strings.Contains(text, "Bearer") {
			t.Errorf("%s: %s", name, text)
		}
	}
	if id := trackingID(http.Header{"X-Zm-Trackingid": {"x" + strings.Repeat("é", 200)}}); id != "x"+strings.Repeat("é", 99) {
		t.Errorf("the tracking id is %q", id)
	}
}

// TestReadBehindClose: a Read that ends behind Close, in another goroutine, changes
// nothing of what is kept.
func TestReadBehindClose(t *testing.T) {
	t.Parallel()
	in := &intake{limit: 100, veil: newVeil(100)}
	b := &watchedBody{ReadCloser: io.NopCloser(strings.NewReader(`{"id":1}`)), intake: in}
	var kept keptBody
	b.done = func(b *watchedBody) { kept = b.intake.close(b.whole(-1), b.bytes) }
	buf := make([]byte, 4)
	for range 2 { // the second comes behind Close
		if _, err := b.Read(buf); err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(kept.text, []byte(`{"id`)) || kept.note != "Not whole: the reading ended after 4 bytes." {
		t.Errorf("kept are %q, %q", kept.text, kept.note)
	}
}
