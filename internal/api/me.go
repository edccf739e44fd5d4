package api

import (
	"context"
	"time"
)

// User is GET /users/{userId}. Every field can be missing, as Zoom sends what the
// scope, the plan and the account's settings allow. Names and the like are
// foreign text, not sanitised. Times are UTC.
// Source: https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}
type User struct {
	ID            string `json:"id,omitzero"`
	AccountID     string `json:"account_id,omitzero"`
	AccountNumber int64  `json:"account_number,omitzero"`
	Email         string `json:"email,omitzero"`
	FirstName     string `json:"first_name,omitzero"`
	LastName      string `json:"last_name,omitzero"`
	DisplayName   string `json:"display_name,omitzero"`
	Type          int    `json:"type,omitzero"` // see [User.Plan]
	RoleID        string `json:"role_id,omitzero"`
	RoleName      string `json:"role_name,omitzero"`
	Status        string `json:"status,omitzero"` // pending, active, inactive
	Verified      bool   `json:"verified,omitzero"`

	PMI                int64  `json:"pmi,omitzero"` // personal meeting id
	UsePMI             bool   `json:"use_pmi,omitzero"`
	PersonalMeetingURL string `json:"personal_meeting_url,omitzero"` // may hold a passcode
	VanityURL          string `json:"vanity_url,omitzero"`
	PicURL             string `json:"pic_url,omitzero"`
	Pronouns           string `json:"pronouns,omitzero"`

	Timezone string `json:"timezone,omitzero"` // IANA name
	Language string `json:"language,omitzero"`
	Location string `json:"location,omitzero"`
	Dept     string `json:"dept,omitzero"`
	Company  string `json:"company,omitzero"`
	JobTitle string `json:"job_title,omitzero"`
	Manager  string `json:"manager,omitzero"`
	Cluster  string `json:"cluster,omitzero"` // e.g. us04
	JID      string `json:"jid,omitzero"`

	CreatedAt         time.Time `json:"created_at,omitzero"` // of a pending user: now
	UserCreatedAt     time.Time `json:"user_created_at,omitzero"`
	LastLoginTime     time.Time `json:"last_login_time,omitzero"`
	LastClientVersion string    `json:"last_client_version,omitzero"`

	LoginTypes     []int          `json:"login_types,omitzero"` // 1 Google, 100 Zoom e-mail, 101 SSO, …
	GroupIDs       []string       `json:"group_ids,omitzero"`
	PhoneNumbers   []PhoneNumber  `json:"phone_numbers,omitzero"`
	PlanUnitedType string         `json:"plan_united_type,omitzero"` // the bundle, Zoom's number for it
	ZoomOneType    int            `json:"zoom_one_type,omitzero"`
	Licenses       []LicenseEntry `json:"license_info_list,omitzero"`
}

// PhoneNumber is one of a user's telephone numbers.
type PhoneNumber struct {
	Country  string `json:"country,omitzero"`
	Code     string `json:"code,omitzero"` // e.g. +81
	Number   string `json:"number,omitzero"`
	Label    string `json:"label,omitzero"` // Mobile, Office, Home, Fax
	Verified bool   `json:"verified,omitzero"`
}

// LicenseEntry is one licence of a user.
type LicenseEntry struct {
	Type           string `json:"license_type,omitzero"`
	Option         string `json:"license_option,omitzero"`
	SubscriptionID string `json:"subscription_id,omitzero"`
}

// Name is the best name there is: the display name, first and last name, the
// e-mail address, the id.
func (u User) Name() string {
	full := u.FirstName
	if u.FirstName != "" && u.LastName != "" {
		full += " "
	}
	full += u.LastName
	for _, name := range []string{u.DisplayName, full, u.Email} {
		if name != "" {
			return name
		}
	}
	return u.ID
}

// Plan is the kind of user in Zoom's words; "" when not told.
func (u User) Plan() string {
	switch u.Type {
	case 1:
		return "Basic"
	case 2:
		return "Licensed"
	case 4:
		return "Unassigned"
	case 99:
		return "None"
	default:
		return ""
	}
}

// Me gives the signed-in user, or the one that [Options].User names. A user that
// Zoom does not know, and "me" where it refuses that, is an [*Error] with
// HTTPStatus 404 and Code 1001. Scope: user:read:user (a Server-to-Server app:
// user:read:user:admin), or classic user:read.
func (c *Client) Me(ctx context.Context) (User, error) {
	o, err := c.get(ctx, c.userPath(""), nil)
	if err != nil {
		return User{}, err
	}
	return userFrom(o), nil
}

func userFrom(o object) User {
	u := User{
		ID: o.text("id"), AccountID: o.text("account_id"), AccountNumber: o.number("account_number"),
		Email: o.text("email"), FirstName: o.text("first_name"), LastName: o.text("last_name"), DisplayName: o.text("display_name"),
		Type: int(o.number("type")), RoleID: o.text("role_id"), RoleName: o.text("role_name"),
		Status: o.text("status"), Verified: o.flag("verified"),
		PMI: o.number("pmi"), UsePMI: o.flag("use_pmi"), PersonalMeetingURL: o.text("personal_meeting_url"),
		VanityURL: o.text("vanity_url"), PicURL: o.text("pic_url"), Pronouns: o.text("pronouns"),
		Timezone: o.text("timezone"), Language: o.text("language"), Location: o.text("location"),
		Dept: o.text("dept"), Company: o.text("company"), JobTitle: o.text("job_title"), Manager: o.text("manager"),
		Cluster: o.text("cluster"), JID: o.text("jid"),
		CreatedAt: o.when("created_at"), UserCreatedAt: o.when("user_created_at"),
		LastLoginTime: o.when("last_login_time"), LastClientVersion: o.text("last_client_version"),
		LoginTypes: o.numbers("login_types"), GroupIDs: o.texts("group_ids"),
		PlanUnitedType: o.text("plan_united_type"), ZoomOneType: int(o.number("zoom_one_type")),
	}
	for _, p := range o.objects("phone_numbers") {
		u.PhoneNumbers = append(u.PhoneNumbers, PhoneNumber{
			Country: p.text("country"), Code: p.text("code"), Number: p.text("number"), Label: p.text("label"), Verified: p.flag("verified"),
		})
	}
	for _, l := range o.objects("license_info_list") {
		u.Licenses = append(u.Licenses, LicenseEntry{
			Type: l.text("license_type"), Option: l.text("license_option"), SubscriptionID: l.text("subscription_id"),
		})
	}
	return u
}
