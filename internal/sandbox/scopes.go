package sandbox

import (
	"slices"
	"strings"
)

// need is what an endpoint asks of a token: any one of these scopes, granular or classic.
// Source: the scopes of each operation in https://developers.zoom.us/docs/api/
type need struct {
	granular []string
	classic  []string
}

// needs makes a need of the granular scope, its :admin form, and classic alternatives.
func needs(granular string, classic ...string) need {
	return need{granular: []string{granular, granular + ":admin"}, classic: classic}
}

func needUser() need {
	return needs("user:read:user", "user:read", "user:write", "user:read:admin", "user:write:admin", "user_profile", "user_info:read")
}

func needSettings() need {
	return needs("user:read:settings", "user:read", "user:write", "user:read:admin", "user:write:admin")
}

func needPermissions() need {
	return needs("user:read:list_permissions", "user:read", "user:write", "user:read:admin", "user:write:admin", "user_profile")
}

func needMeetings() need {
	return needs("meeting:read:list_meetings", "meeting:read", "meeting:read:admin")
}

func needUpcoming() need {
	return needs("meeting:read:list_upcoming_meetings", "meeting:read", "meeting:read:admin")
}

func needMeeting() need {
	return needs("meeting:read:meeting", "meeting:read", "meeting:read:admin")
}

func needRecordings() need {
	return needs("cloud_recording:read:list_user_recordings", "recording:read", "recording:read:admin")
}

func needWebinars() need {
	return needs("webinar:read:list_webinars", "webinar:read", "webinar:read:admin")
}

// met tells whether one of the scopes held is among the alternatives.
func (n need) met(held []string) bool {
	return slices.ContainsFunc(held, func(scope string) bool {
		return slices.Contains(n.granular, scope) || slices.Contains(n.classic, scope)
	})
}

// metForOthers tells whether the scopes reach beyond the user's own things.
func (n need) metForOthers(held []string) bool {
	return n.met(slices.DeleteFunc(slices.Clone(held), func(scope string) bool {
		return !strings.HasSuffix(scope, ":admin")
	}))
}

// missing is Zoom's answer to a token without any of the scopes: HTTP 400, 4711, and the granular
// alternatives in brackets.
func (n need) missing() *apiError {
	return refuseAPI(400, 4711, "Invalid access token, does not contain scopes:["+strings.Join(n.granular, ", ")+"].")
}
