package main

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"zoomtui/internal/scope"
)

// namedCall is a call as a person has named it.
type namedCall struct {
	scope.Question
	text string // as it is shown: without query, headers and whatever else a line held
}

// callOf reads a call: "GET /users/me", a path alone for GET, an address, or a curl
// line. What is none of these is taken for a path, for an answer to name.
func callOf(text string) namedCall {
	if q := scope.ReadQuery(text); q.Path != "" {
		call := scope.Question{Method: cmp.Or(q.Method, http.MethodGet), Path: q.Path}
		return namedCall{call, queryText(q)}
	}
	text = scope.WithoutSecrets(strings.TrimSpace(text))
	method, path, ok := strings.Cut(text, " ")
	if !ok || !slices.Contains(callMethods(), strings.ToUpper(method)) {
		method, path = http.MethodGet, text
	}
	return namedCall{scope.Question{Method: strings.ToUpper(method), Path: strings.TrimSpace(path)}, clean(text)}
}

// joinMethods puts calls together that a shell has split: GET /users/me.
func joinMethods(args []string) []string {
	var joined []string
	for i := 0; i < len(args); i++ {
		if i+1 < len(args) && strings.Contains(args[i+1], "/") && slices.Contains(callMethods(), strings.ToUpper(args[i])) {
			joined = append(joined, args[i]+" "+args[i+1])
			i++
			continue
		}
		joined = append(joined, args[i])
	}
	return joined
}

// callMethods are the ones that Zoom's API has.
func callMethods() []string {
	return []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
}
