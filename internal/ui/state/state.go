// Package state is what the dashboard knows at one moment: who is signed in,
// how long the tokens last, which meetings come. Screens read it and never
// change it; it changes only by the messages of this package, in Apply. It
// does no work of its own: no clock, no network, no files.
package state

import (
	"time"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
)

// Profile is the Zoom app in use, as the header shows it.
type Profile struct {
	Name        string // the profile's name in config.toml
	Kind        string // "public", "confidential" or "s2s"
	ClientTail  string // the last four characters of the client id
	RedirectURI string // the redirect string, exactly as it must be registered
	Demo        bool   // the embedded sandbox answers instead of Zoom
	User        string // Server-to-Server only: whose data is asked for; empty: whom Zoom answers with
}

// ServerToServer says whether the app signs in by account credentials: no
// person signs in, and there is no refresh token.
// Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/
func (p Profile) ServerToServer() bool { return p.Kind == "s2s" }

// KindLabel is the app kind in words.
func (p Profile) KindLabel() string { return KindLabel(p.Kind) }

// KindLabel is an app kind of config.toml in words.
func KindLabel(kind string) string {
	switch kind {
	case "public":
		return "public app"
	case "confidential":
		return "confidential app"
	case "s2s":
		return "Server-to-Server app"
	default:
		return "Zoom app"
	}
}

// User is the signed-in person. Every field may be empty: Zoom sends what the
// scopes and the plan allow.
type User struct {
	ID, Name, Email, AccountID           string
	Plan, Role, Timezone, PMI            string
	PictureURL, Cluster, Company, Status string
}

// Tokens is what may be known of the tokens without seeing them.
type Tokens struct {
	SignedIn           bool
	AccessExpires      time.Time
	AccessLife         time.Duration // from obtained to expiry, for the bar
	RenewsAt           time.Time     // when the dashboard renews by itself; zero: it cannot
	ObtainedAt         time.Time
	SignedInAt         time.Time
	SignInEnds         time.Time // an estimate; zero when there is no refresh token
	Generation         int       // 1 after the sign-in, one more with each renewal
	Scopes             []string
	AccessFingerprint  string
	RefreshFingerprint string
	APIHost            string
	Fixed              bool      // ZOOM_ACCESS_TOKEN: used as it is, never renewed
	MovedAt            time.Time // when the sign-in went to another machine; zero: it is here
	Ended              error     // why these tokens serve no more, as far as that is known without asking Zoom; nil: they do
	CutOffAt           time.Time // when a refresh was begun that was killed and that nothing has settled; zero: there is none
	CutOffBy           string    // who began it, in words
	Claims             []Claim   // of the access token, not verified
}

// Claim is one member of the access token's header or payload.
type Claim struct {
	Name, Value string
	At          time.Time // for times; zero otherwise
}

// Renewals is how often the tokens were renewed since the sign-in.
func (t Tokens) Renewals() int { return max(t.Generation-1, 0) }

// Source is the condition of one thing that is asked of Zoom: how old the
// answer is and why there is no newer one.
type Source struct {
	AsOf    time.Time // of the data at hand; zero: none yet
	Loading bool
	Problem *explain.Problem // why the last attempt failed; nil: it did not
}

// Known says whether there is an answer at all, fresh or old.
func (s Source) Known() bool { return !s.AsOf.IsZero() }

// Cached is what an earlier run left behind, so that the first frame is full.
type Cached struct {
	User      User
	UserAsOf  time.Time
	Hosted    []agenda.Hosted
	HostedAt  time.Time
	Invited   []agenda.Invited
	InvitedAt time.Time
}

// State is everything the screens draw from.
type State struct {
	Now     time.Time // Zoom's clock, as well as it is known
	Local   time.Time // this machine's clock
	Loc     *time.Location
	Profile Profile

	User    User
	UserSrc Source

	Tokens    Tokens
	TokensSrc Source
	Renewing  bool
	// Ended is why the sign-in serves no more: Zoom no longer accepts it, or it
	// has moved to another machine. It stays until there are other tokens.
	Ended *explain.Problem
	// LoggedOut says that another process has deleted the sign-in.
	LoggedOut bool
	// OfflineSince is when the first of the calls failed that all fail now; zero:
	// Zoom is reached.
	OfflineSince time.Time
	// RenewalProblem is why the last renewal failed; it stays until one works,
	// here or in another process.
	RenewalProblem *explain.Problem

	hosted                []agenda.Hosted
	invited               []agenda.Invited
	HostedSrc, InvitedSrc Source
	Upcoming              []agenda.Meeting // merged, not yet over, soonest first
	Days                  []agenda.Day     // Upcoming by day, as the lists show it
	Revision              int              // changes when Days changes, so lists know to rebuild
	ahead                 agenda.Ahead
	regroupAt             time.Time
}
