package scope

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

func TestReadQuery(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want Query
	}{
		"empty":            {" \n\t", Query{}},
		"word":             {"upcoming", Query{Words: []string{"upcoming"}}},
		"words":            {"List  Meetings", Query{Words: []string{"list", "meetings"}}},
		"path":             {"/users/me/meetings", Query{Path: "/users/me/meetings", Address: true}},
		"path, v2, query":  {" /v2/users/me/meetings?type=live ", Query{Path: "/users/me/meetings", Address: true}},
		"path, no slash":   {"users/me/meetings", Query{Path: "/users/me/meetings", Address: true}},
		"v2 path":          {"v2/users/me", Query{Path: "/users/me", Address: true}},
		"template":         {"/users/{userId}", Query{Path: "/users/{userId}", Address: true}},
		"method and path":  {"GET /users/me/meetings", Query{Method: "GET", Path: "/users/me/meetings"}},
		"small method":     {"delete /meetings/123", Query{Method: "DELETE", Path: "/meetings/123"}},
		"method, colon":    {"POST: users/me/meetings", Query{Method: "POST", Path: "/users/me/meetings"}},
		"method and URL":   {"PATCH https://api.zoom.us/v2/meetings/85746065432", Query{Method: "PATCH", Path: "/meetings/85746065432"}},
		"request line":     {"GET /v2/users/me HTTP/1.1\nHost: api.zoom.us\nAuthorization: Bearer abcdefghijklm\n", Query{Method: "GET", Path: "/users/me"}},
		"access log":       {`10.0.0.1 - - [22/Nov/2026] "GET /v2/users/me/token?type=zak HTTP/1.1" 400 120`, Query{Method: "GET", Path: "/users/me/token", Live: &Live{Status: 400}}},
		"URL":              {"https://api.zoom.us/v2/users/me/upcoming_meetings", Query{Path: "/users/me/upcoming_meetings", Address: true}},
		"URL, regional":    {"https://eu01api-www4local.zoom.us/v2/users", Query{Path: "/users", Address: true}},
		"URL, government":  {"https://api.zoomgov.com/v2/users/me?a=b#c", Query{Path: "/users/me", Address: true}},
		"URL, any host":    {"http://127.0.0.1:9000/v2/users/me/", Query{Path: "/users/me", Address: true}},
		"URL, gateway":     {"https://gateway.example.com/zoom/v2/users/me", Query{Path: "/users/me", Address: true}},
		"URL, no v2":       {"https://api.zoom.us/users/me", Query{Path: "/users/me", Address: true}},
		"URL, no scheme":   {"api.zoom.us/v2/users/me", Query{Path: "/users/me", Address: true}},
		"URL, scim":        {"https://api.zoom.us/scim2/Users/abc", Query{Path: "/scim2/Users/abc", Address: true}},
		"URL, password":    {"https://me:hunter2hunter2@api.zoom.us/v2/users/me", Query{Path: "/users/me", Address: true}},
		"URL, in brackets": {"see <https://api.zoom.us/v2/users/me/settings>.", Query{Path: "/users/me/settings"}},
		"postman":          {"{{baseUrl}}/users/:userId/meetings", Query{Path: "/users/:userId/meetings", Address: true}},
		"postman, method":  {"GET {{baseUrl}}/v2/users/me", Query{Method: "GET", Path: "/users/me"}},
		"postman, host":    {"https://{{host}}/v2/users/me", Query{Path: "/users/me", Address: true}},
		"fetch":            {"fetch(\"https://api.zoom.us/v2/users/me/meetings\", {\n  \"headers\": {\"authorization\": \"Bearer eyJabc.def.ghi\"},\n  \"body\": \"{\\\"topic\\\":1}\",\n  \"method\": \"POST\"\n});", Query{Method: "POST", Path: "/users/me/meetings"}},
		"python":           {`requests.get("https://api.zoom.us/v2/users/me", headers={"Authorization": "Bearer x"})`, Query{Method: "GET", Path: "/users/me"}},
		"powershell":       {`Invoke-RestMethod -Uri "https://api.zoom.us/v2/meetings/1" -Method Delete -Headers $h`, Query{Method: "DELETE", Path: "/meetings/1"}},
		"wget":             {`wget --post-data 'a=b' https://api.zoom.us/v2/users`, Query{Method: "POST", Path: "/users"}},
		"httpie":           {`http PATCH https://api.zoom.us/v2/users/me "Authorization:Bearer x"`, Query{Method: "PATCH", Path: "/users/me"}},
		"path in prose":    {"what does /users/me/zak need?", Query{Path: "/users/me/zak"}},
		"e-mail in path":   {"GET /users/jane.doe+x@example.com/settings", Query{Method: "GET", Path: "/users/jane.doe+x@example.com/settings"}},
		"uuid, encoded":    {"GET /past_meetings/%252FajXp112QmuoKj4854875%253D%253D", Query{Method: "GET", Path: "/past_meetings/%252FajXp112QmuoKj4854875%253D%253D"}},
		"other site":       {"https://example.com/users/me", Query{}},
		"scope":            {"meeting:read:list_meetings", Query{Scope: "meeting:read:list_meetings"}},
		"scope, quoted":    {" \"User:Read:User:Admin\", ", Query{Scope: "user:read:user:admin"}},
		"scope, blank":     {"contact_center:write:queue disposition:admin", Query{Scope: "contact_center:write:queue disposition:admin"}},
		"escaped slashes":  {`{"url":"https:\/\/api.zoom.us\/v2\/users\/me"}`, Query{Path: "/users/me"}},
		"curly quotes":     {"curl -X POST “https://api.zoom.us/v2/users” -H ‘A: b’", Query{Method: "POST", Path: "/users"}},
		"console":          {"zoomtui api GET /users/me/meetings -F page_size=300 --jq .meetings", Query{Method: "GET", Path: "/users/me/meetings"}},
		"gh":               {"gh api users/me -X PATCH -f first_name=Jo", Query{Method: "PATCH", Path: "/users/me"}},
		"gh with fields":   {"zoomtui --profile work api /users -f a=b", Query{Method: "POST", Path: "/users"}},
		"wget, GET":        {`wget https://api.zoom.us/v2/users/me/meetings?page_size=1`, Query{Method: "GET", Path: "/users/me/meetings"}},
		"v2 twice":         {"GET https://api.zoom.us/v2/v2/users/me/meetings", Query{Method: "GET", Path: "/v2/v2/users/me/meetings"}},
		"v2 twice, path":   {"/v2/v2/users/me", Query{Path: "/v2/v2/users/me", Address: true}},
		"v2 twice, bare":   {"v2/v2/users/me", Query{Path: "/v2/v2/users/me", Address: true}},
		"two slashes":      {"//users/me/meetings", Query{Path: "/users/me/meetings", Address: true}},
		"two slashes, GET": {"GET //users/me/meetings", Query{Method: "GET", Path: "/users/me/meetings"}},
		"no scheme":        {"//api.zoom.us/v2/users/me", Query{Path: "/users/me", Address: true}},
		"a comment":        {"//todo fix meetings", Query{Words: []string{"todo", "fix", "meetings"}}},
		"capitals":         {"/Users/Me/Meetings", Query{Path: "/Users/Me/Meetings", Address: true}},
		"capitals, GET":    {"GET /Users/Me/Meetings", Query{Method: "GET", Path: "/Users/Me/Meetings"}},
		"a folder":         {"find /Users/jane/x", Query{Words: []string{"find", "users", "jane", "x"}}},
		"token endpoint":   {"curl -u 7kXq2faBcDeFgHiJkLmN4w:Zk3vQ8mN2xL0pR7tY5wB1cE9MelhoaOw -X POST https://zoom.us/oauth/token", Query{SignIn: true}},
		"token endpoint 2": {"POST https://zoom.us/oauth/token grant_type=account_credentials", Query{SignIn: true}},
		"other command":    {"curl -u jane:hunter2 https://example.com/things", Query{}},
		"id among words":   {"meetings of 7kXq2faBcDeFgHiJkLmN4w", Query{Words: []string{"meetings", "of"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, ReadQuery(test.text)); diff != "" {
				t.Errorf("ReadQuery(%q): %s", test.text, diff)
			}
		})
	}
}

