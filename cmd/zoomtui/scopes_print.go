package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
)

// endpointJSON is an operation of the table.
type endpointJSON struct {
	Method  string `json:"method"`
	Path    string `json:"path"` // a template, below /v2
	Summary string `json:"summary"`
	Rate    string `json:"rate"` // LIGHT, MEDIUM, HEAVY, RESOURCE-INTENSIVE; empty: not documented
}

func endpointOf(e scope.Endpoint) endpointJSON {
	return endpointJSON{e.Method, e.Path, e.Summary, e.Label}
}

// alternativeJSON is a scope that would do.
type alternativeJSON struct {
	Name   string `json:"name"`
	Style  string `json:"style"` // classic, granular
	Level  string `json:"level"` // user, admin, master
	Held   *bool  `json:"held"`  // null: not known
	Fits   bool   `json:"fits"`  // this app can have it
	Reason string `json:"reason"`
}

// verdictAnswer is a verdict wherever JSON is printed. Keys are only ever added.
type verdictAnswer struct {
	Verdict      string            `json:"verdict"` // HAS IT, ADD ONE, WRONG APP TYPE, OLD SIGN-IN, NOT A SCOPE PROBLEM, UNKNOWN ENDPOINT, UNKNOWN
	Headline     string            `json:"headline"`
	Why          string            `json:"why"`
	Call         string            `json:"call"`     // as it was asked for; empty: none was named
	Endpoint     *endpointJSON     `json:"endpoint"` // null: not in the table
	Alternatives []alternativeJSON `json:"alternatives"`
	Best         string            `json:"best"` // the one to add; empty: none can be, or none need be
	Steps        []string          `json:"steps"`
	Source       string            `json:"source"`
	FromZoom     bool              `json:"from_zoom"` // Zoom's own answer has decided, not the table
	Disagrees    string            `json:"disagrees"` // how Zoom's answer differs from the table
	Nearest      []endpointJSON    `json:"nearest"`   // of UNKNOWN ENDPOINT
}

// verdictJSON is a verdict for programs; the commands of its steps are for a profile.
func verdictJSON(v scope.Verdict, profile string) verdictAnswer {
	a := verdictAnswer{
		Verdict: string(v.Kind), Headline: clean(v.Headline), Why: clean(v.Why), Call: clean(v.Question.Call()),
		Alternatives: []alternativeJSON{}, Best: clean(v.Best), Steps: []string{}, Source: clean(v.Source),
		FromZoom: v.FromZoom, Disagrees: clean(v.Disagrees), Nearest: []endpointJSON{},
	}
	if v.Known {
		e := endpointOf(v.Endpoint)
		a.Endpoint = &e
	}
	for _, alt := range v.Alternatives {
		out := alternativeJSON{
			Name: clean(alt.Name), Style: string(alt.Style), Level: levelText(alt.Level), Fits: alt.Fit.OK, Reason: alt.Fit.Reason,
		}
		if v.Question.App.ScopesKnown {
			out.Held = &alt.Held
		}
		a.Alternatives = append(a.Alternatives, out)
	}
	for _, step := range v.Steps {
		a.Steps = append(a.Steps, clean(scopeStep(v, step, profile)))
	}
	for _, e := range v.Nearest {
		a.Nearest = append(a.Nearest, endpointOf(e))
	}
	return a
}

// levelText is a level as JSON names it.
func levelText(l scope.Level) string {
	if l == scope.LevelUser {
		return "user"
	}
	return string(l)
}

// writeVerdict writes a verdict for a person: the verdict and its sentence, the call,
// the scopes that would do, what the token has, the steps, and who says so.
func (c *cli) writeVerdict(w io.Writer, v scope.Verdict) error {
	bold, dim, off := c.pens(w)
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s%s  %s\n", bold, v.Kind, off, clean(v.Headline))
	switch {
	case v.Known:
		fmt.Fprintf(&b, "  %s: %s\n", v.Endpoint, v.Endpoint.Summary)
	case v.Question.Call() != "" && !strings.Contains(v.Headline, v.Question.Call()):
		fmt.Fprintf(&b, "  %s\n", clean(v.Question.Call()))
	}
	if v.Why != "" {
		fmt.Fprintf(&b, "  %s\n", clean(v.Why))
	}
	if v.Disagrees != "" {
		fmt.Fprintf(&b, "  %s\n", clean(v.Disagrees))
	}
	if len(v.Alternatives) > 0 {
		b.WriteString("\n" + alternativesText(v, columns(w), dim, off) + "\n")
	}
	b.WriteString(nearestText(v))
	if held := heldText(v); held != "" {
		fmt.Fprintf(&b, "  %s\n", held)
	}
	for i, step := range v.Steps {
		fmt.Fprintf(&b, "  %d. %s\n", i+1, clean(scopeStep(v, step, c.flags.profile)))
	}
	if v.Source != "" {
		fmt.Fprintf(&b, "  %sSource: %s.%s\n", dim, clean(strings.TrimSuffix(v.Source, ".")), off)
	}
	_, err := io.WriteString(w, folded(w, b.String()))
	return err
}

