package ui

import (
	"context"
	"strings"

	"zoomtui/internal/ui/requests"
	"zoomtui/internal/ui/uitest"
)

// requestSituations are the screens of the requests tab.
func requestSituations() []situation {
	over := func(w *wire) func(*world) Deps { return w.with }
	types := func(keys ...string) func(*world, *uitest.Program) {
		return func(_ *world, p *uitest.Program) {
			for _, k := range keys {
				if len(k) > 1 && strings.ContainsAny(k, " /-.?") {
					p.Type(k)
					continue
				}
				p.Press(k)
			}
		}
	}
	noEditor := func(w *wire) *wire {
		w.editor = func([]byte) ([]byte, error) { return nil, errNoEditor }
		return w
	}
	unwritten := func(w *wire) *wire {
		w.editor = func(text []byte) ([]byte, error) { return text, nil }
		return w
	}
	brokenBody := func(w *wire) *wire {
		w.editor = func([]byte) ([]byte, error) { return []byte("{\n  \"topic\": ,\n}"), nil }
		return w
	}
	cut := func(w *wire) *wire {
		w.answer = func(context.Context, requests.Request) (requests.Exchange, error) {
			return requests.Exchange{}, offline()
		}
		return w
	}
	all := []situation{
		{name: "requests", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "j"}},
		{name: "requests, none", deps: over(&wire{}), keys: []string{"5"}},
		{name: "requests, filter", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "/", "!"}},
		{name: "requests, filter fits none", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "/", "z", "z", "enter"}},
		{name: "call", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "enter"}},
		{name: "call, its request", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "enter", "tab"}},
		{name: "call, headers", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "enter", "a"}},
		{name: "call without a scope", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "j", "enter"}},
		{name: "call, all its steps", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "j", "enter", "e"}},
		{name: "call without an answer", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "j", "j", "enter"}},
		{name: "call without a body", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "j", "j", "j", "enter"}},
		{name: "call, web page", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "j", "j", "j", "j", "enter"}},
		{name: "call, body not kept", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "j", "j", "j", "j", "j", "enter"}},
		{name: "call, step of the sign-in", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", "G", "enter", "tab"}},
		{name: "console", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}},
		{name: "console, completion", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}, then: types("GET /users/me/meet", "down")},
		{name: "console, wrong line", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}, then: types("GET /users/me --jq .a[", "enter")},
		{name: "console, line at fault", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}, then: types("FETCH /users/me")},
		{name: "console, parameter", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}, then: types("GET /users/{userId}/recordings/{meetingId}", "enter")},
		{name: "console, to confirm", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}, then: types("POST /users/me/meetings", "enter")},
		{name: "console, body not JSON", deps: func(w *world) Deps { return brokenBody(busy()).with(w) }, keys: []string{"5", ":"}, then: types("POST /users/me/meetings", "enter")},
		{name: "console, no body", deps: func(w *world) Deps { return unwritten(busy()).with(w) }, keys: []string{"5", ":"}, then: types("POST /users/me/meetings", "enter")},
		{name: "console, no editor", deps: func(w *world) Deps { return noEditor(busy()).with(w) }, keys: []string{"5", ":"}, then: types("PATCH /meetings/1", "enter")},
		{name: "console, waiting", deps: func(w *world) Deps { return busy().slow().with(w) }, keys: []string{"5", ":"}, then: types("GET /users/me", "enter")},
		{name: "console, offline", deps: func(w *world) Deps { return cut(busy()).with(w) }, keys: []string{"5", ":"}, then: types("GET /users/me", "enter")},
		{name: "console, command pasted", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}, then: func(_ *world, p *uitest.Program) {
			p.Paste("curl -X PATCH 'https://api-us.zoom.us/v2/users/me' -H 'Authorization: Bearer abc123' -d '{}'")
		}},
		{name: "console, filtered answers", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}, then: types("GET /users/me --jq .topic,.id", "enter")},
		{name: "console, filtered answer", deps: func(w *world) Deps { return busy().with(w) }, keys: []string{"5", ":"}, then: types("GET /users/me --jq .topic", "enter")},
	}
	for i := range all {
		all[i].world = week
	}
	return coarsely(all)
}
