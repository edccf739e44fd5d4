package calls

import (
	"strings"
	"testing"
)

func TestTemplate(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/oauth/token":  "/oauth/token",
		"/v2/users/me":  "/v2/users/me",
		"/v2/users/me/": "/v2/users/me",
		"":              "/",
		"//":            "/",
		"/v2/users/me/meetings?type=upcoming&page_size=300":      "/v2/users/me/meetings",
		"/v2/users/aiko@example.com/upcoming_meetings":           "/v2/users/{email}/upcoming_meetings",
		"/v2/users/aiko%40example.com":                           "/v2/users/{email}",
		"/v2/users/zJKyaiAyTNC-MWjiWC18KQ/meetings":              "/v2/users/{id}/meetings",
		"/v2/meetings/85212345678/registrants":                   "/v2/meetings/{number}/registrants",
		"/v2/meetings/85212345678?occurrence_id=1732244400000":   "/v2/meetings/{number}",
		"/v2/past_meetings/%252F4xfs%252BkT%253D%253D/instances": "/v2/past_meetings/{id}/instances",
		"/v2/meetings/9f1c2d3e-0a1b-4c5d-8e9f-001122334455":      "/v2/meetings/{uuid}",
		"/v2/rooms/Kitchen":                                      "/v2/rooms/{id}",
		"/v2/rooms/kitchen":                                      "/v2/rooms/{id}",
		"/v2/h323/devices/abc":                                   "/v2/h323/devices/{id}",
		"/scim2/Users/1a":                                        "/scim2/Users/{id}",
		"/v2/users/{email}":                                      "/v2/users/{email}",
		"/v2/users/{aiko}":                                       "/v2/users/{id}",
		"/v2/users/[redacted]":                                   "/v2/users/{id}",
		"/v2/users/a\x1b[2Jb":                                    "/v2/users/{id}",
		"/v2/files#aiko;x":                                       "/v2/files",
		"/v2" + strings.Repeat("/users", 20):                     "/v2" + strings.Repeat("/users", 11),
	} {
		if got := Template(path); got != want {
			t.Errorf("%q becomes %q, want %q", path, got, want)
		}
	}
}

func TestHost(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"zoom.us": "zoom.us", "Zoom.US:443": "zoom.us", "api.zoom.us": "api.zoom.us", "api-eu.zoom.us": "api-eu.zoom.us",
		"api.zoomgov.com": "api.zoomgov.com", "eu01api.zoom.us": "eu01api.zoom.us", "eu01api-www4local.zoom.us": "eu01api-www4local.zoom.us",
		"acme.zoom.us": "{vanity}.zoom.us", "api-acme.zoom.us": "{vanity}.zoom.us", "acme01api.zoom.us": "{vanity}.zoom.us", "a.api.zoom.us": "{vanity}.zoom.us",
		"{vanity}.zoom.us": "{vanity}.zoom.us", "{host}": "{host}",
		"127.0.0.1:8080": "127.0.0.1", "[::1]:8080": "::1", "::1": "::1", "localhost:80": "localhost",
		"192.168.1.7": "{host}", "build7.example.com": "{host}", "notzoom.us": "{host}", "zoom.us.evil.example": "{host}", "": "{host}",
	} {
		if got := Host(host); got != want {
			t.Errorf("%q becomes %q, want %q", host, got, want)
		}
	}
}

// Whatever comes in, nothing that looks like an id, an address or a name gets out.
func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{
		"/v2/users/aiko@example.com/meetings?x=y", "/v2/meetings/85212345678", "/v2/past_meetings/%252Fa%253D%253D",
		"/v2/users/zJKyaiAyTNC-MWjiWC18KQ", "//", "/v2/users/{email}/x{id}", "/v2/9f1c2d3e-0a1b-4c5d-8e9f-001122334455\n/x", "\xff/v2", "/h323/v2/scim2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		got := Template(path)
		if Template(got) != got {
			t.Errorf("the template %q of %q has the template %q", got, path, Template(got))
		}
		if len(got) > 400 || !strings.HasPrefix(got, "/") {
			t.Errorf("%q becomes %q", path, got)
		}
		rest := strings.NewReplacer("/", " ", "{email}", "", "{number}", "", "{uuid}", "", "{id}", "").Replace(got)
		for word := range strings.FieldsSeq(rest) {
			if !strings.Contains("\n"+wordList, "\n"+word+"\n") {
				t.Errorf("%q of %q has got into %q", word, path, got)
			}
			if word != "v2" && word != "h323" && word != "scim2" && strings.ContainsAny(word, "0123456789@%") {
				t.Errorf("%q looks like an id, and is in %q", word, got)
			}
		}
	})
}

// A host is told only if it names Zoom or this machine.
func FuzzHost(f *testing.F) {
	for _, seed := range []string{"zoom.us", "acme.zoom.us:443", "[::1]:80", "fe80::1%eth0", "::1%aiko", "x.zoomgov.com.", "api-eu.zoom.us"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		got := Host(host)
		if Host(got) != got {
			t.Errorf("the host %q of %q becomes %q", got, host, Host(got))
		}
		switch {
		case got == unknownHost, got == "localhost", got == "::1", strings.HasPrefix(got, "127."):
		case strings.HasSuffix(got, "zoom.us") || strings.HasSuffix(got, "zoomgov.com"):
			if len(got) > 32 {
				t.Errorf("%q becomes %q", host, got)
			}
		default:
			t.Errorf("%q becomes %q", host, got)
		}
	})
}
