package api

import (
	"strings"
	"testing"

	"zoomtui/internal/explain"
)

func TestCheckBase(t *testing.T) {
	t.Parallel()
	extra := []string{"zoom.corp.example", "gate.example:8443", "https://proxy.example/zoom"}
	tests := []struct {
		base string
		ok   bool
	}{
		{"https://api.zoom.us", true},
		{"https://API.Zoom.us/", true},
		{"https://api-eu.zoom.us", true},
		{"https://zoom.us", true},
		{"https://api.zoomgov.com", true},
		{"https://vanity.zoom.us.", true},
		{"https://zoom.corp.example", true},
		{"https://zoom.corp.example:9000", true},
		{"https://gate.example:8443", true},
		{"https://gate.example", false},
		{"https://proxy.example/zoom", true},
		{"https://proxy.example:444", false},
		{"http://127.0.0.1:8977", true},
		{"http://[::1]:8977", true},
		{"http://localhost:1", true},
		{"https://127.0.0.1", true},
		{"http://api.zoom.us", false},
		{"http://zoom.corp.example", false},
		{"http://127.0.0.1.evil.example", false},
		{"http://192.168.0.1", false},
		{"https://evilzoom.us", false},
		{"https://zoom.us.evil.example", false},
		{"https://zoom.us@evil.example", false},
		{"https://user:hunter2@api.zoom.us", false},
		{"https://api.zoom.us?x=1", false},
		{"https://api.zoom.us#x", false},
		{"https://zооm.us", false}, // Cyrillic
		{"ftp://api.zoom.us", false},
		{"https:api.zoom.us", false},
		{"api.zoom.us", false},
		{"//api.zoom.us", false},
		{"https://", false},
		{"", false},
		{"https://api.zoom.us\x00.evil.example", false},
		{"https://[::1%25lo]", true},
	}
	for _, tt := range tests {
		err := CheckBase(tt.base, extra...)
		if (err == nil) != tt.ok {
			t.Errorf("CheckBase(%q) = %v, want ok %v", tt.base, err, tt.ok)
		}
		if err == nil {
			continue
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the password is in the error: %v", err)
		}
		if p := explain.Of(err); p.Class() != explain.Usage {
			t.Errorf("%q is explained as %v", tt.base, p.Class())
		}
	}
}
