package scope

import (
	"strings"
	"time"
)

// maxQuoted is how much of Zoom's message a sentence repeats, in characters.
const maxQuoted = 200

// explain writes the sentences and the steps of a verdict that is made.
func (v *Verdict) explain(c *Catalogue, reply reply) {
	switch v.Kind {
	case HasIt:
		v.explainHas(reply)
	case AddOne:
		v.Best = v.best()
		v.Headline, v.Why, v.Steps = v.addHeadline(), joined(v.addWhy(reply), v.OwnUserOnly()), v.addSteps()
	case WrongAppType:
		v.explainWrongType()
	case OldSignIn:
		v.explainOld(reply)
	case NotAScope:
		v.explainOther(reply)
	case UnknownEndpoint:
		v.explainNoEndpoint(c, reply)
	default:
		v.explainUnknown(reply)
		v.Why = joined(v.Why, v.OwnUserOnly())
	}
}

func (v *Verdict) explainHas(reply reply) {
	held := v.held()
	if reply.says != saysYes && v.OwnUserOnly() != "" {
		v.explainOwnOnly()
		return
	}
	if reply.says != saysYes {
		v.Headline = "Your token has a scope that this call accepts: " + held + "."
		v.Why = "If Zoom refuses the call all the same, its answer says why: role, plan, or a token that is older than a change of the app."
		v.Steps = append(v.Steps, v.probeStep("Make the call: Zoom's answer decides.")...)
		return
	}
	v.Headline = "Zoom has answered this call: the token may make it."
	if v.Question.App.ScopesKnown && held == "" && len(v.Alternatives) > 0 {
		v.Disagrees = "Zoom let the call through; " + v.documentsWant() + ", which the token does not have."
	}
}

// documentsWant is "the documents of … want any one of a, b".
func (v *Verdict) documentsWant() string {
	names := make([]string, 0, len(v.Alternatives))
	for _, a := range v.Alternatives {
		names = append(names, a.Name)
	}
	return "Zoom's documents name " + listed(names)
}

func (v *Verdict) explainOther(reply reply) {
	v.Headline = reply.row.what
	v.Why = strings.TrimSpace(strings.ReplaceAll(reply.row.why, "{says}", v.zoomSays()))
	if v.Why == "" {
		v.Why = "It gave no reason."
	}
	for _, step := range reply.row.steps {
		v.Steps = append(v.Steps, v.signInStep(step))
	}
	app := v.Question.App
	if !app.ScopesKnown || len(v.Alternatives) == 0 || v.held() != "" {
		return
	}
	if reply.row.passed {
		v.Disagrees = "Zoom did not ask for a scope; " + v.documentsWant() + ", which the token does not have."
	} else {
		v.Why += " After that, a scope will be missing too: the token has none of " + listed(names(v.Alternatives)) + "."
	}
}

// signInStep says of a general step how it is done with this app.
func (v *Verdict) signInStep(step Step) Step {
	if step.Act != ActSignIn || !strings.Contains(step.Text, "eplace the token") {
		return step
	}
	app := v.Question.App
	switch {
	case app.Fixed:
		step.Text += " It comes from the environment: ZOOM_ACCESS_TOKEN."
		step.Act = ActNone
	case app.Type == ServerToServer:
		step.Text = strings.TrimSuffix(step.Text, ".") + ": fetch a new one."
	default:
		step.Text = strings.TrimSuffix(step.Text, ".") + ": sign in again."
	}
	return step
}

func (v *Verdict) explainNoEndpoint(c *Catalogue, reply reply) {
	q := v.Question
	call := q.Call()
	v.Nearest = nearest(c, q, v.Endpoint, v.Known)
	switch {
	case call == "":
		v.Headline = "No call was named."
		v.Why = "Without method and path nobody can say which scope it needs."
	case reply.says == saysUnknownPath && v.Known:
		v.Headline = "Zoom does not know " + call + ", though its documents name it."
		v.Why = "The plan of the account may lack the product, or Zoom has moved the call since."
		v.Disagrees = source(q) + " knows no such call; the documents of " + c.Date() + " name " + v.Endpoint.String() + "."
	case reply.says == saysUnknownPath:
		v.Headline = "Zoom knows no " + call + "."
		v.Why = "The path or the method has a typing mistake."
	case q.twice():
		v.Headline = "Zoom's documents of " + c.Date() + " name no " + call + "."
		v.Why = "/v2 stands in the path twice."
	default:
		v.Headline = "Zoom's documents of " + c.Date() + " name no " + call + "."
		v.Why = "The path or the method has a typing mistake, or the call is newer."
	}
	if len(v.Nearest) > 0 {
		v.Steps = append(v.Steps, Step{"The nearest that is known: " + v.Nearest[0].String() + ".", ActSearch})
	}
	v.Steps = append(v.Steps, Step{"Search the table for words of it.", ActSearch})
}