func TestReadQueryOfCurl(t *testing.T) {
	t.Parallel()
	const auth = `-H "Authorization: Bearer eyJhbGciOiJIUzUxMiJ9.eyJ2ZXIiOjEwfQ.c2lnbmF0dXJlc2lnbmF0dXJl"`
	tests := map[string]struct{ text, method, path string }{
		"plain":              {"curl https://api.zoom.us/v2/users/me", "GET", "/users/me"},
		"documentation":      {"curl --request GET \\\n  --url https://api.zoom.us/v2/users/me/meetings \\\n  --header 'Authorization: Bearer YOUR_ACCESS_TOKEN'", "GET", "/users/me/meetings"},
		"prompt":             {"$ curl -s " + auth + " https://api.zoom.us/v2/users/me/settings | jq .", "GET", "/users/me/settings"},
		"glued method":       {"curl -XDELETE https://api.zoom.us/v2/meetings/1", "DELETE", "/meetings/1"},
		"group of letters":   {"curl -sSLX PATCH 'https://api.zoom.us/v2/meetings/1' -d '{}'", "PATCH", "/meetings/1"},
		"equals":             {"curl --request=PUT --url=https://api.zoom.us/v2/meetings/1/status", "PUT", "/meetings/1/status"},
		"data is POST":       {`curl https://api.zoom.us/v2/users/me/meetings ` + auth + ` -d '{"topic":"it'\''s","type":2}'`, "POST", "/users/me/meetings"},
		"json is POST":       {`curl --json @meeting.json https://api.zoom.us/v2/users/me/meetings`, "POST", "/users/me/meetings"},
		"form is POST":       {`curl -F pic_file=@me.png https://api.zoom.us/v2/users/me/picture`, "POST", "/users/me/picture"},
		"upload is PUT":      {`curl -T file https://api.zoom.us/v2/users/me/picture`, "PUT", "/users/me/picture"},
		"-G keeps GET":       {`curl -G https://api.zoom.us/v2/users --data-urlencode "status=active"`, "GET", "/users"},
		"-I":                 {`curl -I https://api.zoom.us/v2/users`, "HEAD", "/users"},
		"method wins":        {`curl -G -X POST -d a=b https://api.zoom.us/v2/users`, "POST", "/users"},
		"last method wins":   {`curl -X POST -X PATCH https://api.zoom.us/v2/users/me`, "PATCH", "/users/me"},
		"variable method":    {`curl -X "$METHOD" -d a https://api.zoom.us/v2/users`, "POST", "/users"},
		"query unquoted":     {"curl https://api.zoom.us/v2/users?page_size=1&status=active " + auth, "GET", "/users"},
		"options after &":    {"curl https://api.zoom.us/v2/users?page_size=1&status=active -X POST", "POST", "/users"},
		"browser, bash":      {"curl 'https://api.zoom.us/v2/users/me/meetings' \\\n  -H 'accept: */*' \\\n  --data-raw $'{\"topic\":\"it\\'s\\n\\u0041\"}' \\\n  --compressed", "POST", "/users/me/meetings"},
		"browser, cmd":       {"curl ^\"https://api.zoom.us/v2/users/me/meetings^?a=b^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw ^\"^{^\\^\"topic^\\^\":1^}^\" ^\r\n  --compressed", "POST", "/users/me/meetings"},
		"browser, old cmd":   {"curl \"https://api.zoom.us/v2/meetings/1\" ^\n  -X \"PATCH\" ^\n  -H \"accept: */*\" ^\n  --data-raw \"^{^\\^\"a^\\^\":1^}\"", "PATCH", "/meetings/1"},
		"powershell":         {"curl.exe -X POST `\n  -d a=b `\n  \"https://api.zoom.us/v2/users\"", "POST", "/users"},
		"postman":            {"curl --location --request POST 'https://api.zoom.us/v2/users/:userId/meetings' \\\n--header 'Authorization: Bearer {{token}}' \\\n--data '{\n    \"topic\": \"x\"\n}'", "POST", "/users/:userId/meetings"},
		"blank after \\":     {"curl -X POST \\ \n https://api.zoom.us/v2/users", "POST", "/users"},
		"\\ forgotten":       {"curl https://api.zoom.us/v2/users\n  -X POST\n  -d '{}'\n", "POST", "/users"},
		"basic":              {"curl -u id123456789:secret123456789 https://api.zoom.us/v2/users/me", "GET", "/users/me"},
		"proxy":              {"curl -x http://proxy.example.com:8080/v2/ -e https://api.zoom.us/v2/groups https://api.zoom.us/v2/users/me", "GET", "/users/me"},
		"output":             {"curl -o /v2/out.json --max-time 5 https://api.zoom.us/v2/users/me > /v2/x 2>&1", "GET", "/users/me"},
		"unknown option":     {"curl --brand-new 5 https://api.zoom.us/v2/users/me", "GET", "/users/me"},
		"variable base":      {`curl -H "Authorization: Bearer $(zoomtui token)" "$ZOOM_API_URL/v2/users/me/zak"`, "GET", "/users/me/zak"},
		"variable, no v2":    {`curl ${BASE}/users/me/zak`, "GET", "/users/me/zak"},
		"variable of cmd":    {`curl %BASE%/users/me/zak`, "GET", "/users/me/zak"},
		"in a substitution":  {`MEETINGS=$(curl -s https://api.zoom.us/v2/users/me/meetings)`, "GET", "/users/me/meetings"},
		"in a variable":      {"curl \"https://api.zoom.us/v2/meetings/${ID}/invitation\"", "GET", "/meetings/${ID}/invitation"},
		"quote not closed":   {`curl -H "Authorization: Bearer abcdefghijkl https://api.zoom.us/v2/users/me`, "GET", "/users/me"},
		"two requests":       {"curl https://api.zoom.us/v2/users --next -X POST https://api.zoom.us/v2/groups", "GET", "/users"},
		"two commands":       {"curl https://api.zoom.us/v2/users; curl -X POST https://api.zoom.us/v2/groups", "GET", "/users"},
		"first is no call":   {"curl --version && curl https://api.zoom.us/v2/users", "GET", "/users"},
		"path of a program":  {"/usr/bin/curl -sf https://api.zoom.us/v2/users", "GET", "/users"},
		"other host":         {"curl https://example.com/users/me", "", ""},
		"token endpoint":     {"curl -X POST https://zoom.us/oauth/token -d grant_type=refresh_token", "", ""},
		"comment":            {"curl https://api.zoom.us/v2/users # -X POST\n", "GET", "/users"},
		"template in quotes": {"curl 'https://api.zoom.us/v2/users/{userId}'", "GET", "/users/{userId}"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ReadQuery(test.text)
			if got.Method != test.method || got.Path != test.path {
				t.Errorf("ReadQuery(%q) = %q %q, want %q %q", test.text, got.Method, got.Path, test.method, test.path)
			}
			if got.Live != nil {
				t.Errorf("it holds an answer: %+v", *got.Live)
			}
		})
	}
}

