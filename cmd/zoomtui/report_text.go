package main

import (
	"fmt"
	"net/netip"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/calls"
	"zoomtui/internal/config"
	"zoomtui/internal/doctor"
	"zoomtui/internal/term"
)

// How much of the logs is in a report.
const (
	reportedCalls   = 10
	reportedHistory = 10
)

// block is a report on the way: Markdown.
type block struct{ strings.Builder }

// row adds a fact; one that is not known is left out.
func (b *block) row(name, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); text != "" {
		fmt.Fprintf(b, "- **%s**: %s\n", name, text)
	}
}

// head begins a part.
func (b *block) head(title string) { fmt.Fprintf(b, "\n#### %s\n\n", title) }

// table writes rows of cells below a line of titles; without rows, that there are none.
func (b *block) table(titles []string, rows [][]string) {
	if len(rows) == 0 {
		b.WriteString("none\n")
		return
	}
	fmt.Fprintf(b, "| %s |\n|%s\n", strings.Join(titles, " | "), strings.Repeat("---|", len(titles)))
	for _, cells := range rows {
		fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
	}
}

// reportText is the report. Nothing gets in but words of this program, numbers,
// times, and what [plain] lets through.
func (e *examination) reportText(checks []doctor.Check) string {
	var b block
	b.WriteString("### zoomtui report\n\n")
	b.row("zoomtui", "%s, %s, %s/%s%s", plain(buildVersion()), runtime.Version(), runtime.GOOS, runtime.GOARCH, distribution())
	b.row("Terminal", "%s", e.terminalText())
	e.appRows(&b)
	e.signInRows(&b)
	b.row("Environment", "%s", e.variables())
	b.head("Last calls (times in UTC, paths without ids)")
	b.table([]string{"time", "call", "host", "answer", "ms", "tracking id"}, e.callRows())
	b.head("History of the sign-in (Zoom's time)")
	b.table([]string{"time", "what", "by", "result", "generation", "refresh token"}, e.historyRows())
	b.head("zoomtui doctor")
	for _, check := range checks {
		fmt.Fprintf(&b, "- %s: %s", check.State, check.Name)
		if check.Brief != "" {
			fmt.Fprintf(&b, ", %s", check.Brief)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (e *examination) appRows(b *block) {
	name := "another than default"
	if e.name == config.DefaultProfile {
		name = config.DefaultProfile
	}
	b.row("Profile", "%s", name)
	if e.unusable != nil {
		b.row("App", "not usable, see app and settings below")
		return
	}
	flow := map[auth.Kind]string{
		auth.Public:       "authorization code with PKCE, no secret",
		auth.Confidential: "authorization code with PKCE and client secret",
		auth.S2S:          "account credentials",
	}[e.profile.Kind]
	b.row("App", "%s, client id …%s, %s", e.profile.Kind, plain(tail(e.profile.ClientID)), flow)
	if kindHasSignIn(e.profile.Kind) {
		b.row("Return address", "`%s`", shownRedirect(e.profile.RedirectURI))
	}
	oauth, err := url.Parse(e.profile.OAuthBase)
	if err == nil {
		b.row("Zoom", "%s", calls.Host(oauth.Host))
	}
}

// shownRedirect is the return address. One on this machine is shown as it is
// registered, since its form is what goes wrong; of any other, host and path often
// name a person.
func shownRedirect(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return "no address"
	}
	host := calls.Host(u.Host)
	if addr, err := netip.ParseAddr(u.Hostname()); host != "localhost" && (err != nil || !addr.IsLoopback()) {
		return u.Scheme + "://" + host + "/{path}"
	}
	address, _, query := strings.Cut(uri, "?")
	address = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune("`|<>@", r) {
			return '·'
		}
		return r
	}, address)
	if query {
		address += "?…"
	}
	return address
}

