// Package scope knows which scopes each operation of Zoom's REST API accepts, and
// answers from that: which scope is missing, and what to do now. It is pure and
// works offline: no clock, no network, no files; imports the standard library only.
//
// Several scopes at one operation are alternatives: any one of them is enough.
//
// Sources: the scopes of each operation in Zoom's OpenAPI documents
// (https://developers.zoom.us/docs/api/), and
// https://developers.zoom.us/docs/internal-apps/oauth-scopes-overview/ .
package scope

import "time"

// Style is the family of names that a scope belongs to. Apps made since March 2024
// are granular, older ones classic until they are migrated.
type Style string

// The styles.
const (
	Classic      Style = "classic"  // resource:action[:admin|:master], as in meeting:read:admin; also user_profile
	Granular     Style = "granular" // service:action:claim[:admin|:master], as in meeting:read:list_meetings
	UnknownStyle Style = ""
)

// Level is how far a scope reaches, by the end of its name.
type Level string

// The levels.
const (
	LevelUser   Level = ""       // the user's own things
	LevelAdmin  Level = "admin"  // the account
	LevelMaster Level = "master" // sub accounts of a master account
)

// AppType is how an app is managed, which decides the level it can have.
type AppType string

// The types of app.
const (
	UserManaged    AppType = "user-managed"
	AdminManaged   AppType = "admin-managed"
	ServerToServer AppType = "server-to-server"
	UnknownType    AppType = ""
)

// App is what is known of the app and of the token in use.
type App struct {
	Type        AppType // see TypeOf
	Style       Style   // see Catalogue.StyleOf
	ClientTail  string  // last four characters of the client id; empty: not known
	SignedIn    bool
	ScopesKnown bool     // the token answer named scopes; false: nothing may be called missing
	Scopes      []string // as granted
	SignedInAt  time.Time
	ObtainedAt  time.Time // of the access token
	Fixed       bool      // a token of the environment: nothing is known of its app
}

// Live is what Zoom has answered. It beats the table.
type Live struct {
	Status     int // HTTP
	Code       int // Zoom's number
	Message    string
	Scopes     []string // any one of these would do, as Zoom names them; none: it named none
	TrackingID string
	At         time.Time
}
