package kit

import (
	"slices"
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
)

// SignInAgain asks for a sign-in with the same app, after which the tab in front
// stays there; for a Server-to-Server app it fetches a new token.
type SignInAgain struct{}

// GoBack asks for the tab that was in front before Examine.
type GoBack struct{}

// ExamineProblem is the question about a call that failed: which scope was
// missing, if that was it. False where no call to Zoom's API is behind it.
func ExamineProblem(p explain.Problem) (Examine, bool) {
	method, path, ok := strings.Cut(p.Facts.Op, " ")
	if p.Facts.Place != explain.PlaceAPI || !ok || !strings.HasPrefix(path, "/") {
		return Examine{}, false
	}
	return Examine{Method: method, Path: path, Live: LiveAnswer(p.Facts)}, true
}

// LiveAnswer is an answer of Zoom's as a verdict takes it; nil where there was none.
func LiveAnswer(f explain.Facts) *scope.Live {
	if f.HTTPStatus == 0 && f.Code == 0 {
		return nil
	}
	return &scope.Live{
		Status: f.HTTPStatus, Code: f.Code, Message: f.Message, Scopes: slices.Clone(f.MissingScopes),
		TrackingID: f.TrackingID, At: f.At,
	}
}
