package jsontree

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found searches a document in steps of so many bytes.
func found(t testing.TB, doc *Doc, text string, size int) []uint32 {
	t.Helper()
	s := NewSearch(doc, text)
	var hits []uint32
	for part := 0.0; ; {
		got, err := s.Next(context.Background(), size)
		if err != nil || got.Part < part {
			t.Fatalf("%v; %v of the document after %v", err, got.Part, part)
		}
		part = got.Part
		hits = append(hits, got.Hits...)
		if got.Done {
			return hits
		}
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	doc := parsed(t, `{"Topic":"Weekly planning","list":[{"topic":"x"},"a,b:[c]{d}",123,true,null],"esc":"a\/b \u00e9\u4f1a 会 \ud83d\ude00 \"q\"\n","n":{"m":"z"}}`)
	tests := []struct {
		text string
		want []string // the paths of the hits
	}{
		{"topic", []string{".Topic", ".list[0].topic"}},
		{"PLAN", []string{".Topic"}},
		{"a,b:[C]", []string{".list[1]"}},
		{"[", []string{".list[1]"}},
		{":", []string{".list[1]"}},
		{"12", []string{".list[2]"}},
		{"Null", []string{".list[4]"}},
		{"a/b", []string{".esc"}},
		{"é", []string{".esc"}},
		{"会", []string{".esc"}},
		{"会 会", nil},
		{"😀", []string{".esc"}},
		{`"q"`, []string{".esc"}},
		{"u00e9", nil},
		{"n", []string{".Topic", ".list[4]", ".n"}},
		{"\n", []string{".esc"}},
		{"nowhere", nil},
		{"", nil},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int{1, 1000} {
				var got []string
				for _, at := range found(t, doc, tt.text, size) {
					got = append(got, doc.Path(int(at)))
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// TestSearchFindsAll: every name and scalar that holds the text is found, in
// documents of all shapes.
func TestSearchFindsAll(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		doc := parsed(t, randomJSON(r, 3))
		tree := NewTree(doc)
		tree.OpenAll()
		for _, text := range []string{"K1", "e3", "é", `"`, "\\", "]", "u", " ", ":"} {
			var want []uint32
			for _, row := range tree.Window(0, tree.Rows()) {
				if holdsText(t, row.Key, text) || row.Kind > List && holdsText(t, row.Text, text) {
					want = append(want, uint32(row.At))
				}
			}
			if got := found(t, doc, text, 1+r.IntN(500)); !slices.Equal(got, want) {
				t.Fatalf("seed %d: %q is in %d values, found in %d\n%.2000s", seed, text, len(want), len(got), doc.text)
			}
		}
	}
}

func holdsText(t *testing.T, token []byte, text string) bool {
	t.Helper()
	plain := string(token)
	if strings.HasPrefix(plain, `"`) {
		if err := json.Unmarshal(token, &plain); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Contains(strings.ToLower(plain), strings.ToLower(text))
}

func TestSearchEnds(t *testing.T) {
	t.Parallel()
	doc := parsed(t, `["a"]`)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewSearch(doc, "a").Next(ctx, 100); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	many := parsed(t, "["+strings.Repeat("1,", MaxHits)+"1,1]")
	if hits := found(t, many, "1", 1<<20); len(hits) != MaxHits {
		t.Errorf("%d hits, want the first %d", len(hits), MaxHits)
	}
}

// TestSearchInBlanks: what stands between names and values is passed over once,
// however much there is of it.
func TestSearchInBlanks(t *testing.T) {
	t.Parallel()
	pad := strings.Repeat(" ", 1<<20)
	doc := parsed(t, pad+`{`+pad+`"a b"`+pad+`:`+pad+`[`+pad+`1`+pad+`,`+pad+`"c"`+pad+`],`+pad+`"d":"e f"`+pad+`}`+pad)
	var got []string
	for _, at := range found(t, doc, " ", 4<<20) {
		got = append(got, doc.Path(int(at)))
	}
	if diff := cmp.Diff([]string{`.["a b"]`, ".d"}, got); diff != "" {
		t.Error(diff)
	}
	closed := parsed(t, strings.Repeat("[", MaxDepth)+strings.Repeat("]", MaxDepth))
	if hits := found(t, closed, "]", 100); len(hits) != 0 {
		t.Errorf("%d hits in brackets", len(hits))
	}
}

func BenchmarkSearch(b *testing.B) {
	doc := parsed(b, string(meetingsJSON(50<<20)))
	for _, text := range []string{"nowhere to be found", "weekly", "e"} {
		b.Run(text, func(b *testing.B) {
			b.SetBytes(int64(doc.Size()))
			for b.Loop() {
				_ = found(b, doc, text, 4<<20)
			}
		})
	}
}

// BenchmarkSearchBlanks: one blank, in a document of little but blanks.
func BenchmarkSearchBlanks(b *testing.B) {
	doc := parsed(b, "["+strings.Repeat(" ", 64<<10)+`"a"]`)
	b.SetBytes(int64(doc.Size()))
	for b.Loop() {
		_ = found(b, doc, " ", 4<<20)
	}
}

// BenchmarkDeep: what a key costs in a document that is nested nearly as deep as one
// may be.
func BenchmarkDeep(b *testing.B) {
	const depth = 9000
	doc := parsed(b, strings.Repeat("[", depth)+"1"+strings.Repeat("]", depth))
	open := NewTree(doc)
	open.OpenAll()
	at := depth // of the number
	for name, f := range map[string]func(){
		"path":   func() { _ = doc.Path(at) },
		"row":    func() { _ = open.RowOf(at) },
		"reveal": func() { NewTree(doc).Reveal(at) },
		"window": func() { _ = open.Window(depth-50, 50) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
}

// BenchmarkTree: what a frame costs in a document of 50 MB.
func BenchmarkTree(b *testing.B) {
	doc := parsed(b, string(meetingsJSON(50<<20)))
	open := NewTree(doc)
	open.OpenAll()
	closed := NewTree(doc)
	closed.OpenTo(2, 100)
	for name, tree := range map[string]*Tree{"open": open, "closed": closed} {
		b.Run("window/"+name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if got := tree.Window((i*7919)%(tree.Rows()-50), 50); len(got) != 50 {
					b.Fatal(len(got))
				}
			}
		})
	}
	b.Run("fold", func(b *testing.B) {
		row := closed.Window(closed.Rows()/2, 1)[0]
		for i := 0; b.Loop(); i++ {
			closed.SetOpen(row.At, i%2 == 0)
			_ = closed.RowOf(row.At)
		}
	})
	b.Run("path", func(b *testing.B) {
		row := open.Window(open.Rows()/2, 1)[0]
		for b.Loop() {
			_ = doc.Path(row.At)
		}
	})
}
