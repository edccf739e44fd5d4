package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"zoomtui/internal/scope"
)

// probeTable prints the rows of a probe as they come.
type probeTable struct {
	w     io.Writer
	wide  int  // of the first column
	lists bool // the window has too few columns for a table: two lines a call
	head  bool
}

// probeColumns is how wide the table is without its first column, tracking ids
// included.
const probeColumns = 114

func newProbeTable(w io.Writer, probes []scope.Probe) *probeTable {
	t := &probeTable{w: w, wide: len("CALL")}
	for _, p := range probes {
		t.wide = max(t.wide, len(probeCall(p)))
	}
	cols := columns(w)
	t.lists = cols > 0 && t.wide+probeColumns > cols
	return t
}

// probeCall is a probe in the first column.
func probeCall(p scope.Probe) string {
	path, _, _ := strings.Cut(p.Path, "?")
	return p.Endpoint.Method + " " + path
}

// row prints what became of a probe, and the titles before the first.
func (t *probeTable) row(o scope.Outcome) error {
	if !t.head && !t.lists {
		t.head = true
		if err := t.line("CALL", "DOCUMENTS", "ZOOM", "ANSWER", "MS", "TRACKING ID"); err != nil {
			return err
		}
	}
	zoom := probeWord(o.Zoom)
	if !o.Agrees() {
		zoom += " !"
	}
	ms, tracking := strconv.FormatInt(o.Took.Milliseconds(), 10), clean(o.TrackingID)
	if !t.lists {
		return t.line(probeCall(o.Probe), probeWord(o.Says), zoom, probeAnswer(o), ms, tracking)
	}
	text := fmt.Sprintf("%s\n    documents: %s, Zoom: %s, answer: %s, %s ms\n", probeCall(o.Probe), probeWord(o.Says), zoom, probeAnswer(o), ms)
	if tracking != "" {
		text += "    " + tracking + "\n"
	}
	_, err := io.WriteString(t.w, text)
	return err
}

func (t *probeTable) line(call, says, zoom, answer, ms, tracking string) error {
	line := fmt.Sprintf("%-*s  %-10s  %-14s  %-16s %6s  %s", t.wide, call, says, zoom, answer, ms, tracking)
	_, err := io.WriteString(t.w, strings.TrimRight(line, " ")+"\n")
	return err
}

// probeWord is a verdict in the matrix.
func probeWord(k scope.Kind) string {
	switch k {
	case scope.HasIt:
		return "yes"
	case scope.AddOne:
		return "no scope"
	case scope.WrongAppType:
		return "wrong app"
	case scope.OldSignIn:
		return "old sign-in"
	case scope.NotAScope:
		return "not the scope"
	case scope.UnknownEndpoint:
		return "no such call"
	default:
		return "?"
	}
}

// probeAnswer is the status of an answer and Zoom's number.
func probeAnswer(o scope.Outcome) string {
	switch {
	case o.Failed != "":
		return "none"
	case o.Code != 0:
		return fmt.Sprintf("%d code %d", o.Status, o.Code)
	default:
		return strconv.Itoa(o.Status)
	}
}

// summary says how many calls the token may make, how many could be compared, and
// where Zoom and its documents differ.
func (t *probeTable) summary(done []scope.Outcome, date string) error {
	if len(done) == 0 {
		return nil
	}
	may, compared, lines := 0, 0, []string{}
	for _, o := range done {
		if o.Zoom == scope.HasIt {
			may++
		}
		if o.Compared() {
			compared++
		}
		if !o.Agrees() {
			lines = append(lines, disagreement(o, date))
		}
	}
	text := fmt.Sprintf("\n%d of %s answered. ", may, counted(len(done), "call"))
	switch {
	case compared == 0:
		text += "None could be compared with Zoom's documents."
	case len(lines) == 0:
		text += fmt.Sprintf("%d of %d could be compared: Zoom and its documents agree.", compared, len(done))
	default:
		text += fmt.Sprintf("%d of %d could be compared: Zoom and its documents differ on %d.", compared, len(done), len(lines))
	}
	for _, line := range lines {
		text += "\n! " + line
	}
	_, err := io.WriteString(t.w, folded(t.w, text+"\n"))
	return err
}

// disagreement says how Zoom's answer differs from its documents.
func disagreement(o scope.Outcome, date string) string {
	documents := "the token has a scope for it"
	if o.Says != scope.HasIt {
		documents = "the token has no scope for it"
	}
	zoom := "Zoom lets it through"
	switch {
	case o.Zoom != scope.HasIt && len(o.Scopes) > 0:
		zoom = "Zoom wants " + clean(strings.Join(o.Scopes, " or "))
	case o.Zoom != scope.HasIt && o.Message != "":
		zoom = "Zoom says: " + clean(strings.TrimRight(o.Message, "."))
	case o.Zoom != scope.HasIt:
		zoom = "Zoom refuses it"
	}
	return fmt.Sprintf("%s: by the documents of %s %s; %s.", probeCall(o.Probe), date, documents, zoom)
}

// probeJSON is `scopes probe --json`.
type probeJSON struct {
	AsOf          string        `json:"as_of"` // of the table: year and month of Zoom's documents
	Profile       string        `json:"profile"`
	Planned       int           `json:"planned"`  // how many calls were to be made
	Compared      int           `json:"compared"` // of how many both have said whether the token may make them
	Stopped       *problemJSON  `json:"stopped"`  // why not all were made; null: they were
	Results       []outcomeJSON `json:"results"`
	Disagreements []string      `json:"disagreements"`
}

type outcomeJSON struct {
	Method     string   `json:"method"`
	Path       string   `json:"path"` // as it was called
	Documents  string   `json:"documents"`
	Zoom       string   `json:"zoom"`
	Agrees     *bool    `json:"agrees"` // null: one of them says nothing, so nobody knows
	Status     int      `json:"status"` // 0: there was no answer
	Code       int      `json:"code"`
	Message    string   `json:"message"`
	Scopes     []string `json:"scopes"` // any one of these would do, as Zoom says
	Millis     int64    `json:"ms"`
	TrackingID string   `json:"tracking_id"`
	Failed     string   `json:"failed"` // why there was no answer
}

func (r *probeRun) json(date string, failed error) probeJSON {
	a := probeJSON{AsOf: date, Profile: r.profile.Name, Planned: len(r.probes), Results: []outcomeJSON{}, Disagreements: []string{}}
	if failed != nil {
		p := r.cli.errorJSON(r.cli.problem(failed))
		a.Stopped = &p
	}
	for _, o := range r.done {
		out := outcomeJSON{
			Method: o.Probe.Endpoint.Method, Path: r.probePath(o.Probe), Documents: string(o.Says), Zoom: string(o.Zoom),
			Status: o.Status, Code: o.Code, Message: o.Message, Scopes: []string{}, Millis: int64(o.Took / time.Millisecond),
			TrackingID: o.TrackingID, Failed: o.Failed,
		}
		for _, name := range o.Scopes {
			out.Scopes = append(out.Scopes, clean(name))
		}
		if o.Compared() {
			agrees := o.Agrees()
			out.Agrees = &agrees
			a.Compared++
		}
		if !o.Agrees() {
			a.Disagreements = append(a.Disagreements, disagreement(o, date))
		}
		a.Results = append(a.Results, out)
	}
	return a
}
