package setup

import (
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/marketplace"
	"zoomtui/internal/ui/kit"
)

// View draws the screen in w×h cells below the header.
func (m *Model) View(c kit.Context, w, h int) kit.Frame {
	if m.leaving {
		return kit.Frame{Lines: leavingView(c, w)}
	}
	switch m.phase {
	case choosing:
		return kit.Frame{Lines: m.choosingView(c, w, h)}
	case filling:
		return m.fillingView(c, w, h)
	case registering:
		return kit.Frame{Lines: m.registerView(c, w, h)}
	case manifesting:
		return kit.Frame{Lines: m.manifestView(c, w, h)}
	case asking:
		return kit.Frame{Lines: m.testingView(c, w)}
	case untested:
		return kit.Frame{Lines: m.untestedView(c, w, h)}
	case saving:
		return kit.Frame{Lines: []string{" " + c.Styles.Accent.Render("●") + "  Saving…"}}
	case done:
		return kit.Frame{Lines: []string{" " + c.Styles.Good.Render("✓") + "  " + c.Styles.Strong.Render("Saved as "+m.app.Profile+".") + " Opening it…"}}
	case unsaved, stuck:
	}
	return kit.Frame{Lines: kit.Stack(m.failedSections(c, w), h)}
}

// failedSections says how far it came, and what went wrong then.
func (m *Model) failedSections(c kit.Context, w int) []kit.Section {
	words := " " + c.Styles.Warn.Render("✗") + "  " + c.Styles.Strong.Render("Not saved.") + " Nothing has been changed."
	if m.phase == stuck {
		words = " " + c.Styles.Good.Render("✓") + "  " + c.Styles.Strong.Render("Saved as "+m.app.Profile+",") + " but it does not open."
	}
	return append([]kit.Section{{Lines: []string{words}, Drop: 5}, kit.Blank(9)}, m.problemSections(c, w)...)
}

func leavingView(c kit.Context, w int) []string {
	lines := []string{" " + c.Styles.Strong.Render("Leave without setting up the app?"), ""}
	lines = append(lines, kit.Indented("Nothing has been written; what was typed here is forgotten.", 1, w)...)
	return append(lines, "", " "+kit.HintAs(c.Styles, c.Keys.Yes, "leave")+"    "+kit.Hint(c.Styles, stayKey()))
}

// problemSections is what went wrong, with the keys that this screen has for
// what to do.
func (m *Model) problemSections(c kit.Context, w int) []kit.Section {
	if m.problem == nil {
		return nil
	}
	return kit.ProblemSections(c.Styles, *m.problem, kit.StepKeys{explain.ActionRetry: c.Keys.Renew, explain.ActionWait: c.Keys.Renew}, w)
}

func (m *Model) choosingView(c kit.Context, w, h int) []string {
	kind := m.choice.kind()
	options := len(marketplace.Kinds())
	sections := []kit.Section{
		{Lines: []string{" " + c.Styles.Strong.Render("Which kind of Zoom app?")}, Drop: 5},
		kit.Blank(8),
		{Lines: trimmed(m.choice.lines(w, min(2*options, max(h-6, options))))},
		kit.Blank(7),
		{Lines: kit.Indented(kind.For, 1, w)},
		kit.Blank(9),
		{Lines: kit.Indented("It needs: "+lowerFirst(kind.Needs), 1, w), Drop: 3},
	}
	if m.problem != nil {
		sections = append(sections, kit.Blank(9))
		if m.part != "" && !m.partIsNamed() {
			sections = append(sections, kit.Section{Lines: kit.Warning(c.Styles, "Zoom refused the "+string(m.part)+".", w)})
		}
	}
	return kit.Stack(append(sections, m.problemSections(c, w)...), h)
}

