package explain

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// problem writes a row's sentences for these facts.
func (r row) problem(f Facts) Problem {
	if f.Class == Other {
		f.Class = r.class
	}
	values := marks(f)
	if f.Message == "" {
		r.why = strings.Replace(r.why, "Zoom says: {says}.", "Zoom gave no reason.", 1)
	}
	p := Problem{What: fill(r.what, values), Why: fill(r.why, values), Facts: f}
	for _, step := range r.next {
		if text, ok := fillAll(step.Text, values); ok {
			p.Next = append(p.Next, Step{Text: text, Action: step.Action})
		}
	}
	return p
}

// mark is a place in a sentence, its value (tamed), and the words that stand
// for it when the value is not known.
type mark struct{ name, value, unknown string }

func marks(f Facts) []mark {
	return []mark{
		{"{op}", tame(f.Op, maxName), "this call"},
		{"{host}", tame(f.Host, maxName), "Zoom"},
		{"{says}", strings.TrimRight(quoted(f.Message, maxMessage), ". "), "no reason given"},
		{"{cause}", strings.TrimRight(quoted(f.Cause, maxCause), ". "), "no more is known"},
		{"{path}", tame(f.Path, maxMessage), "the file"},
		{"{fix}", tame(f.Fix, 2*maxMessage), "see above"},
		{"{wanted}", wanted(f.MissingScopes), "Zoom did not say which scope it wants"},
		{"{scope}", bestScope(f.MissingScopes), "the scope"},
		{"{until}", until(f), "some time later"},
	}
}

// fill puts the values, or the words for "not known", into a sentence. Values
// are put in at once, so a mark inside foreign text stays as it is.
func fill(text string, values []mark) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 2*len(values))
	for _, m := range values {
		value := m.value
		if value == "" {
			value = m.unknown
		}
		pairs = append(pairs, m.name, value)
	}
	filled := strings.NewReplacer(pairs...).Replace(text)
	if strings.HasPrefix(text, "{cause}") { // a cause is written as part of a sentence
		first, size := utf8.DecodeRuneInString(filled)
		filled = string(unicode.ToUpper(first)) + filled[size:]
	}
	return filled
}

// fillAll is fill for a step: false when a mark's value is not known.
func fillAll(text string, values []mark) (string, bool) {
	for _, m := range values {
		if m.value == "" && strings.Contains(text, m.name) {
			return "", false
		}
	}
	return fill(text, values), true
}

// wanted says which scopes would do, and who can have the wide ones.
func wanted(scopes []string) string {
	text := "Any one of these is enough: " + scopeList(scopes)
	switch len(scopes) {
	case 0:
		return ""
	case 1:
		text = "It needs this one: " + scopeList(scopes)
	}
	ending := func(level string) bool {
		return slices.ContainsFunc(scopes, func(name string) bool { return strings.HasSuffix(name, level) })
	}
	if ending(":admin") {
		text += ". Names ending in :admin are for admin-managed and Server-to-Server apps only"
	}
	if ending(":master") {
		text += ". Names ending in :master are for the sub accounts of a master account"
	}
	return text
}

// scopeList names up to six scopes.
func scopeList(scopes []string) string {
	const most = 6
	names := make([]string, 0, most)
	for i, s := range scopes {
		if i == most {
			names = append(names, "…")
			break
		}
		names = append(names, tame(s, maxName))
	}
	return strings.Join(names, ", ")
}

// bestScope picks the alternative that most apps can have: a user-managed app
// never gets :admin or :master. The first of a kind wins, as Zoom lists it.
func bestScope(scopes []string) string {
	rank := func(s string) int {
		switch {
		case strings.HasSuffix(s, ":master"):
			return 2
		case strings.HasSuffix(s, ":admin"):
			return 1
		}
		return 0
	}
	best := ""
	for _, s := range scopes {
		if best == "" || rank(s) < rank(best) {
			best = s
		}
	}
	return tame(best, maxName)
}

// until formats RetryAt in its own zone: the hour alone on the day of the answer, with
// the date otherwise.
func until(f Facts) string {
	if f.RetryAt.IsZero() {
		return ""
	}
	at := f.At.In(f.RetryAt.Location())
	if !f.At.IsZero() && sameDay(at, f.RetryAt) {
		return f.RetryAt.Format("15:04 MST")
	}
	return f.RetryAt.Format("Mon 2 Jan 15:04 MST")
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}
