package sandbox

import "sync"

// played are the operations that are played in detail, by method and path of the documents.
var played = sync.OnceValue(func() map[string]func(apiCall) (any, *apiError) {
	return map[string]func(apiCall) (any, *apiError){
		"GET /users":                           listUsers,
		"GET " + pathUser:                      getUser,
		"GET " + pathSettings:                  getSettings,
		"GET /users/{userId}/permissions":      getPermissions,
		"GET /users/{userId}/token":            getUserToken,
		"GET /users/me/zak":                    getZAK,
		"GET " + pathMeetings:                  listMeetings,
		"POST " + pathMeetings:                 createMeeting,
		"GET " + pathUpcoming:                  listUpcoming,
		"GET /users/{userId}/recordings":       listRecordings,
		"GET /users/{userId}/webinars":         listWebinars,
		"GET /meetings/{meetingId}":            getMeeting,
		"PATCH /meetings/{meetingId}":          updateMeeting,
		"DELETE /meetings/{meetingId}":         deleteMeeting,
		"PUT /meetings/{meetingId}/status":     setMeetingStatus,
		"GET /meetings/{meetingId}/invitation": getInvitation,
		"GET /meetings/{meetingId}/recordings": getRecordings,
		"GET /past_meetings/{meetingId}":       getPastMeeting,
	}
})
