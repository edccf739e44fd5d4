package scope

// tokenFailures are about the access token itself. Zoom looks at it before it
// looks at scopes. Source: https://developers.zoom.us/docs/api/errors
func tokenFailures() []failure {
	return []failure{
		{
			words: []string{"query parameter"}, reason: ReasonToken,
			what: "The token was put into the address, and Zoom refuses that.",
			why:  "Zoom takes a token in the Authorization header only. Addresses end up in logs: treat this token as leaked.",
			steps: []Step{
				{"Send the token in the Authorization header.", ActNone},
				{"Replace the token that was in the address.", ActSignIn},
			},
		},
		{
			words: []string{"token is expired", "token has expired", "token expired"}, codes: []int{201}, reason: ReasonToken,
			what:  "The access token has run out.",
			why:   "It lives for one hour, whatever its scopes are.",
			steps: []Step{{"Make the call again; the token is renewed first.", ActRetry}, {"If it stays like this, replace the token.", ActSignIn}},
		},
		{
			words: []string{"api key or secret"}, reason: ReasonToken,
			what:  "This token stands for the app alone, not for a user.",
			why:   "It was fetched with client_credentials, and no scope opens a user's data to that.",
			steps: []Step{{"Use a Server-to-Server app with account credentials, or sign in as a user.", ActSignIn}},
		},
		{
			words: []string{"refresh token"}, reason: ReasonToken,
			what:  "Zoom no longer takes the refresh token of this sign-in.",
			why:   "The scopes of the app have changed since, or a newer sign-in has replaced this one.",
			steps: []Step{{"Sign in again to take over the app's present scopes.", ActSignIn}},
		},
		{
			words: []string{"invalid access token", "requires an access token"}, codes: []int{124}, status: []int{401}, reason: ReasonToken,
			what:  "Zoom does not accept this access token, whatever its scopes are.",
			why:   "It was replaced or revoked, the app was removed from the account, or it is no Zoom token.",
			steps: []Step{{"Make the call again; the token is renewed first.", ActRetry}, {"If it stays like this, replace the token.", ActSignIn}},
		},
	}
}

// accountFailures are about role, plan, licence and user.
func accountFailures() []failure {
	return []failure{
		{
			words: []string{"paid account", "plan is missing", "webinar plan", "only available for", "subscribe to"}, reason: ReasonPlan, passed: true,
			what:  "The Zoom plan of this account does not include the call.",
			why:   "{says}The scope is fine.",
			steps: []Step{{"Ask the account's owner about the plan or the licence.", ActNone}},
		},
		{
			words: []string{"allowed to host", "hosting is not allowed", "allow to host"}, codes: []int{3161}, reason: ReasonPlan, passed: true,
			what:  "This user may not host meetings.",
			why:   "{says}The licence or the role does not allow it; the scope is fine.",
			steps: []Step{{"Ask an admin of the account for a licence that can host.", ActNone}},
		},
		{
			words: []string{"not belong to this account"}, codes: []int{1010}, reason: ReasonUser, passed: true,
			what:  "That user is in another Zoom account.",
			why:   "A token reaches the users of its own account only; the scope is fine.",
			steps: []Step{{"Use a profile whose sign-in is in that account.", ActNone}},
		},
		{
			words: []string{"accepted the invitation", "accept the invitation"}, codes: []int{1120}, reason: ReasonUser, passed: true,
			what:  "That user has not accepted the invitation to the account yet.",
			why:   "Until then Zoom shows nothing of the user; the scope is fine.",
			steps: []Step{{"Have the invitation accepted, or send it again.", ActNone}},
		},
		{
			words: []string{"user does not exist", "user not exist", "user not found"}, codes: []int{1001}, reason: ReasonUser, passed: true,
			what: "Zoom knows no such user in this account.",
			why:  "The id is wrong or of another account; the scope is fine.",
			steps: []Step{
				{"Use \"me\" as the user id.", ActNone},
				{"With a Server-to-Server app name a real user id or e-mail address of the account.", ActNone},
			},
		},
		{
			words: []string{"no permission", "not have permission", "insufficient privileges", "not authorized", "access denied"},
			codes: []int{200, 2305, 2306}, status: []int{403}, reason: ReasonRole, passed: true,
			what:  "The scope is fine; this user's role or the plan does not allow the call.",
			why:   "{says}No scope changes that.",
			steps: []Step{{"Ask an admin of the account for the role, and send them Zoom's sentence.", ActNone}, {"Or sign in as a user who has it.", ActSignIn}},
		},
	}
}