func TestReadQueryOfErrors(t *testing.T) {
	t.Parallel()
	const upcoming = "Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings, meeting:read:list_upcoming_meetings:admin]."
	both := []string{"meeting:read:list_upcoming_meetings", "meeting:read:list_upcoming_meetings:admin"}
	missing := func(code int) *Live { return &Live{Code: code, Message: upcoming, Scopes: both} }
	const tracking = "v=2.0;clid=us02;rid=WEB_1a2b3c4d"
	settings := []string{"user:read:settings", "user:read:settings:admin"}
	const wantedWords = "Invalid access token, does not contain scopes:[user:read:settings, user:read:settings:admin]."
	const escaped = "Invalid access token, does not contain scopes:&#91;user:read:settings, user:read:settings:admin&#x5d;."
	wanted := func(code int) *Live { return &Live{Code: code, Message: wantedWords, Scopes: settings} }
	full := &Live{Status: 400, Code: 4711, Message: upcoming, Scopes: both, TrackingID: tracking}
	tests := map[string]struct {
		text string
		want Query
	}{
		"json":            {`{"code":4711,"message":"` + upcoming + `"}`, Query{Live: missing(4711)}},
		"json, pretty":    {"{\n  \"code\" : 104,\n  \"message\": \"" + upcoming + "\"\n}", Query{Live: missing(104)}},
		"code as text":    {`{"code":"4,711","message":"` + upcoming + `"}`, Query{Live: missing(4711)}},
		"4700":            {`{"code":4700,"message":"` + upcoming + `"}`, Query{Live: missing(4700)}},
		"inside":          {`{"ok":false,"response":{"status":400,"body":{"code":4711,"message":"` + upcoming + `"}}}`, Query{Live: &Live{Status: 400, Code: 4711, Message: upcoming, Scopes: both}}},
		"log, escaped":    {`time=13:47 level=ERROR status=400 body="{\"code\":4711,\"message\":\"` + upcoming + `\"}" x-zm-trackingid="` + tracking + `"`, Query{Live: full}},
		"curl -i":         {"HTTP/2 400 \r\ncontent-type: application/json\r\nx-zm-trackingid: " + tracking + "\r\n\r\n{\"code\":4711,\"message\":\"" + upcoming + "\"}", Query{Live: full}},
		"proxy before":    {"HTTP/1.1 200 Connection established\n\nHTTP/1.1 400 Bad Request\nx-zm-trackingid: " + tracking + "\n\n{\"code\":4711,\"message\":\"" + upcoming + "\"}", Query{Live: full}},
		"curl -v":         {"> GET /v2/users/me/upcoming_meetings HTTP/2\n> Host: api.zoom.us\n> authorization: Bearer eyJabc.def\n< HTTP/2 400\n< x-zm-trackingid: " + tracking + "\n{\"code\":4711,\"message\":\"" + upcoming + "\"}", Query{Method: "GET", Path: "/users/me/upcoming_meetings", Live: full}},
		"python":          {`{'code': 4711, 'message': '` + upcoming + `'}`, Query{Live: missing(4711)}},
		"words":           {upcoming, Query{Live: missing(0)}},
		"words, number":   {"zoom: 400: Error 4711: " + upcoming + " Please try again", Query{Live: missing(4711)}},
		"cut off":         {`{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings, meeting:re`, Query{Live: &Live{Code: 4711, Message: "Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings, meeting:re", Scopes: []string{"meeting:read:list_upcoming_meetings", "meeting:re"}}}},
		"our own JSON":    {`{"error":{"what":"x","http_status":400,"zoom_code":4711,"zoom_message":"` + upcoming + `","tracking_id":"` + tracking + `","missing_scopes":["a"]}}`, Query{Live: full}},
		"command, answer": {"$ curl -s -d '{\"code\":1,\"message\":\"hello\"}' https://api.zoom.us/v2/users/me/upcoming_meetings\n{\"code\":4711,\"message\":\"" + upcoming + "\"}\n$ ", Query{Method: "POST", Path: "/users/me/upcoming_meetings", Live: missing(4711)}},
		"call, answer":    {"GET /users/me/upcoming_meetings\n" + `{"code":4711,"message":"` + upcoming + `"}`, Query{Method: "GET", Path: "/users/me/upcoming_meetings", Live: missing(4711)}},
		"log with a call": {`GET https://api.zoom.us/v2/users/me/upcoming_meetings returned 400 {"code":4711,"message":"` + upcoming + `"}`, Query{Method: "GET", Path: "/users/me/upcoming_meetings", Live: missing(4711)}},
		"validation":      {`{"code":300,"message":"Validation Failed.","errors":[{"field":"user_id","message":"Invalid value"}]}`, Query{Live: &Live{Code: 300, Message: "Validation Failed. user_id: Invalid value"}}},
		"expired":         {`{"code":124,"message":"Access token is expired."}`, Query{Live: &Live{Code: 124, Message: "Access token is expired."}}},
		"unknown path":    {`{"code":2300,"message":"This API endpoint is not recognized."} for GET /v2/users/me/meeting`, Query{Method: "GET", Path: "/users/me/meeting", Live: &Live{Code: 2300, Message: "This API endpoint is not recognized."}}},
		"role":            {`HTTP 403 {"code":200,"message":"No permission."}`, Query{Live: &Live{Status: 403, Code: 200, Message: "No permission."}}},
		"success":         {"curl -i https://api.zoom.us/v2/users/me\nHTTP/2 200\n\n{\"id\":\"x\",\"message\":\"hi\"}", Query{Method: "GET", Path: "/users/me", Live: &Live{Status: 200}}},
		"number alone":    {"4711", Query{Live: &Live{Code: 4711}}},
		"with a comma":    {"4,711", Query{Live: &Live{Code: 4711}}},
		"in brackets":     {"(4,711)", Query{Live: &Live{Code: 4711}}},
		"name with blank": {`{"code":104,"message":"Invalid access token, does not contain scopes:[contact_center:write:queue disposition:admin]."}`, Query{Live: &Live{Code: 104, Message: "Invalid access token, does not contain scopes:[contact_center:write:queue disposition:admin].", Scopes: []string{"contact_center:write:queue disposition:admin"}}}},
		// Lists in other brackets.
		"round brackets": {"Invalid access token, does not contain scopes:(user:read:settings, user:read:settings:admin).", Query{Live: &Live{Message: "Invalid access token, does not contain scopes:(user:read:settings, user:read:settings:admin).", Scopes: settings}}},
		"curly brackets": {"Invalid access token, does not contain scopes: {user:read:settings, user:read:settings:admin}.", Query{Live: &Live{Message: "Invalid access token, does not contain scopes: {user:read:settings, user:read:settings:admin}.", Scopes: settings}}},
		"angle brackets": {"Invalid access token, does not contain scopes:‹user:read:settings, user:read:settings:admin›.", Query{Live: &Live{Message: "Invalid access token, does not contain scopes:‹user:read:settings, user:read:settings:admin›.", Scopes: settings}}},
		"round, JSON":    {`{"code":4711,"message":"does not contain scopes (user:read:settings, user:read:settings:admin)"}`, Query{Live: &Live{Code: 4711, Message: "does not contain scopes (user:read:settings, user:read:settings:admin)", Scopes: settings}}},
		"nothing in it":  {`{"code":4711,"message":"Invalid access token, does not contain scopes:[null]."}`, Query{Live: &Live{Code: 4711, Message: "Invalid access token, does not contain scopes:[null]."}}},
		"prose in them":  {`{"code":4711,"message":"Invalid access token, missing scopes (see the documentation)."}`, Query{Live: &Live{Code: 4711, Message: "Invalid access token, missing scopes (see the documentation)."}}},
		// As a page or a log shows them.
		"page":             {`<pre>{&quot;code&quot;:4711,&quot;message&quot;:&quot;` + escaped + `&quot;}</pre>`, Query{Live: wanted(4711)}},
		"page, coloured":   {`<div class="x"><span>{</span><span class="k">"code"</span>:<b>4711</b>,<br/>"message":"Invalid access token, does not contain scopes:[user:read:<i>settings</i>, user:read:settings:admin]."}</div>`, Query{Live: wanted(4711)}},
		"entities":         {escaped, Query{Live: wanted(0)}},
		"entities twice":   {`{&amp;quot;code&amp;quot;:4711,&amp;quot;message&amp;quot;:&amp;quot;` + strings.ReplaceAll(escaped, "&", "&amp;") + `&amp;quot;}`, Query{Live: wanted(4711)}},
		"entities, JSON":   {`{"code":4711,"message":"Invalid access token, does not contain scopes:[&quot;user:read:settings&quot;]."}`, Query{Live: &Live{Code: 4711, Message: "Invalid access token, does not contain scopes:['user:read:settings'].", Scopes: settings[:1]}}},
		"u005b":            {`does not contain scopes:\u005buser:read:settings, user:read:settings:admin\u005d.`, Query{Live: &Live{Message: "does not contain scopes:[user:read:settings, user:read:settings:admin].", Scopes: settings}}},
		"u005b in a log":   {`body="{\"code\":4711,\"message\":\"Invalid access token, does not contain scopes:\\u005buser:read:settings, user:read:settings:admin\\u005d.\"}"`, Query{Live: wanted(4711)}},
		"escaped twice":    {`body="{\\\"code\\\":4711,\\\"message\\\":\\\"` + wantedWords + `\\\"}"`, Query{Live: wanted(4711)}},
		"log in a log":     {`{"log":"{\"body\":\"{\\\"code\\\":4711,\\\"message\\\":\\\"` + wantedWords + `\\\"}\"}"}`, Query{Live: wanted(4711)}},
		"percent":          {"message=Invalid%20access%20token%2C%20does%20not%20contain%20scopes%3A%5Buser%3Aread%3Asettings%2C%20user%3Aread%3Asettings%3Aadmin%5D.", Query{Live: wanted(0)}},
		"percent, JSON":    {"%7B%22code%22%3A4711%2C%22message%22%3A%22Invalid+access+token%2C+does+not+contain+scopes%3A%5Buser%3Aread%3Asettings%2C+user%3Aread%3Asettings%3Aadmin%5D.%22%7D", Query{Live: wanted(4711)}},
		"percent, address": {"https://example.com/failed?why=%7B%22code%22%3A4711%2C%22message%22%3A%22Invalid%20access%20token%2C%20does%20not%20contain%20scopes%3A%5Buser%3Aread%3Asettings%2C%20user%3Aread%3Asettings%3Aadmin%5D.%22%7D", Query{Live: wanted(4711)}},
		"UTF-16":           {utf16Text("\ufeff"+`{"code":4711,"message":"`+wantedWords+`"}`, binary.LittleEndian), Query{Live: wanted(4711)}},
		"UTF-16, no mark":  {utf16Text("GET /users/me/settings\r\n", binary.LittleEndian), Query{Method: "GET", Path: "/users/me/settings"}},
		"UTF-16, big":      {utf16Text("\ufeff"+wantedWords, binary.BigEndian), Query{Live: wanted(0)}},
		// Broken by the width of a window.
		"before the list": {"{\"code\":4711,\"message\":\"Invalid access token,\r\n does not contain scopes:[user:read:settings, user:read:settings:admin].\"}", Query{Live: wanted(4711)}},
		"after does not":  {"Invalid access token, does not\n  contain scopes:[user:read:settings,\r\n user:read:settings:admin].", Query{Live: wanted(0)}},
		"at the bracket":  {"Invalid access token, does not contain scopes:\n[user:read:settings, user:read:settings:admin].", Query{Live: &Live{Message: "Invalid access token, does not contain scopes: [user:read:settings, user:read:settings:admin].", Scopes: settings}}},
		"no token before": {"does not\ncontain scopes:[user:read:settings, user:read:settings:admin].", Query{Live: &Live{Message: "does not contain scopes:[user:read:settings, user:read:settings:admin].", Scopes: settings}}},
		"two lines":       {"Invalid access token.\nThe call was GET /users/me/settings (user)", Query{Method: "GET", Path: "/users/me/settings", Live: &Live{Message: "Invalid access token."}}},
		"not an answer":   {`{"code":"abc","message":"hello"}`, Query{Words: []string{"code", "abc", "message", "hello"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, ReadQuery(test.text)); diff != "" {
				t.Errorf("ReadQuery(%q): %s", test.text, diff)
			}
		})
	}
}

// utf16Text is a text as Windows PowerShell pipes it.
func utf16Text(text string, order binary.AppendByteOrder) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}
