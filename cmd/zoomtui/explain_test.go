package main

import (
	"testing"

	"zoomtui/internal/explain"
)

// The line of facts says what the sentences do not.
func TestRepeats(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		facts explain.Facts
		want  bool
	}{
		"a pasted answer":            {explain.Facts{Code: 4711, Message: "no scopes"}, false},
		"a pasted answer of OAuth":   {explain.Facts{OAuth: "invalid_grant"}, false},
		"a pasted name of OAuth's":   {explain.Facts{OAuth: "invalid_grant", Message: "invalid_grant"}, true},
		"only its tracking id":       {explain.Facts{TrackingID: "v=2.0"}, false},
		"only its status":            {explain.Facts{HTTPStatus: 502}, false},
		"a pasted number":            {explain.Facts{Code: 4711}, true},
		"pasted words":               {explain.Facts{Message: "Invalid scope"}, true},
		"a cause that is told":       {explain.Facts{Cause: "The disk is full."}, true},
		"a cause that is not":        {explain.Facts{Cause: "lookup zoom.us: no such host"}, false},
		"nothing":                    {explain.Facts{}, true},
		"an answer and a told cause": {explain.Facts{HTTPStatus: 400, Cause: "the disk is full"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := explain.Problem{What: "It failed.", Why: "The disk is full.", Facts: tt.facts}
			if got := repeats(p); got != tt.want {
				t.Errorf("repeats = %v, want %v", got, tt.want)
			}
		})
	}
}
