package main

import (
	"github.com/rogpeppe/go-internal/testscript"

	"zoomtui/internal/sandbox"
)

// gives SCOPE… adds scopes to the public app of the script's Zoom. A sign-in after it
// has them.
func cmdGives(ts *testscript.TestScript, _ bool, args []string) {
	app, ok := zoom(ts).App(sandbox.KindPublic)
	if !ok {
		ts.Fatalf("there is no public app")
	}
	app.Scopes = append(app.Scopes, args...)
	zoom(ts).AddApp(app)
}