// nearestText lists the calls that are like one that is not known.
func nearestText(v scope.Verdict) string {
	if len(v.Nearest) == 0 {
		return ""
	}
	var b strings.Builder
	for _, e := range v.Nearest {
		fmt.Fprintf(&b, "    %s: %s\n", e, e.Summary)
	}
	return "\n" + b.String() + "\n"
}

// pens are the sequences for bold, dim and neither; empty where w takes none.
func (c *cli) pens(w io.Writer) (bold, dim, off string) {
	if c.colour(w) {
		return "\x1b[1m", "\x1b[2m", "\x1b[0m"
	}
	return "", "", ""
}

// alternativesText lists the scopes that would do: the held ones and the one to add
// are marked, and those that the app cannot have are dim. In a window of too few
// columns the reasons stand below; cols 0 is as many as it takes.
func alternativesText(v scope.Verdict, cols int, dim, off string) string {
	const indent = 4
	names, reasons := 0, 0
	for _, a := range v.Alternatives {
		names = max(names, ansi.StringWidth(clean(a.Name)))
		reasons = max(reasons, ansi.StringWidth(a.Fit.Reason))
	}
	below := cols > 0 && indent+names+2+reasons > cols
	var b strings.Builder
	for _, a := range v.Alternatives {
		mark, begin, end := " ", "", ""
		switch {
		case a.Held:
			mark = "✓"
		case a.Name == v.Best:
			mark = "▸"
		case !a.Fit.OK:
			begin, end = dim, off
		}
		name := clean(a.Name)
		gap := strings.Repeat(" ", names-ansi.StringWidth(name)+2)
		if below {
			gap = "\n" + strings.Repeat(" ", indent+2)
		}
		if a.Fit.Reason == "" {
			gap = ""
		}
		fmt.Fprintf(&b, "  %s %s%s%s%s%s\n", mark, begin, name, gap, a.Fit.Reason, end)
	}
	return b.String()
}

// heldText says what app and token the verdict is for; empty where nothing is
// known of them.
func heldText(v scope.Verdict) string {
	app := v.Question.App
	if !app.SignedIn && app.ClientTail == "" {
		return ""
	}
	text := "Your app: " + appText(app) + "."
	switch {
	case !app.SignedIn:
		return text + " No token is stored for it."
	case !app.ScopesKnown:
		return text + " Which scopes your token has is not known."
	}
	const most = 5
	scopes := slices.Clone(app.Scopes)
	slices.SortStableFunc(scopes, func(a, b string) int { // what the call is about first
		return relation(v, b) - relation(v, a)
	})
	rest := ""
	if len(scopes) > most {
		scopes, rest = scopes[:most-1], ", and "+strconv.Itoa(len(scopes)-most+1)+" more"
	}
	return text + " Your token has " + counted(len(app.Scopes), "scope") + ": " + clean(strings.Join(scopes, ", ")) + rest + "."
}

// relation is how much a scope has to do with a verdict.
func relation(v scope.Verdict, name string) int {
	related := 0
	for _, a := range v.Alternatives {
		resource, _, _ := strings.Cut(a.Name, ":")
		own, _, _ := strings.Cut(name, ":")
		switch {
		case a.Name == name:
			return 2
		case resource == own:
			related = 1
		}
	}
	return related
}

// appText is an app in a few words.
func appText(app scope.App) string {
	var words []string
	for _, word := range []string{string(app.Type), string(app.Style)} {
		if word != "" {
			words = append(words, word)
		}
	}
	if app.Fixed {
		words = append(words, "not known (the token is of ZOOM_ACCESS_TOKEN)")
	}
	if app.ClientTail != "" {
		words = append(words, "client id …"+clean(app.ClientTail))
	}
	return strings.Join(words, ", ")
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// scopeStep is a step of a verdict with its command, where there is one.
func scopeStep(v scope.Verdict, step scope.Step, profile string) string {
	call := v.Question
	switch step.Act {
	case scope.ActSignIn:
		if call.App.Type == scope.ServerToServer {
			return withCommand(step.Text, forProfile("zoomtui token --force", profile)+" >/dev/null")
		}
		return withCommand(step.Text, forProfile("zoomtui login", profile))
	case scope.ActProbe:
		path := strings.Replace(call.Path, "/users/{userId}", "/users/me", 1)
		if path == "" || strings.Contains(path, "{") {
			return step.Text
		}
		return withCommand(step.Text, forProfile("zoomtui api GET "+explain.ShellWord(path), profile))
	case scope.ActSearch:
		if len(v.Nearest) == 0 {
			return withCommand(step.Text, "zoomtui scopes for WORDS")
		}
		near := v.Nearest[0].String()
		if text, ok := strings.CutSuffix(step.Text, ": "+near+"."); ok {
			return withCommand(text, "zoomtui scopes for "+explain.ShellWord(near))
		}
		return withCommand(step.Text, "zoomtui scopes for WORDS")
	default:
		return step.Text
	}
}