func (e *examination) signInRows(b *block) {
	s, err := e.standing()
	if err != nil {
		b.row("Sign-in", "not known, see store and app below")
		return
	}
	ago := func(t time.Time) string {
		if t.IsZero() {
			return "unknown"
		}
		return roughly(s.now.Sub(t)) + " ago"
	}
	b.row("Sign-in", "%s%s", s.state, map[bool]string{true: ", a token of the environment"}[e.given != ""])
	if t := s.token; t.AccessToken != "" {
		life := ""
		if !t.ExpiresAt.IsZero() {
			life = ", " + roughly(t.Left(s.now)) + " left"
			if t.Left(s.now) <= 0 {
				life = ", ended " + ago(t.ExpiresAt)
			}
		}
		b.row("Access token", "fingerprint %s, fetched %s%s", t.Fingerprint(), ago(t.ObtainedAt), life)
	}
	if t := s.token; t.RefreshToken != "" {
		kept, _ := keptWhere(e.store, e.profile)
		b.row("Refresh token", "fingerprint %s, generation %d, fetched %s, signed in %s, kept in a %s",
			auth.Fingerprint(t.RefreshToken), t.Generation, ago(t.ObtainedAt), ago(t.SignedInAt), kept)
	}
	if s.cutOff != nil {
		b.row("Cut off", "a refresh begun %s", ago(s.cutOff.At))
	}
	if !s.token.ObtainedAt.IsZero() {
		b.row("Clock", "Zoom's minus this machine's: %d s, at the last refresh", int64(s.token.ClockSkew/time.Second))
	}
	b.row("Scopes", "%s", shownScopes(s.token.Scopes()))
	if s.token.APIURL != "" {
		api, err := url.Parse(s.token.APIURL)
		if err == nil {
			b.row("API", "%s", calls.Host(api.Host))
		}
	}
}

// roughly is a length of time in its largest unit that fits twice.
func roughly(d time.Duration) string {
	if d < 0 {
		return "-" + roughly(-d)
	}
	switch {
	case d >= 2*day:
		return strconv.Itoa(int(d/day)) + " d"
	case d >= 2*time.Hour:
		return strconv.Itoa(int(d/time.Hour)) + " h"
	case d >= 2*time.Minute:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	default:
		return strconv.Itoa(int(d/time.Second)) + " s"
	}
}

// shownScopes are those that look like scopes; the string is Zoom's.
func shownScopes(scopes []string) string {
	var shown []string
	for _, s := range scopes {
		if plain(s) == s && strings.Contains(s, ":") && !strings.Contains(s, "@") {
			shown = append(shown, s)
		}
	}
	if others := len(scopes) - len(shown); others > 0 {
		shown = append(shown, strconv.Itoa(others)+" of another form")
	}
	return strings.Join(shown, ", ")
}

// logName is the profile whose logs are told.
func (e *examination) logName() string {
	if e.given != "" {
		return environmentProfile
	}
	return e.name
}

func (e *examination) callRows() [][]string {
	newest, err := e.cli.callLog(e.logName()).Read(reportedCalls)
	if err != nil {
		return [][]string{{"not readable", "", "", "", "", ""}}
	}
	var rows [][]string
	for _, c := range newest { // tamed when they were read
		answer := strconv.Itoa(c.Status)
		if c.ZoomCode != 0 {
			answer += " code " + strconv.Itoa(c.ZoomCode)
		}
		if c.Failed != "" {
			answer = strings.TrimPrefix(answer+" "+c.Failed, "0 ")
		}
		rows = append(rows, []string{
			c.At.Format(time.DateTime), c.Method + " " + c.Path, c.Host, answer, strconv.FormatInt(c.Millis, 10), c.TrackingID,
		})
	}
	return rows
}

func (e *examination) historyRows() [][]string {
	newest, err := e.cli.history(e.logName()).Read(reportedHistory)
	if err != nil {
		return [][]string{{"not readable", "", "", "", "", ""}}
	}
	var rows [][]string
	for _, h := range newest {
		what := plain(h.Action)
		if h.Tried != "" {
			what += " with the " + plain(h.Tried) + " one"
		}
		if !h.CutOff.IsZero() {
			what += ", after one that was cut off"
		}
		rows = append(rows, []string{
			h.At.UTC().Format(time.DateTime), what, plain(h.Command), plain(h.Result), strconv.Itoa(h.Generation),
			fingerprint(h.OldFingerprint) + " → " + fingerprint(h.NewFingerprint),
		})
	}
	return rows
}

// fingerprint lets through what has the form of one.
func fingerprint(s string) string {
	const digits = 6
	if len(s) != digits || strings.Trim(s, "0123456789abcdef") != "" {
		return "–"
	}
	return s
}

// terminalText is what is known of the terminal. Names of programs are let through,
// names of machines and people are not asked for.
func (e *examination) terminalText() string {
	m := term.FromEnv(e.cli.getenv)
	var parts []string
	for _, name := range []string{"TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "NO_COLOR"} { // harmless values
		if value := plain(e.cli.getenv(name)); value != "" {
			parts = append(parts, name+"="+value)
		}
	}
	if cols, rows, ok := windowSize(e.cli.out); ok {
		parts = append(parts, fmt.Sprintf("%d×%d", cols, rows))
	}
	if m.Multiplexer != term.NoMultiplexer {
		parts = append(parts, "in "+string(m.Multiplexer))
	}
	if m.SSH {
		parts = append(parts, "over SSH")
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
