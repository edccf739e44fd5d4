package sandbox

// Names of the faults, see [Server.Faults].
const (
	faultExpireAccess   = "expire-access"
	faultRevokeGrant    = "revoke-grant"
	faultDropUser       = "drop-scope-user"
	faultDropMeetings   = "drop-scope-meetings"
	faultDropUpcoming   = "drop-scope-upcoming"
	faultRateSecond     = "rate-second"
	faultRateSecondOnce = "rate-second-once"
	faultRateDay        = "rate-day"
	faultServer500      = "server-500"
	faultHTML           = "html-answer"
	faultSlow           = "slow"
	faultCut            = "cut-after-rotation"
	faultCutGrace       = "cut-after-rotation-grace"
	faultRefreshGrace   = "refresh-grace"
	faultClockAhead     = "clock-ahead"
	faultClockBehind    = "clock-behind"

	faultDeviceOff      = "device-off"
	faultDeviceExpired  = "device-expired"
	faultDeviceSlowDown = "device-slow-down"
	faultDevicePending  = "device-pending"

	faultInvalidRedirect = "browser-invalid-redirect"
	faultInvalidClient   = "browser-invalid-client"
	faultInvalidScope    = "browser-invalid-scope"
	faultAdminRequired   = "browser-admin-required"
	faultOtherAccount    = "browser-other-account"

	faultScopeAdded   = "scope-added"
	faultDocsDisagree = "docs-disagree"
	faultScope4700    = "scope-4700"
	faultScope104     = "scope-104"
	faultNoScopeTold  = "token-no-scope"
	faultNoRole       = "role-missing"
	faultAnswer5MB    = "answer-5mb"
	faultAnswer50MB   = "answer-50mb"
	faultRateHeaders  = "rate-headers"

	faultMeRefused   = "s2s-me-refused"
	faultS2SInactive = "s2s-inactive"
)

// faultList are all faults, off, in the order a person reads them.
func faultList() []Fault {
	return []Fault{
		{Name: faultExpireAccess, Title: "Expire access tokens", Help: "The access tokens of this moment end now; the sign-in stays good."},
		{Name: faultRevokeGrant, Title: "Revoke the sign-in", Help: "As if the app was removed in the account: access and refresh tokens are refused."},
		{Name: faultDropUser, Title: "No profile scope", Help: "Takes user:read:user from app and sign-in; switching off gives it back to the app, then sign in again.", Toggle: true},
		{Name: faultDropMeetings, Title: "No hosted-meetings scope", Help: "Takes meeting:read:list_meetings from app and sign-in; off gives it back to the app.", Toggle: true},
		{Name: faultDropUpcoming, Title: "No upcoming-meetings scope", Help: "Takes meeting:read:list_upcoming_meetings from app and sign-in; off gives it back to the app.", Toggle: true},
		{Name: faultScopeAdded, Title: "App has a scope more", Help: "The app gets a scope for the settings (classic: recordings); a sign-in of before lacks it until the next one.", Toggle: true},
		{Name: faultDocsDisagree, Title: "Documents disagree", Help: "Upcoming meetings demand " + undocumentedScope + ", which the documents do not name.", Toggle: true},
		{Name: faultScope4700, Title: "Missing scope: 401 and 4700", Help: "A missing scope is told in the words of Zoom's documents, which name no scope.", Toggle: true},
		{Name: faultScope104, Title: "Missing scope: code 104", Help: "A missing scope is told with code 104, as Zoom Phone does.", Toggle: true},
		{Name: faultNoScopeTold, Title: "Token answers without scope", Help: "Sign-in, refresh and Server-to-Server answers do not say which scopes were granted.", Toggle: true},
		{Name: faultNoRole, Title: "Role is missing", Help: "The scope is there, and every call but the profile is answered 403, code 200: No permission.", Toggle: true},
		{Name: faultAnswer5MB, Title: "Answer of 5 MB", Help: "GET /users/me/meetings without type answers with 5 MB of made-up meetings.", Toggle: true},
		{Name: faultAnswer50MB, Title: "Answer of 50 MB", Help: "GET /users/me/meetings without type answers with 50 MB of made-up meetings.", Toggle: true},
		{Name: faultRateHeaders, Title: "Rate headers", Help: "Answers tell limit and remaining calls, as documented; normally they tell the category only.", Toggle: true},
		{Name: faultRateSecond, Title: "Per-second limit", Help: "Every API call is answered with 429, too many a second.", Toggle: true},
		{Name: faultRateSecondOnce, Title: "Per-second limit, once", Help: "Only the next API call is answered with 429."},
		{Name: faultRateDay, Title: "Daily limit", Help: "Every API call is answered with 429 until 00:00 UTC.", Toggle: true},
		{Name: faultServer500, Title: "Server error", Help: "Every API call is answered with 500.", Toggle: true},
		{Name: faultHTML, Title: "Web page instead of JSON", Help: "Every API call is answered with 502 and a proxy's HTML page.", Toggle: true},
		{Name: faultSlow, Title: "Slow", Help: "Every answer of the API, the token and the short-code endpoint takes 3 seconds.", Toggle: true},
		{Name: faultCut, Title: "Cut after rotation", Help: "The next refresh rotates the token, then the connection breaks without an answer; the old token is dead."},
		{Name: faultCutGrace, Title: "Cut after rotation, with grace", Help: "The same, but the old refresh token still works."},
		{Name: faultRefreshGrace, Title: "Old refresh tokens keep working", Help: "A refresh does not end the old refresh token, as was measured once at Zoom.", Toggle: true},
		{Name: faultClockAhead, Title: "Zoom's clock ahead", Help: "The Date header is 180 s ahead.", Toggle: true},
		{Name: faultClockBehind, Title: "Zoom's clock behind", Help: "The Date header is 180 s behind.", Toggle: true},
		{Name: faultDeviceOff, Title: "No device flow", Help: "The app is not switched on for devices: new short codes are refused.", Toggle: true},
		{Name: faultDeviceExpired, Title: "Expire short codes", Help: "The short codes of this moment end now, as after 15 minutes."},
		{Name: faultDeviceSlowDown, Title: "Device asks too often", Help: "The next poll hears slow_down, and that device has to ask 5 seconds slower from then on."},
		{Name: faultDevicePending, Title: "Device hears no answer", Help: "Polls hear authorization_pending though the person has answered.", Toggle: true},
		{Name: faultInvalidRedirect, Title: "Browser: invalid redirect", Help: "The browser shows (4,700), as if the return address was not registered.", Toggle: true},
		{Name: faultInvalidClient, Title: "Browser: invalid client", Help: "The browser shows (4,702), as if the app was deleted; tokens go on working.", Toggle: true},
		{Name: faultInvalidScope, Title: "Browser: invalid scope", Help: "The browser refuses links that name scopes, as Zoom did in 2021; links without are fine.", Toggle: true},
		{Name: faultAdminRequired, Title: "Browser: admin required", Help: "The browser says that an admin has to install the app; the device page, too.", Toggle: true},
		{Name: faultOtherAccount, Title: "Browser: not in this account", Help: "The browser says that this user cannot authorize the app; the device page, too.", Toggle: true},
		{Name: faultMeRefused, Title: "Server-to-Server without me", Help: "Server-to-Server tokens must name a user in place of me, as Zoom's documents say.", Toggle: true},
		{Name: faultS2SInactive, Title: "Server-to-Server app not active", Help: "The app is deactivated: no new token, and its old ones are refused.", Toggle: true},
	}
}
