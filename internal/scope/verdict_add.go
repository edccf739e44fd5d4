package scope

import "slices"

// addHeadline says what Zoom wants.
func (v *Verdict) addHeadline() string {
	switch len(v.Alternatives) {
	case 0:
		return "Zoom wants a scope that the token does not have, and does not say which."
	case 1:
		return "Zoom wants this scope, your token does not have it."
	}
	return "Zoom wants any ONE of these, your token has none."
}

// addWhy says which one it is, and why the token may lack it.
func (v *Verdict) addWhy(reply reply) string {
	app := v.Question.App
	switch {
	case len(v.Alternatives) == 0 && v.Question.Path == "":
		return "Its answer names no call either; with method and path this can be looked up."
	case len(v.Alternatives) == 0:
		return "The documents do not name one for this call."
	case reply.vague:
		return "Zoom's words leave open whether a scope is missing or the token is no longer valid; a new token mends the second."
	case app.Fixed:
		return "The token comes from the environment, so nothing is known of its app."
	case v.otherStyle():
		return v.styleWhy()
	case reply.says == saysMissing && len(reply.scopes) > 0 && !slices.Contains(reply.scopes, v.Best):
		return "Zoom has named granular scopes only, and your app has classic ones; by the documents this call accepts " + v.Best + " as well."
	case app.Type == UnknownType && !app.ScopesKnown:
		return "Which one depends on the app: a bare name is for user-managed apps, one that ends in :admin for admin-managed and Server-to-Server apps."
	case reply.says == saysMissing && !v.Known && v.Question.Path != "":
		return "The table does not know this call; the names are Zoom's own."
	case !app.SignedIn:
		return ""
	case app.Type == ServerToServer:
		return "If the app has it already, this token is older than the change."
	case mainStyle(app) == Classic:
		return "If the app has it already, this sign-in is older than the change."
	}
	return "If the app has it already, this sign-in is older than the change; or your app may list it as optional, and this sign-in did not grant it."
}

// otherStyle tells that the one to add is not of the app's own style.
func (v *Verdict) otherStyle() bool {
	i := slices.IndexFunc(v.Alternatives, func(a Alternative) bool { return a.Name == v.Best })
	return i >= 0 && v.Question.App.Style != UnknownStyle && v.Alternatives[i].Style != v.Question.App.Style
}

// styleWhy is for an app whose own style has no scope for the call.
func (v *Verdict) styleWhy() string {
	if v.Question.App.Style == Classic {
		return "Your app has classic scopes, and only granular ones are named that it could have. It can be migrated to granular scopes in the Marketplace."
	}
	return "Your app has granular scopes, and only classic ones are named that it could have. The Marketplace may offer it none; then only an app made before March 2024 can make this call."
}

// addSteps are: copy the name, add it to the app, get a new token.
func (v *Verdict) addSteps() []Step {
	app := v.Question.App
	if v.Best == "" {
		steps := v.probeStep("Make the call again and read which scope Zoom names.")
		return append(steps, Step{"Search the table for the call.", ActSearch})
	}
	how := " › Add Scopes, choose it and save."
	if v.otherStyle() && app.Style == Classic {
		how = ", migrate the app to granular scopes, then add this one and save."
	}
	steps := []Step{
		{"Copy the name: " + v.Best + ".", ActCopy},
		{"Open " + scopesPage(app) + how, ActMarket},
	}
	return append(steps, v.newTokenStep())
}

// newTokenStep is how the scope gets into the token.
func (v *Verdict) newTokenStep() Step {
	app := v.Question.App
	switch {
	case app.Fixed:
		return Step{"Then put a new token into ZOOM_ACCESS_TOKEN: the one in use gains no scopes.", ActNone}
	case app.Type == ServerToServer:
		return Step{"Then fetch a new token; it can take up to an hour until Zoom gives it the scope.", ActSignIn}
	case !app.SignedIn:
		return Step{"Then sign in again: a refresh does not add scopes.", ActSignIn}
	case app.SignedInAt.IsZero():
		return Step{"Then sign in again: a refresh does not add scopes.", ActSignIn}
	}
	return Step{"Then sign in again: a refresh does not add scopes; this sign-in is from " + v.Question.day(app.SignedInAt) + ".", ActSignIn}
}

