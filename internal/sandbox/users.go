package sandbox

import (
	"io"
	"net/http"
	"time"
)

// user is GET /users/{userId}. Fields that Zoom leaves out in practice are left out here.
// Source: https://developers.zoom.us/docs/api/users/
type user struct {
	ID                string        `json:"id"`
	AccountID         string        `json:"account_id"`
	AccountNumber     int64         `json:"account_number,omitempty"`
	Email             string        `json:"email"`
	FirstName         string        `json:"first_name"`
	LastName          string        `json:"last_name"`
	DisplayName       string        `json:"display_name"`
	Type              int           `json:"type"`
	RoleID            string        `json:"role_id,omitempty"`
	RoleName          string        `json:"role_name"`
	PMI               int64         `json:"pmi"`
	UsePMI            bool          `json:"use_pmi"`
	PersonalURL       string        `json:"personal_meeting_url"`
	Timezone          string        `json:"timezone"`
	Language          string        `json:"language"`
	Dept              string        `json:"dept"`
	Company           string        `json:"company,omitempty"`
	JobTitle          string        `json:"job_title,omitempty"`
	Location          string        `json:"location,omitempty"`
	CreatedAt         string        `json:"created_at"`
	UserCreatedAt     string        `json:"user_created_at"`
	LastLoginTime     string        `json:"last_login_time"`
	LastClientVersion string        `json:"last_client_version"`
	PicURL            string        `json:"pic_url,omitempty"`
	Verified          int           `json:"verified"`
	Status            string        `json:"status"`
	Cluster           string        `json:"cluster"`
	JID               string        `json:"jid"`
	LoginTypes        []int         `json:"login_types"`
	GroupIDs          []string      `json:"group_ids"`
	IMGroupIDs        []string      `json:"im_group_ids"`
	PhoneNumbers      []phoneNumber `json:"phone_numbers,omitempty"`
	Pronouns          string        `json:"pronouns,omitempty"`
	PronounsOption    int           `json:"pronouns_option"`
}

type phoneNumber struct {
	Country  string `json:"country"`
	Code     string `json:"code"`
	Number   string `json:"number"`
	Label    string `json:"label"`
	Verified bool   `json:"verified"`
}

func getUser(c apiCall) (any, *apiError) {
	u, refusal := c.target(1001)
	if refusal != nil {
		return nil, refusal
	}
	return u, nil
}

// listUsers is GET /users: the people of the account, one page.
func listUsers(c apiCall) (any, *apiError) {
	size, refusal := intParam(c.r.URL.Query(), "page_size", defaultPageSize, maxPageSize)
	if refusal != nil {
		return nil, refusal
	}
	people := c.s.world.users
	return map[string]any{
		"page_count": 1, "page_number": 1, "page_size": size, "total_records": len(people), "next_page_token": "", "users": people,
	}, nil
}

// zakTTL is the life of a ZAK where the call names none. Source: https://developers.zoom.us/docs/api/users/
const zakTTL = 2 * time.Hour

// getZAK is GET /users/me/zak: a token that starts meetings in the user's name.
func getZAK(c apiCall) (any, *apiError) {
	zak, err := c.s.signer.token(c.grant, typeAccess, c.now, c.now.Add(zakTTL))
	if err != nil {
		return nil, refuseAPI(http.StatusInternalServerError, 500, "Internal server error.")
	}
	return map[string]string{"token": zak}, nil
}

// getUserToken is GET /users/{userId}/token. Its oldest type is refused with the words of Zoom's documents.
func getUserToken(c apiCall) (any, *apiError) {
	if _, refusal := c.target(1001); refusal != nil {
		return nil, refusal
	}
	switch c.r.URL.Query().Get("type") {
	case "zak", "onbehalf":
		return getZAK(c)
	default:
		return nil, refuseAPI(http.StatusBadRequest, 300, "Token is no longer supported. Please use ZAK token instead.")
	}
}

// getSettings answers with a handful of the several hundred settings.
func getSettings(c apiCall) (any, *apiError) {
	if _, refusal := c.target(1001); refusal != nil {
		return nil, refusal
	}
	return map[string]any{
		"schedule_meeting": map[string]any{
			"host_video": true, "participants_video": false, "join_before_host": false,
			"require_password_for_scheduling_new_meetings": true, "use_pmi_for_scheduled_meetings": false,
			"audio_type": "both",
		},
		"in_meeting": map[string]any{
			"waiting_room": true, "chat": true, "private_chat": true, "screen_sharing": true, "e2e_encryption": false,
		},
		"email_notification": map[string]any{"jbh_reminder": true, "cancel_meeting_reminder": true},
		"recording":          map[string]any{"local_recording": true, "cloud_recording": true, "auto_recording": "none"},
		"telephony":          map[string]any{"third_party_audio": false, "show_international_numbers_link": true},
		"feature":            map[string]any{"meeting_capacity": 300, "large_meeting": false, "webinar": false, "zoom_phone": false},
	}, nil
}

func getPermissions(c apiCall) (any, *apiError) {
	if _, refusal := c.target(1001); refusal != nil {
		return nil, refusal
	}
	return map[string][]string{"permissions": {
		"User:Read", "User:Edit", "Role:Read", "AccountSetting:Read", "Recording:Read", "Marketplace:Read", "Dashboard:Read",
	}}, nil
}

// listRecordings answers with an empty month.
func listRecordings(c apiCall) (any, *apiError) {
	if _, refusal := c.target(1001); refusal != nil {
		return nil, refusal
	}
	day := c.now.UTC().Format("2006-01-02")
	return map[string]any{
		"from": day, "to": day, "page_count": 1, "page_size": defaultPageSize,
		"total_records": 0, "next_page_token": "", "meetings": []any{},
	}, nil
}

// listWebinars answers as an account without the webinar add-on: the scope is fine, the plan is not.
func listWebinars(c apiCall) (any, *apiError) {
	u, refusal := c.target(1001)
	if refusal != nil {
		return nil, refusal
	}
	return nil, refuseAPI(http.StatusBadRequest, 200, "Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for user "+u.ID+" to perform this action.")
}

// handlePicture is the user's picture, the only image of the sandbox.
func handlePicture(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = io.WriteString(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" rx="20" fill="#1f6feb"/><text x="48" y="60" font-family="sans-serif" font-size="36" text-anchor="middle" fill="#fff">AT</text></svg>`)
}
