package jsontree

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parsed makes a document of a text that is valid.
func parsed(t testing.TB, text string) *Doc {
	t.Helper()
	doc, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
	return doc
}

// drawn gives rows as text: marks for what is open and closed, and names.
func drawn(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Repeat("  ", r.Depth))
		switch {
		case r.Kind > List:
		case r.Open:
			b.WriteString("v ")
		default:
			b.WriteString("> ")
		}
		if r.Key != nil {
			fmt.Fprintf(&b, "%s: ", r.Key)
		}
		if r.Index >= 0 {
			fmt.Fprintf(&b, "[%d] ", r.Index)
		}
		if r.Kind > List {
			b.Write(r.Text)
		} else {
			fmt.Fprintf(&b, "%d", r.Count)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestTree(t *testing.T) {
	t.Parallel()
	doc := parsed(t, `{"a": [1, {"b": []}], "c": {"d": "x"}, "e": null}`)
	tree := NewTree(doc)
	place := func(text string) int { return bytes.Index(doc.text, []byte(text)) }
	steps := []struct {
		name string
		do   func()
		want string
	}{
		{"new", func() {}, "v 3\n  > \"a\": 2\n  > \"c\": 1\n  \"e\": null\n"},
		{"open", func() { tree.SetOpen(place("[1"), true) }, "v 3\n  v \"a\": 2\n    [0] 1\n    > [1] 1\n  > \"c\": 1\n  \"e\": null\n"},
		{"an empty list has nothing to open", func() { tree.SetOpen(place("[]"), true) }, "v 3\n  v \"a\": 2\n    [0] 1\n    > [1] 1\n  > \"c\": 1\n  \"e\": null\n"},
		{"reveal", func() { tree.Reveal(place(`"x"`)) }, "v 3\n  v \"a\": 2\n    [0] 1\n    > [1] 1\n  v \"c\": 1\n    \"d\": \"x\"\n  \"e\": null\n"},
		{"close the document", func() { tree.SetOpen(doc.Root(), false) }, "> 3\n"},
		{"open it again", func() { tree.SetOpen(doc.Root(), true) }, "v 3\n  v \"a\": 2\n    [0] 1\n    > [1] 1\n  v \"c\": 1\n    \"d\": \"x\"\n  \"e\": null\n"},
		{"all open", func() { tree.OpenAll() }, "v 3\n  v \"a\": 2\n    [0] 1\n    v [1] 1\n      > \"b\": 0\n  v \"c\": 1\n    \"d\": \"x\"\n  \"e\": null\n"},
		{"one closed in all", func() { tree.SetOpen(place(`{"b"`), false) }, "v 3\n  v \"a\": 2\n    [0] 1\n    > [1] 1\n  v \"c\": 1\n    \"d\": \"x\"\n  \"e\": null\n"},
		{"all closed", func() { tree.CloseAll() }, "v 3\n  > \"a\": 2\n  > \"c\": 1\n  \"e\": null\n"},
		{"to a depth", func() { tree.OpenTo(2, 10) }, "v 3\n  v \"a\": 2\n    [0] 1\n    > [1] 1\n  v \"c\": 1\n    \"d\": \"x\"\n  \"e\": null\n"},
	}
	for _, step := range steps {
		step.do()
		if diff := cmp.Diff(step.want, drawn(tree.Window(0, 100))); diff != "" || tree.Rows() != strings.Count(step.want, "\n") {
			t.Errorf("%s: %d rows\n%s", step.name, tree.Rows(), diff)
		}
	}
	if tree.OpenTo(3, 2) {
		t.Error("three boxes are no more than two")
	}
}

func TestScalarDocuments(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{` "x" `: "\"x\"\n", "12": "12\n", "[]": "> 0\n", " { } ": "> 0\n"} {
		doc := parsed(t, text)
		tree := NewTree(doc)
		tree.OpenAll()
		tree.SetOpen(doc.Root(), true)
		tree.Reveal(doc.Root())
		if got := drawn(tree.Window(0, 9)); got != want || tree.Rows() != 1 || tree.RowOf(doc.Root()) != 0 || !tree.OpenTo(3, 9) {
			t.Errorf("%s is drawn as %q", text, got)
		}
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	doc := parsed(t, `{"meetings":[0,1,2,{"topic":"x","a b":{"\"q":1}}],"":[2],"9a":3}`)
	tests := map[string]string{
		`{"meet`: ".", `[0,`: ".meetings", `2,{`: ".meetings[2]", `"x"`: ".meetings[3].topic", `1}}`: `.meetings[3]["a b"]["\"q"]`,
		`2],`: `.[""][0]`, `3}`: `.["9a"]`,
	}
	for text, want := range tests {
		at := bytes.Index(doc.text, []byte(text))
		if got := doc.Path(at); got != want {
			t.Errorf("the path of %s is %s, want %s", text, got, want)
		}
	}
	list := parsed(t, `[[1]]`)
	if got := list.Path(2); got != ".[0][0]" {
		t.Errorf("in a list: %s", got)
	}
	if at, ok := list.Parent(2); at != 1 || !ok {
		t.Errorf("the parent is %d, %v", at, ok)
	}
	if at, ok := list.Parent(1); at != 0 || !ok {
		t.Errorf("the parent is %d, %v", at, ok)
	}
	if _, ok := list.Parent(0); ok {
		t.Error("the document has a parent")
	}
}

// sameDocument builds a document anew from the rows of its open tree, and compares
// it with what encoding/json reads.
func sameDocument(t *testing.T, doc *Doc) {
	t.Helper()
	tree := NewTree(doc)
	tree.OpenAll()
	if tree.Rows() != doc.Values() {
		t.Fatalf("%d rows for %d values", tree.Rows(), doc.Values())
	}
	rows := tree.Window(0, tree.Rows())
	if len(rows) != tree.Rows() {
		t.Fatalf("%d rows of %d", len(rows), tree.Rows())
	}
	built, rest := rebuilt(t, rows)
	if len(rest) > 0 {
		t.Fatalf("%d rows are left over", len(rest))
	}
	var want any
	d := json.NewDecoder(bytes.NewReader(doc.text))
	d.UseNumber()
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, built) { // cmp takes exponential time for deep ones
		t.Fatalf("%v\nis not\n%v", built, want)
	}
}

// rebuilt makes the value of the first row, and gives the rows behind it.
func rebuilt(t *testing.T, rows []Row) (any, []Row) {
	t.Helper()
	r := rows[0]
	rows = rows[1:]
	switch r.Kind {
	case Object:
		out := map[string]any{}
		for range r.Count {
			var name string
			if err := json.Unmarshal(rows[0].Key, &name); err != nil || rows[0].Depth != r.Depth+1 || rows[0].Index != -1 {
				t.Fatalf("%v in %+v", err, rows[0])
			}
			out[name], rows = rebuilt(t, rows)
		}
		return out, rows
	case List:
		out := []any{}
		for i := range r.Count {
			if rows[0].Index != i || rows[0].Key != nil || rows[0].Depth != r.Depth+1 {
				t.Fatalf("row %d of the list is %+v", i, rows[0])
			}
			var v any
			v, rows = rebuilt(t, rows)
			out = append(out, v)
		}
		return out, rows
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(r.Text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v, rows
}

// randomJSON makes a document whose lists are long enough for the index.
func randomJSON(r *rand.Rand, depth int) string {
	blank := strings.Repeat(" ", r.IntN(2))
	entries := func(each func(i int) string) string {
		n := r.IntN(5)
		if depth <= 2 && r.IntN(5) == 0 {
			n = 30 + r.IntN(120)
		}
		var parts []string
		for i := range n {
			parts = append(parts, blank+each(i)+blank)
		}
		return strings.Join(parts, ",")
	}
	kind := r.IntN(8)
	if depth == 0 {
		kind += 4
	}
	switch {
	case kind < 2:
		return "[" + entries(func(int) string { return randomJSON(r, depth-1) }) + "]"
	case kind < 4:
		return "{" + entries(func(i int) string {
			return fmt.Sprintf(`"k%d\"%s":%s`, r.IntN(300), blank, blank) + randomJSON(r, depth-1)
		}) + "}"
	}
	return []string{`"a,]}\"\\"`, `""`, "-12.5e3", "true", "null", "{}", "[ ]", `"` + strings.Repeat("é", r.IntN(300)) + `"`}[kind%8]
}

// TestTreeHoldsTheDocument: an open tree shows what encoding/json reads, in
// documents of all shapes.
func TestTreeHoldsTheDocument(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		sameDocument(t, parsed(t, randomJSON(rand.New(rand.NewPCG(seed, 1)), 4)))
	}
	sameDocument(t, parsed(t, strings.Repeat("[", 3000)+`"x"`+strings.Repeat("]", 3000)))
}

// plainTree is what a tree is to be: it walks over everything, every time.
type plainTree struct {
	rows   []Row // all open
	closed map[int]bool
}

func (p *plainTree) window() []Row {
	var out []Row
	for i := 0; i < len(p.rows); {
		r := p.rows[i]
		if r.Kind <= List {
			r.Open = r.Count > 0 && !p.closed[r.At]
		}
		out = append(out, r)
		i++
		if r.Kind <= List && !r.Open {
			for i < len(p.rows) && p.rows[i].Depth > r.Depth {
				i++
			}
		}
	}
	return out
}

// TestTreeFolds: whatever is opened and closed, rows are those of a tree that
// walks over everything, in every window.
func TestTreeFolds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 2))
		doc := parsed(t, "["+randomJSON(r, 3)+","+randomJSON(r, 3)+",0]")
		tree := NewTree(doc)
		tree.OpenAll()
		plain := &plainTree{rows: tree.Window(0, tree.Rows()), closed: map[int]bool{}}
		for range 40 {
			at := plain.rows[r.IntN(len(plain.rows))].At
			switch r.IntN(12) {
			case 0:
				tree.OpenAll()
				plain.closed = map[int]bool{}
			case 1:
				tree.CloseAll()
				for _, row := range plain.rows {
					plain.closed[row.At] = row.Depth > 0
				}
			case 2:
				tree.OpenTo(2, 1000)
				for _, row := range plain.rows {
					plain.closed[row.At] = row.Depth > 1
				}
			case 3, 4:
				tree.Reveal(at)
				for up, ok := doc.Parent(at); ok; up, ok = doc.Parent(up) {
					plain.closed[up] = false
				}
			default:
				open := r.IntN(2) == 0
				tree.SetOpen(at, open)
				plain.closed[at] = !open
			}
			sameRows(t, r, tree, plain)
		}
	}
}

