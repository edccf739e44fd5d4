package setup

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/marketplace"
	"zoomtui/internal/ui/kit"
)

// form is a huh form as a part of this screen. Moving from one entry to the
// next is done here and at once: huh sends itself a message for it, and a key
// that came in between would land in the entry before, a letter of a secret
// perhaps in one that is shown.
type form struct {
	huh    *huh.Form
	choice *huh.Select[string] // nil but in the form for the kind
	app    *App
	theme  *huh.Styles
	fields []field
	at     int // which field takes the keys
}

// labelCells is the column of the labels; the longest has 16 letters.
const labelCells = 18

// textLimit bounds an entry, in characters.
const textLimit = 2048

// Theme is part of huh.Theme: the styles of the moment, which change when the
// terminal tells its background.
func (f *form) Theme(bool) *huh.Styles { return f.theme }

// entry hands one text of the app to huh.
type entry struct {
	app   *App
	field field
}

// Get is part of huh.Accessor.
func (e entry) Get() string { return e.field.get(e.app) }

// Set is part of huh.Accessor.
func (e entry) Set(text string) { e.field.set(e.app, text) }

// newDetails is the form for the texts of an app.
func newDetails(app *App, st kit.Styles) *form {
	f := &form{app: app, fields: fieldsOf(app.Kind)}
	inputs := make([]huh.Field, len(f.fields))
	for i, field := range f.fields {
		input := huh.NewInput().Key(field.key).Title(field.label).Inline(true).Prompt("").
			Placeholder(field.placeholder).CharLimit(textLimit).Accessor(entry{app: app, field: field})
		if field.secret {
			input.EchoMode(huh.EchoModePassword)
		}
		inputs[i] = input
	}
	f.begin(st, labelCells, inputs...)
	return f
}

// newChoice is the form for the kind of app.
func newChoice(app *App, st kit.Styles) *form {
	f := &form{app: app}
	var options []huh.Option[string]
	for _, kind := range marketplace.Kinds() {
		options = append(options, huh.NewOption(kind.Title, kind.Name))
	}
	f.choice = huh.NewSelect[string]().Key("kind").Options(options...).Value(&app.Kind)
	f.begin(st, 0, f.choice)
	return f
}

func (f *form) begin(st kit.Styles, label int, fields ...huh.Field) {
	f.theme = kit.FormTheme(st, label)
	f.huh = huh.NewForm(huh.NewGroup(fields...)).WithShowHelp(false).WithShowErrors(false).
		WithTheme(f).WithKeyMap(kit.FormKeys())
	f.huh.Init() // its command only asks for the size of the window
}

// setStyles changes the colours; label as in newDetails and newChoice.
func (f *form) setStyles(st kit.Styles) {
	label := labelCells
	if f.choice != nil {
		label = 0
	}
	f.theme = kit.FormTheme(st, label)
}

// field is the entry that takes the keys.
func (f *form) field() field { return f.fields[f.at] }

// update hands a key or a paste to the entry at hand. The commands are dropped:
// they would only make the cursor blink, which costs power all the time.
func (f *form) update(msg tea.Msg) { f.huh.Update(msg) }

// move goes n entries on; it says whether there was one.
func (f *form) move(n int) bool {
	to := f.at + n
	if to < 0 || to >= len(f.fields) {
		return false
	}
	for ; f.at < to; f.at++ {
		f.huh.Update(huh.NextField())
	}
	for ; f.at > to; f.at-- {
		f.huh.Update(huh.PrevField())
	}
	return true
}

// goTo puts the cursor into an entry.
func (f *form) goTo(key string) {
	for i, field := range f.fields {
		if field.key == key {
			f.move(i - f.at)
		}
	}
}

// kind is the kind under the cursor.
func (f *form) kind() marketplace.Kind {
	name, _ := f.choice.Hovered()
	kinds := marketplace.Kinds()
	for _, kind := range kinds {
		if kind.Name == name {
			return kind
		}
	}
	return kinds[0]
}

// cursorCell is how huh draws the cell under its cursor; its end as well.
const (
	cursorCell    = "\x1b[7m"
	cursorCellEnd = "\x1b[m"
)

// lines draws the form as huh does, w cells wide.
func (f *form) lines(w, h int) []string {
	f.huh.WithWidth(w).WithHeight(h)
	f.huh.Update(nil) // draws anew, for the size may be another one
	return strings.Split(f.huh.View(), "\n")
}

// rows draws n of the entries, a line each, the one at hand among them, and says
// where the terminal's own cursor belongs: an input method draws there. huh
// draws the entry at hand; its other ones have colours for dark terminals only.
func (f *form) rows(c kit.Context, w, n int) kit.Frame {
	n = min(n, len(f.fields))
	first := min(max(f.at-n+1, 0), len(f.fields)-n)
	if f.at == first && first > 0 {
		first-- // the entry before tells where one is
	}
	var frame kit.Frame
	for i := first; i < first+n; i++ {
		if i != f.at {
			frame.Lines = append(frame.Lines, "   "+kit.Fit(f.fields[i].label, labelCells)+f.shown(c.Styles, f.fields[i], w-labelCells-4))
			continue
		}
		var line string
		line, frame.Cursor = f.inHand(w - 2)
		frame.Lines = append(frame.Lines, " "+c.Styles.Accent.Render("▸")+line)
		if frame.Cursor != nil {
			frame.Cursor.X += 2
			frame.Cursor.Y = i - first
		}
	}
	return frame
}

// shown is an entry that is not at hand.
func (f *form) shown(st kit.Styles, field field, w int) string {
	text := field.get(f.app)
	switch {
	case text == "":
		return st.Dim.Render(kit.Cut(field.placeholder, w))
	case field.secret:
		return kit.Cut(strings.Repeat("*", utf8.RuneCountInString(text)), w)
	default:
		return kit.Cut(kit.CleanText(text), w)
	}
}

// inHand is the line of the entry at hand, with the terminal's cursor in place
// of the one that huh draws.
func (f *form) inHand(w int) (string, *tea.Cursor) {
	for _, line := range f.lines(w, len(f.fields)) {
		before, after, found := strings.Cut(line, cursorCell)
		if !found {
			continue
		}
		cursor := tea.NewCursor(ansi.StringWidth(before), 0)
		cursor.Blink = false
		return before + strings.Replace(after, cursorCellEnd, "", 1), cursor
	}
	return "", nil
}