// trimmed drops the empty lines at the end.
func trimmed(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// lowerFirst makes a sentence go on after a colon, unless it begins with a name.
func lowerFirst(text string) string {
	for _, word := range []string{"Its ", "The ", "An ", "A "} {
		if strings.HasPrefix(text, word) {
			return strings.ToLower(text[:1]) + text[1:]
		}
	}
	return text
}

func (m *Model) fillingView(c kit.Context, w, h int) kit.Frame {
	s, f := c.Styles, m.details
	title := kit.Section{Lines: []string{" " + s.Strong.Render(m.choice.kind().Title)}, Drop: 6}
	above := append([]kit.Section{title, kit.Blank(8)}, m.refusalSections(c, w)...)
	words := kit.Section{Lines: kit.IndentedDim(s, f.field().help, 3, w), Drop: 2}
	if m.wrong != "" {
		words = kit.Section{Lines: kit.Warning(s, m.wrong, w)}
	}
	below := []kit.Section{kit.Blank(7), words}
	if same := m.sameClientWords(); same != "" {
		below = append(below, kit.Section{Lines: kit.Warning(s, same, w), Drop: 3})
	}
	must := len(words.Lines)
	if m.problem != nil {
		must += len(above[2].Lines)
	}
	form := f.rows(c, w, max(h-must, 2))
	lines := kit.Stack(append(append(above, kit.Section{Lines: form.Lines}), below...), h)
	if form.Cursor != nil {
		form.Cursor.Y = rowOf(lines, form.Lines[form.Cursor.Y])
		if form.Cursor.Y < 0 {
			form.Cursor = nil
		}
	}
	return kit.Frame{Lines: lines, Cursor: form.Cursor}
}

// rowOf is where a line stands; -1 when it was left out.
func rowOf(lines []string, line string) int {
	for y, l := range lines {
		if l == line {
			return y
		}
	}
	return -1
}

// refusalSections says over the form what Zoom refused.
func (m *Model) refusalSections(c kit.Context, w int) []kit.Section {
	if m.problem == nil {
		return nil
	}
	sections := m.problemSections(c, w)
	if !m.partIsNamed() {
		headline := kit.Section{Lines: kit.Warning(c.Styles, "Zoom refused the "+string(m.part)+".", w)}
		return append([]kit.Section{headline}, append(whyRefused(sections), kit.Blank(9))...)
	}
	return append(append(sections[:1:1], whyRefused(sections[1:])...), kit.Blank(9))
}

// partIsNamed says whether the explanation begins with the very part that was
// refused.
func (m *Model) partIsNamed() bool {
	what := strings.ToLower(m.problem.What)
	id, secret := strings.Contains(what, "client id"), strings.Contains(what, "secret")
	switch m.part {
	case PartClientID:
		return id && !secret
	case PartSecret:
		return secret && !id
	case PartCredentials:
		return id && secret
	default:
		return strings.Contains(what, string(m.part))
	}
}

// whyRefused lets every part of an explanation give way to the form.
func whyRefused(sections []kit.Section) []kit.Section {
	for i := range sections {
		sections[i].Drop = max(sections[i].Drop, 4)
	}
	return sections
}

// sameClientWords warns of a client id that another profile has. Account
// credentials are not concerned: their tokens live side by side.
func (m *Model) sameClientWords() string {
	app := tidied(*m.app)
	names := sameClient(app, m.known)
	if len(names) == 0 || app.Kind == marketplace.S2S {
		return ""
	}
	return "The profile " + strings.Join(names, " and ") + " has the same client id: the newest sign-in ends the other's."
}

func (m *Model) testingView(c kit.Context, w int) []string {
	lines := []string{" " + c.Styles.Accent.Render("●") + "  " + c.Styles.Strong.Render("Testing…")}
	text := "Zoom is asked whether it knows this client id and this redirect address. Nobody is signed in by it."
	switch m.app.Kind {
	case marketplace.Confidential:
		text = "Zoom is asked whether client id and client secret belong together. Nobody is signed in by it."
	case marketplace.S2S:
		text = "Zoom is asked for an access token with account id, client id and client secret. It is thrown away."
	}
	return append(append(lines, kit.Indented(text, 4, w)...), "", "    "+kit.HintAs(c.Styles, c.Keys.Back, "stop"))
}

func (m *Model) untestedView(c kit.Context, w, h int) []string {
	question := []kit.Section{
		kit.Blank(9),
		{Lines: []string{" " + c.Styles.Strong.Render("Save the app without a test?")}},
		{Lines: kit.Indented("A mistake in it shows at the first sign-in then.", 1, w), Drop: 5},
		kit.Blank(9),
		{Lines: []string{" " + kit.HintAs(c.Styles, c.Keys.Yes, "save it untested") + "    " + kit.HintAs(c.Styles, c.Keys.Renew, "test again")}},
	}
	return kit.Stack(append(m.problemSections(c, w), question...), h)
}