// sameRows compares a window of both trees, and the way back from a value to its row.
func sameRows(t *testing.T, r *rand.Rand, tree *Tree, plain *plainTree) {
	t.Helper()
	want := plain.window()
	if tree.Rows() != len(want) {
		t.Fatalf("%d rows, want %d", tree.Rows(), len(want))
	}
	first := r.IntN(len(want))
	n := min(1+r.IntN(50), len(want)-first)
	if diff := cmp.Diff(want[first:first+n], tree.Window(first, n)); diff != "" {
		t.Fatalf("rows from %d on: %s", first, diff)
	}
	at := want[first].At
	if got := tree.RowOf(at); got != first {
		t.Fatalf("the row of %d is %d, want %d", at, got, first)
	}
}

// TestThinnedIndex: a document of big boxes in big boxes has a small index, and
// still shows what is in it.
func TestThinnedIndex(t *testing.T) {
	t.Parallel()
	chain := strings.Repeat("[", 4000) + `"` + strings.Repeat("x", bigBox) + `"` + strings.Repeat("]", 4000)
	doc := parsed(t, "["+strings.Repeat(chain+",", 40)+"1]")
	if len(doc.boxes) >= mostBoxes {
		t.Errorf("%d boxes in the index", len(doc.boxes))
	}
	tree := NewTree(doc)
	tree.OpenAll()
	last := tree.Window(tree.Rows()-2, 2)
	if tree.Rows() != 40*4001+2 || string(last[1].Text) != "1" || last[0].Depth != 4001 {
		t.Errorf("%d rows, the last is %+v", tree.Rows(), last)
	}
}
