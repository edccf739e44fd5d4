package explain

import "slices"

// apiRows are the answers of the REST API.
// Sources: https://developers.zoom.us/docs/api/errors,
// https://developers.zoom.us/docs/api/rate-limits/ and the API Hub's OpenAPI documents.
func apiRows() []row {
	return slices.Concat(apiTokenRows(), apiRateRows(), apiPermissionRows(), apiThingRows(), apiRequestRows())
}

// codeNoScope is Zoom's usual number for a missing scope.
const codeNoScope = 4711

// apiTokenRows are about the access token and its scopes. (Long, as it is a table.) A
// missing scope begins with the same words as a bad token, so it stands first.
func apiTokenRows() []row {
	lookUp := []Step{
		{"Look up which scopes this call accepts and compare them with yours.", ActionScopes},
		{"Sign in again: a refresh does not add scopes.", ActionSignIn},
	}
	return []row{
		{
			says:  []string{"does not contain scope", "does not contain required scope", "required scopes:", "required scopes["},
			codes: []int{codeNoScope, 104, 4700}, when: namesScopes, class: Scope,
			what: "Zoom refused {op}: the token has none of the scopes it needs.",
			why:  "{wanted}.",
			next: []Step{
				{"Add {scope} to the app in the Marketplace, under Scopes.", ActionScopes},
				{"Then sign in again: a refresh does not add scopes.", ActionSignIn},
			},
		},
		{
			says: []string{"invalid, expired, or missing", "missing required scope"}, class: Scope,
			what: "Zoom refused {op}: the token lacks a scope, or is no longer valid.",
			why:  "Zoom's words leave open which of the two it is, and which scope it wants.",
			next: lookUp,
		},
		{
			says:  []string{"does not contain scope", "does not contain required scope", "required scopes"},
			codes: []int{codeNoScope, 104}, class: Scope,
			what: "Zoom refused {op}: the token has none of the scopes it needs.",
			why:  "Zoom did not say which scope it wants.",
			next: lookUp,
		},
		{
			says: []string{"as query parameter", "query parameter string", "token in the query"}, class: Usage,
			what: "The token was put into the address, and Zoom refuses that.",
			why:  "Addresses end up in logs; Zoom takes a token in the Authorization header only.",
			next: []Step{
				{"Send the token in the Authorization header.", ActionNone},
				{"Treat that token as leaked and sign in again.", ActionSignIn},
			},
		},
		{
			says: expiredWords(), class: SignIn, when: func(f Facts) bool { return !f.At.IsZero() }, // a call of ours
			what: "The access token has run out.",
			why:  "An access token lives for one hour, and renewing it did not help or was not allowed.",
			next: tryWithNewToken(),
		},
		{
			says: expiredWords(), class: SignIn,
			what: "The access token has run out.",
			why:  "An access token lives for one hour, whatever its scopes are.",
			next: tryWithNewToken(),
		},
		{
			says:  []string{"invalid access token", "requires an access token"},
			codes: []int{124}, when: notAboutScopes, class: SignIn,
			what: "Zoom does not accept this access token.",
			why:  "It was replaced or revoked, the app was removed from the account, or it is no Zoom token.",
			next: []Step{
				{"Sign in again; your settings stay.", ActionSignIn},
				{"If another tool uses the same app, its newer sign-in has ended this one.", ActionNone},
			},
		},
		{
			codes: []int{201}, status: []int{401}, class: SignIn,
			what: "Zoom does not accept this access token.",
			why:  "It has run out, or was replaced or revoked.",
			next: tryWithNewToken(),
		},
	}
}

func expiredWords() []string {
	return []string{"access token is expired", "token is expired", "token has expired", "access token expired"}
}

func tryWithNewToken() []Step {
	return []Step{
		{"Try again; a new token is fetched first.", ActionRetry},
		{"If it stays like this, sign in again.", ActionSignIn},
	}
}

