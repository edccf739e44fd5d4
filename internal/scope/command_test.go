package scope

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadCommand(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Zk3vQ8mN2x", 6)
	for name, tt := range map[string]struct {
		text string
		want Command
	}{
		"curl":              {`curl 'https://api.zoom.us/v2/users/me/meetings?page_size=2&type=live' -H "Authorization: Bearer ` + long + `"`, Command{Method: "GET", Target: "https://api.zoom.us/v2/users/me/meetings?page_size=2&type=live"}},
		"with a body":       {"curl -X PATCH https://api.zoom.us/v2/meetings/1 \\\n  -d '{\"topic\":\"x\"}'", Command{Method: "PATCH", Target: "https://api.zoom.us/v2/meetings/1", Sends: true}},
		"escaped twice":     {`curl https://api.zoom.us/v2/past_meetings/%252Fabc%3D%3D`, Command{Method: "GET", Target: "https://api.zoom.us/v2/past_meetings/%252Fabc%3D%3D"}},
		"a variable before": {`curl "$BASE/users/me?a=b" -H "$AUTH"`, Command{Method: "GET", Target: "/users/me?a=b"}},
		"a variable host":   {`curl "https://{{host}}/v2/users/me"`, Command{Method: "GET", Target: "/v2/users/me"}},
		"no scheme":         {`curl api.zoom.us/v2/users/me`, Command{Method: "GET", Target: "https://api.zoom.us/v2/users/me"}},
		"a password":        {`curl https://me:pw@api.zoom.us/v2/users/me`, Command{Method: "GET", Target: "https://api.zoom.us/v2/users/me", Hidden: true}},
		"a token in it":     {`curl 'https://api.zoom.us/v2/users/me?a=1&access_token=abc&zak=` + long + `'`, Command{Method: "GET", Target: "https://api.zoom.us/v2/users/me?a=1", Hidden: true}},
		"zoomtui api":       {`zoomtui --profile work api POST /users/me/meetings -f topic=x`, Command{Method: "POST", Target: "/users/me/meetings", Sends: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := ReadCommand(tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" || !ok {
				t.Error(ok, diff)
			}
		})
	}
	for _, text := range []string{"", "GET /users/me", "curl", "curl https://api.zoom.us/v2/x/" + long, "what does curl do?"} {
		if got, ok := ReadCommand(text); ok {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
