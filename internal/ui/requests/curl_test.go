package requests

import (
	"strings"
	"testing"
)

func TestCurl(t *testing.T) {
	t.Parallel()
	headers := []Field{{"Accept", "application/json"}, {"Authorization", redacted}, {"User-Agent", "zoomtui/1"}}
	withBody := append(headers, Field{"Content-Type", "application/json"})
	for name, tt := range map[string]struct {
		x      Exchange
		want   string
		hidden bool
	}{
		"a GET": {
			Exchange{Call: Call{Method: "GET"}, URL: "https://api.zoom.us/v2/users/me?a=1&b=2", RequestHeader: headers},
			`curl 'https://api.zoom.us/v2/users/me?a=1&b=2' -H "Authorization: Bearer $(zoomtui token)" -H 'Accept: application/json'`, false,
		},
		"a body with quotes": {
			Exchange{Call: Call{Method: "POST"}, URL: "https://api.zoom.us/v2/users/me/meetings", RequestHeader: withBody, RequestBody: []byte(`{"topic":"it's"}`)},
			`curl -X POST https://api.zoom.us/v2/users/me/meetings -H "Authorization: Bearer $(zoomtui token)" -H 'Accept: application/json' -H 'Content-Type: application/json' --data-raw '{"topic":"it'\''s"}'`, false,
		},
		"a body that is not kept": {
			Exchange{Call: Call{Method: "PATCH"}, URL: "https://api.zoom.us/v2/meetings/1", RequestHeader: withBody},
			`curl -X PATCH https://api.zoom.us/v2/meetings/1 -H "Authorization: Bearer $(zoomtui token)" -H 'Accept: application/json' -H 'Content-Type: application/json' --data-raw REDACTED`, true,
		},
		"a value that is not kept": {
			Exchange{Call: Call{Method: "GET"}, URL: "https://api.zoom.us/v2/users?next_page_token=[redacted]"},
			`curl 'https://api.zoom.us/v2/users?next_page_token=REDACTED' -H "Authorization: Bearer $(zoomtui token)"`, true,
		},
		"HEAD": {
			Exchange{Call: Call{Method: "HEAD"}, URL: "https://api.zoom.us/v2/users/me"},
			`curl --head https://api.zoom.us/v2/users/me -H "Authorization: Bearer $(zoomtui token)"`, false,
		},
		"a step of the sign-in": {
			Exchange{
				Call: Call{Method: "POST", Step: "refresh"}, URL: "https://zoom.us/oauth/token",
				RequestHeader: []Field{{"Content-Type", "application/x-www-form-urlencoded"}}, RequestBody: []byte("grant_type=refresh_token&refresh_token=" + redacted),
			},
			`curl -X POST https://zoom.us/oauth/token -H 'Authorization: REDACTED' -H 'Content-Type: application/x-www-form-urlencoded' --data-raw 'grant_type=refresh_token&refresh_token=REDACTED'`, true,
		},
		"with a token that was pasted": {
			Exchange{Call: Call{Method: "GET", OtherToken: true}, URL: "https://api.zoom.us/v2/users/me"},
			`curl https://api.zoom.us/v2/users/me -H 'Authorization: Bearer REDACTED'`, true,
		},
		"brackets in the address": {
			Exchange{Call: Call{Method: "GET"}, URL: "https://api.zoom.us/v2/a?b[]=1"},
			`curl --globoff 'https://api.zoom.us/v2/a?b[]=1' -H "Authorization: Bearer $(zoomtui token)"`, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, hidden := Curl(tt.x, "zoomtui token")
			if got != tt.want || hidden != tt.hidden {
				t.Errorf("hidden %v:\n%s\nwant %v:\n%s", hidden, got, tt.hidden, tt.want)
			}
			if strings.Contains(got, redacted) {
				t.Error("the brackets stay in the line, which curl would take for a pattern")
			}
		})
	}
}
