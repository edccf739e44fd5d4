package scope

import (
	"slices"
	"strings"
)

// says is what an answer of Zoom's tells about a scope.
type says int

const (
	saysNothing     says = iota // there is no answer
	saysMissing                 // a scope is missing
	saysYes                     // the call was made
	saysUnknownPath             // Zoom has no such endpoint
	saysOther                   // it failed for a reason that is no scope
	saysUnclear                 // it failed with words that are not known here
)

// reply is an answer of Zoom's, understood.
type reply struct {
	says   says
	scopes []string // of saysMissing: any one of these; none: it named none
	vague  bool     // of saysMissing: the token may as well be invalid
	reason Reason   // of saysOther and saysUnclear
	row    failure
}

// decides tells whether the answer beats the table.
func (r reply) decides() bool { return r.says != saysNothing && r.says != saysUnclear }

// failure is a kind of answer that is about something else than a scope. Words are
// tried over the whole table before numbers, and these before the status: Zoom
// uses its numbers more than once.
type failure struct {
	words  []string // pieces of the message, lower case
	codes  []int
	status []int // 500 stands for all 5xx
	reason Reason
	what   string // the headline
	why    string // {says} is Zoom's sentence
	steps  []Step
	passed bool // Zoom has looked at the scopes before and found one
}

// read understands an answer. Words go before numbers.
func (l *Live) read() reply {
	if l == nil || l.Status == 0 && l.Code == 0 && l.Message == "" && len(l.Scopes) == 0 {
		return reply{}
	}
	words := strings.ToLower(l.Message)
	switch {
	case len(l.Scopes) > 0:
		return reply{says: saysMissing, scopes: l.Scopes}
	case namesMissing(words):
		return reply{says: saysMissing, scopes: NamedScopes(l.Message), vague: strings.Contains(words, "invalid, expired")}
	case strings.Contains(words, "refresh token"):
	case l.Code == 4711, l.Code == 104 && !strings.Contains(words, "expired"):
		return reply{says: saysMissing, scopes: NamedScopes(l.Message)}
	case l.Code == 2300, strings.Contains(words, "endpoint is not recognized"):
		return reply{says: saysUnknownPath}
	case l.Code == 0 && l.Status >= 200 && l.Status < 300:
		return reply{says: saysYes}
	}
	if row, ok := findFailure(l, words); ok {
		return reply{says: saysOther, reason: row.reason, row: row}
	}
	return reply{says: saysUnclear, reason: ReasonOther, row: otherFailure()}
}

// namesMissing tells the words of a missing scope: "does not contain scopes:[…]",
// "required scopes:[…]", "missing required scopes".
func namesMissing(words string) bool {
	return strings.Contains(words, "scope") &&
		(strings.Contains(words, "not contain") || strings.Contains(words, "required scope") || strings.Contains(words, "missing scope"))
}

// findFailure looks an answer up.
func findFailure(l *Live, words string) (failure, bool) {
	rows := slices.Concat(tokenFailures(), accountFailures(), thingFailures(), trafficFailures())
	keys := []func(failure) bool{
		func(f failure) bool {
			return slices.ContainsFunc(f.words, func(piece string) bool { return strings.Contains(words, piece) })
		},
		func(f failure) bool { return l.Code != 0 && slices.Contains(f.codes, l.Code) },
		func(f failure) bool {
			return slices.Contains(f.status, l.Status) || l.Status >= 500 && slices.Contains(f.status, 500)
		},
	}
	for _, key := range keys {
		if i := slices.IndexFunc(rows, key); i >= 0 {
			return rows[i], true
		}
	}
	return failure{}, false
}