// apiRateRows are the two kinds of 429: the second's and the day's.
func apiRateRows() []row {
	isDaily := func(f Facts) bool {
		return f.Daily || containsAny(f.Message, []string{"daily", "Daily"})
	}
	hasTime := func(f Facts) bool { return !f.RetryAt.IsZero() }
	return []row{
		{
			says: []string{"rate limit", "daily"}, codes: []int{429, 4001}, status: []int{429}, class: RateLimit,
			when: func(f Facts) bool { return isDaily(f) && hasTime(f) },
			what: "Zoom takes no more calls of this kind until {until}.",
			why:  "The day's budget is used up. It belongs to the whole Zoom account, so another app may have spent it.",
			next: []Step{
				{"Wait until {until}; what was loaded before stays usable.", ActionWait},
				{"Look for another program that calls Zoom too often.", ActionNone},
			},
		},
		{
			says: []string{"daily"}, codes: []int{429, 4001}, status: []int{429}, class: RateLimit, when: isDaily,
			what: "Zoom takes no more calls of this kind today.",
			why:  "The day's budget is used up. It belongs to the whole Zoom account and usually starts anew at 00:00 UTC.",
			next: []Step{
				{"Wait for the next day (UTC); what was loaded before stays usable.", ActionWait},
				{"Look for another program that calls Zoom too often.", ActionNone},
			},
		},
		{
			says: []string{"too many concurrent"}, class: RateLimit,
			what: "Zoom is still busy with an earlier request of the same kind.",
			why:  "It handles such requests one after the other.",
			next: []Step{{"Wait a few seconds and try again.", ActionWait}},
		},
		{
			says: []string{"rate limit"}, codes: []int{429, 4001}, status: []int{429}, class: RateLimit, when: hasTime,
			what: "Too many calls at once for this Zoom account.",
			why:  "The limit is shared by all apps of the account. Zoom accepts calls again at {until}.",
			next: []Step{{"Wait until {until} and try again.", ActionWait}},
		},
		{
			says: []string{"rate limit"}, codes: []int{429, 4001}, status: []int{429}, class: RateLimit,
			what: "Too many calls at once for this Zoom account.",
			why:  "The limit is per second and shared by all apps of the account.",
			next: []Step{{"Wait a second or two and try again.", ActionWait}},
		},
	}
}

// apiPermissionRows are about role, plan and account: the scope is fine. (Long, as it is a
// table.)
func apiPermissionRows() []row {
	return []row{
		{
			says: []string{"invalid api key or secret"}, class: Usage,
			what: "This token stands for the app alone, not for a user.",
			why:  "It was fetched with client_credentials, which opens no user's data.",
			next: []Step{
				{"Use a Server-to-Server app with account credentials, or sign in as a user.", ActionSetup},
			},
		},
		{
			says: []string{"not enabled rest api", "not enable rest api", "does not enabled rest api"}, class: Usage,
			what: "Zoom no longer serves this kind of app.",
			why:  "The words it used belong to JWT apps, which were switched off in September 2023.",
			next: []Step{{"Create an OAuth app or a Server-to-Server app in the Marketplace.", ActionSetup}},
		},
		{
			says: []string{"paid account", "plan is missing", "webinar plan", "only available for", "subscribe to a"}, class: Scope,
			what: "The Zoom plan of this account does not include {op}.",
			why:  "Zoom says: {says}. The scope is fine.",
			next: []Step{
				{"Ask the account's owner about the plan or the licence.", ActionNone},
				{"Licensed elsewhere? Sign in as that user.", ActionSignIn},
			},
		},
		{
			says: []string{"not allowed to host", "hosting is not allowed", "not allow to host", "hosting a meeting is not allowed"}, codes: []int{3161}, class: Scope,
			what: "This user may not host meetings.",
			why:  "The licence or the role does not allow it, so there is no list of hosted meetings.",
			next: []Step{
				{"Look at plan and role in the profile.", ActionNone},
				{"Ask an admin of the account for a licence that can host.", ActionNone},
			},
		},
		{
			says: []string{"does not belong to this account", "not belong to this account"}, codes: []int{1010}, class: Usage,
			what: "That user is in another Zoom account.",
			why:  "A token reaches the users of its own account only.",
			next: []Step{
				{"Switch to the profile of that account, or sign in there.", ActionSignIn},
			},
		},
		{
			says: []string{"accepted the invitation", "accept the invitation", "invitation has not been accepted"}, codes: []int{1120}, class: Other,
			what: "That user has not accepted the invitation to the account yet.",
			why:  "Until then Zoom shows nothing of the user.",
			next: []Step{{"Have the invitation accepted, or send it again.", ActionNone}},
		},
		{
			codes: []int{200}, when: saysNothing, class: Scope,
			what: "Zoom refused {op}, most often for want of a role or a plan.",
			why:  "Its number 200 stands for many refusals; only the words beside it tell which one it is.",
			next: []Step{
				{"Read the words beside the number in Zoom's answer.", ActionNone},
				{"If they speak of permission or of a plan, ask an admin of the account and send them the sentence.", ActionNone},
			},
		},
		{
			says:  []string{"no permission", "not have permission", "insufficient privileges", "not authorized", "access denied"},
			codes: []int{200, 2305, 2306}, status: []int{403}, class: Scope,
			what: "Zoom understood {op} but does not let this user do it.",
			why:  "Zoom says: {says}. The scope is fine; the role or the plan is not.",
			next: []Step{
				{"Ask an admin of the account for the role, and send them Zoom's sentence.", ActionNone},
				{"Sign in as a user who has it.", ActionSignIn},
			},
		},
	}
}