// explainWrongType is for a call that no app of this type can make with scopes of
// its style.
func (v *Verdict) explainWrongType() {
	app := v.Question.App
	named, style, among, classic := v.Alternatives, "", "All that is named ends", v.inOtherStyle()
	if classic != "" {
		named, style, among = v.ofStyle(Granular), "granular ", "All granular scopes that are named end"
	}
	has := func(level Level) bool {
		return slices.ContainsFunc(named, func(a Alternative) bool { return a.Level == level })
	}
	if !has(LevelAdmin) {
		v.Headline = "No " + style + "app of a single account can make this call."
		v.Why = among + " in :master, which is for the sub accounts of a master account." + classic
		v.Steps = []Step{
			{"Use a Server-to-Server app of the master account.", ActMarket},
			{"Set that app up as a profile of its own.", ActNone},
		}
		return
	}
	ending := " in :admin, which only"
	if has(LevelMaster) {
		ending = " in :admin or :master, which only"
	}
	v.Headline = "No " + style + string(app.Type) + " app can make this call."
	v.Why = among + ending + " admin-managed and Server-to-Server apps can have; the Marketplace does not offer it to your app." + classic
	v.Steps = []Step{
		{"Create a Server-to-Server or an admin-managed app in the Marketplace; an admin of the account must do it or allow it.", ActMarket},
		{"Set that app up as a profile of its own, and copy the name of the scope there: " + v.forAccount() + ".", ActCopy},
		{"Or look for a call of the user's own things that tells the same.", ActSearch},
	}
}

// ofStyle are the alternatives of a style.
func (v *Verdict) ofStyle(style Style) []Alternative {
	return slices.DeleteFunc(slices.Clone(v.Alternatives), func(a Alternative) bool { return a.Style != style })
}

// inOtherStyle names what a granular app would need and only a classic one can have;
// empty: that would not help either.
func (v *Verdict) inOtherStyle() string {
	classic := v.ofStyle(Classic)
	level := fitting(classic, Classic, v.Question.App)
	if mainStyle(v.Question.App) != Granular || level == nil {
		return ""
	}
	i := slices.IndexFunc(classic, func(a Alternative) bool { return level(a.Level) })
	return " The classic " + classic[i].Name + " would do, but only apps made before March 2024 can have that."
}

// forAccount is the name that an app of the account would need.
func (v *Verdict) forAccount() string {
	for _, style := range []Style{mainStyle(v.Question.App), Granular, Classic} {
		for _, a := range v.ofStyle(style) {
			if a.Level == LevelAdmin {
				return a.Name
			}
		}
	}
	return v.Alternatives[0].Name
}

// explainOld is for a scope that was granted and that Zoom does not see.
func (v *Verdict) explainOld(reply reply) {
	app := v.Question.App
	v.Headline = "The token was granted " + v.held() + ", and Zoom does not see it."
	if reply.vague {
		v.Headline = "The token was granted " + v.held() + ", and Zoom does not accept it."
	}
	switch {
	case app.Fixed:
		v.Why = "The token is older than a change of the app, or the app has lost the scope since."
		v.Steps = []Step{{"Put a new token into ZOOM_ACCESS_TOKEN.", ActNone}}
	case app.Type == ServerToServer:
		v.Why = "The app has lost the scope since this token was fetched, or Zoom has not caught up with a change of the app; that can take up to an hour."
		v.Steps = []Step{{"Fetch a new token.", ActSignIn}}
	default:
		v.Why = "The token is older than a change of the app, or the app has lost the scope since."
		v.Steps = []Step{v.oldSignInStep()}
	}
	if live := v.Question.Live; live != nil && live.At.IsZero() { // it was pasted
		v.Why += " Or the answer was for another token: of another app or user, or an older one."
	}
	v.Steps = append(v.Steps, Step{"Still refused? See that the scope stands in " + scopesPage(app) + ", and that it was saved.", ActMarket})
}

func (v *Verdict) oldSignInStep() Step {
	text := "Sign in again: a refresh does not change scopes"
	if at := v.Question.App.SignedInAt; !at.IsZero() {
		text += "; this sign-in is from " + v.Question.day(at)
	}
	return Step{text + ".", ActSignIn}
}
