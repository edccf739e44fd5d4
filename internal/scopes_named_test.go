package internal_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/api"
	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
)

// TestNamedScopes: a call that is refused, an answer that is explained and one that
// is pasted are read alike, whatever Zoom's wording.
func TestNamedScopes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		message string
		want    []string
	}{
		"usual":                 {"Invalid access token, does not contain scopes:[a:b, c:d].", []string{"a:b", "c:d"}},
		"blank before the list": {"does not contain scopes: [a:b]", []string{"a:b"}},
		"no colon":              {"does not contain scopes[a:b]", []string{"a:b"}},
		"required":              {"Invalid access token, does not contain required scopes:[a:b,c:d].", []string{"a:b", "c:d"}},
		"singular":              {"Does Not Contain Scope: [a:b]", []string{"a:b"}},
		"a name with a blank":   {"does not contain scopes:[contact_center:write:queue disposition:admin, x:y].", []string{"contact_center:write:queue disposition:admin", "x:y"}},
		"misspelt":              {"does not contain scopes:[division:wirte:admin]", []string{"division:wirte:admin"}},
		"master":                {"does not contain scopes:[meeting:read:summary:master, scim2, user_profile].", []string{"meeting:read:summary:master", "scim2", "user_profile"}},
		"cut off":               {"does not contain scopes:[a:b, c:d", []string{"a:b", "c:d"}},
		"quoted":                {`does not contain scopes:["a:b", 'c:d']`, []string{"a:b", "c:d"}},
		"bare":                  {"missing required scopes: a:b, user_profile.", []string{"a:b", "user_profile"}},
		"the second mention":    {"token scope is wrong, does not contain scopes:[a:b]", []string{"a:b"}},
		"no names":              {"The access token is invalid, expired, or missing required scopes.", nil},
		"prose":                 {"scopes: please look at the documentation", nil},
		"prose before the list": {"About scopes: none fits. It does not contain scopes:[a:b]", []string{"a:b"}},
		"empty list":            {"does not contain scopes:[].", nil},
		"other":                 {"No permission.", nil},
		"upper case kept":       {"does not contain SCOPES:[A:b]", []string{"A:b"}},
		"letters that shrink":   {"İİİ does not contain scopes:[a:b]", []string{"a:b"}},
		"dots and commas":       {"scopes:[a:b., , c:d,]", []string{"a:b", "c:d"}},
		"escaped":               {`scopes:[\"a:b\", \"c:d\"]`, []string{"a:b", "c:d"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, err := json.Marshal(map[string]any{"code": 4711, "message": tt.message})
			if err != nil {
				t.Fatal(err)
			}
			pasted, _ := explain.Pasted(string(body), "", "", time.UTC)
			read := map[string][]string{
				"message": scope.NamedScopes(tt.message),
				"pasted":  pasted.Facts.MissingScopes,
				"query":   scope.ReadQuery(string(body)).Live.Scopes,
				"api":     refusal(t, body).MissingScopes,
			}
			for by, names := range read {
				if diff := cmp.Diff(tt.want, names); diff != "" {
					t.Errorf("%s: %s", by, diff)
				}
			}
		})
	}
}

// TestNamedScopesBroken: what the width of a terminal has broken is joined where a
// text is pasted.
func TestNamedScopesBroken(t *testing.T) {
	t.Parallel()
	const text = "Invalid access token, does not contain scopes:[meeting:read:list_upcoming_mee\n   tings, meeting:read\n:admin]."
	want := []string{"meeting:read:list_upcoming_meetings", "meeting:read:admin"}
	pasted, _ := explain.Pasted(text, "", "", time.UTC)
	for by, names := range map[string][]string{"pasted": pasted.Facts.MissingScopes, "scope": scope.ReadQuery(text).Live.Scopes} {
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%s: %s", by, diff)
		}
	}
}

// refusal is what the API client makes of an answer.
func refusal(t *testing.T, body []byte) explain.Facts {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write(body)
	}))
	t.Cleanup(server.Close)
	client := api.New(api.Options{Base: func(context.Context) (string, error) { return server.URL, nil }})
	_, err := client.Me(t.Context())
	return explain.Of(err).Facts
}