// thingFailures are about what was asked for, and how.
func thingFailures() []failure {
	return []failure{
		{
			words: []string{"next page token"}, reason: ReasonRequest, passed: true,
			what:  "The list changed or took too long to read.",
			why:   "A page token lives for 15 minutes; the scope is fine.",
			steps: []Step{{"Load the list again from the start.", ActRetry}},
		},
		{
			words: []string{"too many concurrent"}, reason: ReasonRate,
			what:  "Zoom is still busy with an earlier request of the same kind.",
			why:   "It handles such requests one after the other.",
			steps: []Step{{"Wait a few seconds and try again.", ActRetry}},
		},
		{
			words: []string{"does not exist", "not exist", "no recording", "not found", "no transcript"},
			codes: []int{3001, 3301, 3322}, status: []int{404}, reason: ReasonThing, passed: true,
			what:  "Zoom has no such thing; the scope is fine.",
			why:   "{says}It was deleted, is of another user, or the id is wrong.",
			steps: []Step{{"Check the id, and load the list that it came from again.", ActRetry}},
		},
		{
			words: []string{"validation failed"}, codes: []int{300, 3000, 3018, 12702}, status: []int{405, 406, 409, 415, 422}, reason: ReasonRequest, passed: true,
			what:  "Zoom did not accept a value of the call; the scope is fine.",
			why:   "{says}",
			steps: []Step{{"Correct the value and try again.", ActRetry}},
		},
	}
}

// trafficFailures are about how often, and about Zoom itself. The scopes were not
// looked at. Source: https://developers.zoom.us/docs/api/rate-limits/
func trafficFailures() []failure {
	return []failure{
		{
			words: []string{"daily rate limit"}, reason: ReasonRate,
			what:  "Zoom takes no more calls of this kind today.",
			why:   "The day's budget of the whole account is used up; it usually starts anew at 00:00 UTC.",
			steps: []Step{{"Wait for the next day (UTC), then try again.", ActRetry}},
		},
		{
			words: []string{"rate limit"}, codes: []int{429, 4001}, status: []int{429}, reason: ReasonRate,
			what:  "Too many calls at once for this Zoom account.",
			why:   "The limit is shared by all apps of the account, and says nothing about scopes.",
			steps: []Step{{"Wait a second or two and try again.", ActRetry}},
		},
		{
			codes: []int{4700}, reason: ReasonServer, // with words it is in other rows
			what: "Zoom refused and gave no reason that says anything about scopes.",
			why:  "{says}Its number 4700 stands for many things, trouble of its own among them.",
			steps: []Step{
				{"Try again in 5 seconds, once.", ActRetry},
				{"Look at status.zoom.us; Zoom support needs the tracking id.", ActNone},
			},
		},
		{
			words: []string{"time out", "timed out", "timeout"}, status: []int{500}, reason: ReasonServer,
			what:  "Zoom has trouble of its own.",
			why:   "It answered with a server error, which says nothing about scopes.",
			steps: []Step{{"Try again in a few seconds.", ActRetry}, {"Look at status.zoom.us; Zoom support needs the tracking id.", ActNone}},
		},
	}
}

// otherFailure is for an answer in none of the tables, while the scope is held.
func otherFailure() failure {
	return failure{
		reason: ReasonOther,
		what:   "The token has the scope, and Zoom refused the call for another reason.",
		why:    "{says}",
		steps:  []Step{{"Look up what the answer means, and try again.", ActRetry}},
	}
}