// apiThingRows are about what was asked for: a user, a meeting, a recording, a page of a list.
func apiThingRows() []row {
	return []row{
		{
			says: []string{"user does not exist: me"}, class: Usage,
			what: "Zoom does not know whose data to show.",
			why:  "A Server-to-Server app speaks for an account, and \"me\" is nobody there.",
			next: []Step{{"Name a user of the account by id or e-mail address: key user of the profile.", ActionSetup}},
		},
		{
			says: []string{"user does not exist", "user not exist", "user not found"}, codes: []int{1001}, class: Usage,
			what: "Zoom knows no such user in this account.",
			why:  "The id is wrong or from another account, or the app needs \"me\" in place of an id.",
			next: []Step{
				{"Use \"me\" as the user id.", ActionNone},
				{"With a Server-to-Server app name a real user id or e-mail address of the account.", ActionNone},
			},
		},
		{
			says: []string{"meeting does not exist", "meeting not exist", "meeting is not found"}, codes: []int{3001}, class: Other,
			what: "That meeting does not exist any more.",
			why:  "It was deleted, has another host, or ended: Zoom forgets a meeting about 30 days after its last use.",
			next: []Step{
				{"Load the list again.", ActionRetry},
				{"Asking by UUID? One that begins with / or holds // must be URL-encoded twice.", ActionNone},
			},
		},
		{
			says: []string{"no recording", "recording does not exist", "no transcript"}, codes: []int{3301, 3322}, class: Empty,
			what: "There is no recording or transcript of that meeting.",
			why:  "None was made, or it was deleted or is still being processed.",
			next: []Step{{"Try again later if the meeting has just ended.", ActionRetry}},
		},
		{
			says: []string{"next page token"}, class: Other,
			what: "The list changed or took too long to read.",
			why:  "A page token lives for 15 minutes.",
			next: []Step{{"Load the list again from the start.", ActionRetry}},
		},
	}
}

// apiRequestRows are about how it was asked for, and what the status alone tells. (Long,
// as it is a table.)
func apiRequestRows() []row {
	return []row{
		{
			says: []string{"endpoint is not recognized", "not recognized"}, codes: []int{2300}, class: Usage,
			what: "Zoom does not know {op}.",
			why:  "The path has a typing mistake, or the account's plan lacks the product.",
			next: []Step{
				{"Search the catalogue for the nearest known path.", ActionScopes},
			},
		},
		{
			codes: []int{300}, when: saysNothing, class: Usage,
			what: "Zoom did not accept a value of {op}, or its page token has run out.",
			why:  "Its number 300 stands for many refusals; only the words beside it tell which one it is.",
			next: []Step{{"Read the words beside the number in Zoom's answer: they name the field.", ActionNone}},
		},
		{
			says: []string{"call time out", "timed out", "time out", "timeout"}, when: isAnswer, class: Network,
			what: "Zoom did not finish {op} in time.",
			why:  "Zoom says: {says}. That is trouble of its own; no scope, role or plan is missing.",
			next: tryLaterSteps(),
		},
		{
			codes: []int{4700}, class: Network,
			what: "Zoom refused {op} without a clear reason.",
			why:  "Zoom says: {says}. Its number 4700 stands for many things, trouble of its own among them.",
			next: tryOnceSteps(),
		},
		{
			says: []string{"validation failed"}, codes: []int{300}, class: Usage,
			what: "Zoom did not accept a value of {op}.",
			why:  "Zoom says: {says}.",
			next: []Step{{"Correct the named field and try again.", ActionRetry}},
		},
		{
			says: []string{"webinar id"}, codes: []int{3000}, class: Usage,
			what: "That number belongs to a webinar, not to a meeting.",
			why:  "Webinars have endpoints of their own.",
			next: []Step{{"Use the webinar endpoint with this number.", ActionScopes}},
		},
		{
			codes: []int{3018}, class: Usage,
			what: "A personal meeting cannot be deleted.",
			why:  "The personal meeting id belongs to the user.",
			next: []Step{{"Delete scheduled meetings only.", ActionNone}},
		},
		{
			codes: []int{12702}, class: Usage,
			what: "Zoom keeps no such data: it is older than one year.",
			why:  "Reports of past meetings reach back one year.",
			next: []Step{{"Ask for a later date.", ActionNone}},
		},
		{
			status: []int{404}, class: Other,
			what: "Zoom has nothing at {op}.",
			why:  "Zoom says: {says}.",
			next: []Step{{"Check the id and the path.", ActionScopes}},
		},
		{
			status: []int{400, 405, 406, 409, 415, 422}, class: Usage,
			what: "Zoom did not accept {op}.",
			why:  "Zoom says: {says}.",
			next: []Step{{"Correct the request and try again.", ActionRetry}},
		},
	}
}

func namesScopes(f Facts) bool { return len(f.MissingScopes) > 0 }

// notAboutScopes: an answer about scopes begins with the words of a bad token, and may
// have been cut off behind them, or have a typing mistake there.
func notAboutScopes(f Facts) bool {
	return !namesScopes(f) && f.Code != codeNoScope && f.Code != 104
}

// saysNothing tells an answer without words.
func saysNothing(f Facts) bool { return f.Message == "" }

// isAnswer tells an answer of Zoom's from the words of a program here.
func isAnswer(f Facts) bool { return f.Code != 0 || f.HTTPStatus != 0 }
