package auth_test

import (
	"fmt"
	"strings"
	"testing"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
)

// interopDevice signs in with a short code. This server leaves interval out, so
// each poll comes 5 s after the last (RFC 8628 section 3.2).
func interopDevice(t *testing.T, issuer string) {
	o := interopOptions(t, issuer, interopConfidential)
	l := interopLogin(t, o)
	d, err := l.Device(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	code := d.Code()
	if !strings.HasPrefix(code.URI, issuer) || !strings.HasPrefix(code.CompleteURI, code.URI) || !strings.Contains(code.CompleteURI, code.UserCode) {
		t.Errorf("the short code is %+v", code)
	}
	if page := newVisitor(t).allow(code.CompleteURI, ""); !strings.Contains(page.body, "Sign-in Success") {
		t.Fatalf("the browser ends on:\n%s", page.body)
	}
	if err := d.Wait(soon(t)); err != nil {
		t.Fatal(err)
	}
	r, err := l.Wait(soon(t))
	if err != nil || r.Way != auth.WayDevice || r.Token.RefreshToken == "" || r.Token.Scope != interopScope {
		t.Errorf("way %q, scope %q, %v", r.Way, r.Token.Scope, err)
	}
	endpoint, err := auth.NewEndpoint(o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := endpoint.Refresh(soon(t), r.Token.RefreshToken); err != nil {
		t.Error(err)
	}
}

// interopDeviceTyped types the code by hand, in small letters and without its dash.
func interopDeviceTyped(t *testing.T, issuer string) {
	l := interopLogin(t, interopOptions(t, issuer, interopConfidential))
	d, err := l.Device(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	person := newVisitor(t)
	person.types = strings.ToLower(strings.ReplaceAll(d.Code().UserCode, "-", ""))
	if page := person.allow(d.Code().URI, ""); !strings.Contains(page.body, "Sign-in Success") {
		t.Fatalf("the browser ends on:\n%s", page.body)
	}
	if err := d.Wait(soon(t)); err != nil {
		t.Error(err)
	}
}

func interopDeviceDeclined(t *testing.T, issuer string) {
	l := interopLogin(t, interopOptions(t, issuer, interopConfidential))
	d, err := l.Device(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	newVisitor(t).decline(d.Code().CompleteURI, "")
	wantKind(t, d.Wait(soon(t)), auth.ErrDeclined)
	// The other ways go on.
	if err := l.Paste(newVisitor(t).allow(l.URL(), interopHTTPS).address); err != nil {
		t.Error(err)
	}
}

func interopDeviceOff(t *testing.T, issuer string) {
	l := interopLogin(t, interopOptions(t, issuer, interopNoDevice))
	_, err := l.Device(soon(t))
	wantKind(t, err, auth.ErrRefused)
	if p := explain.Of(err); !strings.Contains(fmt.Sprint(p), "Use App on Device") {
		t.Errorf("nothing says where short codes are switched on: %+v", p)
	}
}
