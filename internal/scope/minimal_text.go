package scope

import (
	"encoding/json"
	"strings"
)

// List is one name a line, each line ended.
func (m Minimal) List() string {
	var b strings.Builder
	for _, s := range m.Scopes {
		b.WriteString(s.Name + "\n")
	}
	return b.String()
}

// Manifest is the fragment of a Marketplace manifest: the value of
// oauth_information.scopes, [{"scope":"…","optional":false}], indented, with a line
// end.
// Source: https://developers.zoom.us/docs/build-flow/manifests/schema/oauth-information.md
func (m Minimal) Manifest() string {
	type entry struct {
		Scope    string `json:"scope"`
		Optional bool   `json:"optional"`
	}
	entries := make([]entry, 0, len(m.Scopes))
	for _, s := range m.Scopes {
		entries = append(entries, entry{Scope: s.Name})
	}
	text, err := json.MarshalIndent(entries, "", "  ")
	if err != nil {
		return "[]\n" // strings and booleans: there is nothing that could fail
	}
	return string(text) + "\n"
}

// Markdown is a text for the account's admin: each scope, what for, and where to
// add it. appName may be empty.
func (m Minimal) Markdown(appName string) string {
	app, page := "our Zoom app", "your app"
	if name := strings.Join(strings.Fields(appName), " "); name != "" {
		page = escaped(name)
		app = "the Zoom app **" + page + "**"
	}
	var b strings.Builder
	b.WriteString("# Scopes for " + app + "\n\n")
	if len(m.Scopes) > 0 {
		b.WriteString("Please add these scopes to " + app + " in the Zoom App Marketplace: Manage › " + page + " › Scopes › Add Scopes. ")
		b.WriteString("It needs all of them and no others. They work after the next sign-in; a Server-to-Server app gets them with its next token.\n\n")
		b.WriteString("| Scope | What for |\n|---|---|\n")
	}
	for _, s := range m.Scopes {
		b.WriteString("| `" + s.Name + "` | " + purposes(s.For) + " |\n")
	}
	if len(m.Without) > 0 {
		if len(m.Scopes) > 0 {
			b.WriteString("\n")
		}
		b.WriteString("For these calls no scope is known that such an app can have:\n\n")
		for _, e := range m.Without {
			b.WriteString("* " + purpose(e) + "\n")
		}
	}
	return b.String()
}

// purposes is "list meetings (`GET /users/{userId}/meetings`); …".
func purposes(calls []Endpoint) string {
	list := make([]string, 0, len(calls))
	for _, e := range calls {
		list = append(list, purpose(e))
	}
	return strings.Join(list, "; ")
}

func purpose(e Endpoint) string {
	if e.Summary == "" {
		return "`" + e.String() + "`"
	}
	return escaped(e.Summary) + " (`" + e.String() + "`)"
}

// escaped keeps Markdown from reading signs in a text.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "|", `\|`).Replace(text)
}