// nearest are operations like the one that was asked for, without itself.
func nearest(c *Catalogue, q Question, self Endpoint, known bool) []Endpoint {
	const most = 5
	if q.Path == "" {
		return nil
	}
	var list []Endpoint
	for _, e := range c.Nearest(q.Method, q.Path, most+1) {
		if (!known || e.String() != self.String()) && len(list) < most {
			list = append(list, e)
		}
	}
	return list
}

func (v *Verdict) explainUnknown(reply reply) {
	app := v.Question.App
	switch {
	case reply.vague:
		v.explainVague()
	case len(v.Alternatives) == 0:
		v.Headline = "Zoom's documents name no scope for this call."
		v.Why = "It may need none, or they forgot to say so. Zoom's answer names one if it is missing."
		v.Steps = v.probeStep("Make the call: Zoom's answer decides.")
		return
	case !app.SignedIn && !app.Fixed:
		v.Headline = "Zoom wants " + v.anyOne() + "; whether you have it is not known, as nobody is signed in."
		v.Steps = []Step{{"Sign in; then this says whether the token has one.", ActSignIn}}
		if app.Type == ServerToServer {
			v.Steps = []Step{{"Fetch a token; then this says whether it has one.", ActSignIn}}
		}
	case app.Fixed:
		v.Headline = "Zoom wants " + v.anyOne() + "; whether the token of the environment has it, nobody can see."
		v.Why = "Scopes are not inside a token, and nothing is known of the app that this one is from."
		v.Steps = v.probeStep("Make the call: Zoom's answer decides.")
	default:
		v.Headline = "Zoom wants " + v.anyOne() + "; whether your token has it is not known, as Zoom's token answer named no scopes."
		v.Why = "Scopes are not inside a token; only Zoom's answers name them."
		v.Steps = append(v.probeStep("Make the call: Zoom's answer decides."), Step{"Or " + v.again() + ": the answer may name them then.", ActSignIn})
	}
	v.Best = v.best()
}

// explainVague is for words that fit a missing scope and a token that is no longer
// valid, while nothing tells which of them it is.
func (v *Verdict) explainVague() {
	v.Headline = "Zoom's words leave open whether a scope is missing or the token is no longer valid."
	v.Why = "A new token mends the second, and shows which of the two it was."
	switch app := v.Question.App; {
	case app.Fixed:
		v.Steps = []Step{{"Put a new token into ZOOM_ACCESS_TOKEN, and make the call again.", ActNone}}
	case app.Type == ServerToServer:
		v.Steps = []Step{{"Fetch a new token, and make the call again.", ActSignIn}}
	default:
		v.Steps = []Step{{"Sign in again, and make the call again.", ActSignIn}}
	}
	if v.Question.Path == "" {
		v.Steps = append(v.Steps, Step{"Still refused? Look the call up by its method and path: that tells the scope.", ActSearch})
	}
}

// anyOne is "any ONE of these", or "this one" where there is no choice.
func (v *Verdict) anyOne() string {
	if len(v.Alternatives) == 1 {
		return "this one scope"
	}
	return "any ONE of these"
}

// again is how a new token is got.
func (v *Verdict) again() string {
	if v.Question.App.Type == ServerToServer {
		return "fetch a new token"
	}
	return "sign in again"
}

// probeStep is a step for calls that only read; none for the others.
func (v *Verdict) probeStep(text string) []Step {
	if strings.ToUpper(v.Question.Method) != "GET" {
		return nil
	}
	return []Step{{text, ActProbe}}
}

// zoomSays is Zoom's sentence with a blank behind it, or nothing.
func (v *Verdict) zoomSays() string {
	if v.Question.Live == nil {
		return ""
	}
	words := strings.Fields(v.Question.Live.Message)
	for i, word := range words {
		if strings.Contains(word, "eyJ") && len(word) > 20 {
			words[i] = "[redacted]" // a token: they are JWTs
		}
	}
	text := []rune(strings.TrimRight(strings.Join(words, " "), ". "))
	if len(text) == 0 {
		return ""
	}
	if len(text) > maxQuoted {
		text = append(text[:maxQuoted-1], '…')
	}
	return "Zoom says: " + string(text) + ". "
}

// local is a time in the zone of the question's clock.
func (q Question) local(t time.Time) time.Time {
	if q.Now.IsZero() {
		return t
	}
	return t.In(q.Now.Location())
}

// day is a date as it is said: "14 Nov", "today, 09:12", "14 Nov 2025".
func (q Question) day(t time.Time) string {
	at := q.local(t)
	switch {
	case q.Now.IsZero() || at.Year() != q.Now.Year():
		return at.Format("2 Jan 2006")
	case at.YearDay() == q.Now.YearDay():
		return at.Format("today, 15:04")
	}
	return at.Format("2 Jan")
}

// names are the names of alternatives.
func names(list []Alternative) []string {
	out := make([]string, 0, len(list))
	for _, a := range list {
		out = append(out, a.Name)
	}
	return out
}
