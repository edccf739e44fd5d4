package jq

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// run gives the lines that an expression makes of a document.
func run(t *testing.T, expr, doc string) ([]string, error) {
	t.Helper()
	f, err := Compile(expr, func() []string { return []string{"ZONE=Asia/Tokyo"} })
	if err != nil {
		t.Fatalf("compile %q: %v", expr, err)
	}
	lines := []string{}
	err = f.Run(t.Context(), strings.NewReader(doc), func(result []byte) error {
		lines = append(lines, string(Line(result)))
		return nil
	})
	return lines, err
}

func TestRun(t *testing.T) {
	t.Parallel()
	const list = `{"page_size":2,"meetings":[{"id":98765432109876543,"topic":"週次 <b>"},{"id":85746065432,"topic":null,"big":12345678901234567890123,"half":1.50}]}`
	tests := []struct {
		name, expr, doc string
		want            []string
	}{
		{"texts are raw", ".meetings[].topic", list, []string{"週次 <b>", ""}},
		{"ids keep their digits", ".meetings[].id", list, []string{"98765432109876543", "85746065432"}},
		{"numbers as written", ".meetings[1] | .big, .half", list, []string{"12345678901234567890123", "1.50"}},
		{"objects on one line, keys sorted", ".meetings[0]", list, []string{`{"id":98765432109876543,"topic":"週次 <b>"}`}},
		{"built", "[.meetings[] | {id}]", list, []string{`[{"id":98765432109876543},{"id":85746065432}]`}},
		{"tabs", ".meetings[0] | [.id, .topic] | @tsv", list, []string{"98765432109876543\t週次 <b>"}},
		{"nothing", ".meetings[] | select(.id == 1)", list, []string{}},
		{"false and null", ".a, .b", `{"a":false}`, []string{"false", ""}},
		{"environment", "env.ZONE, $ENV.ZONE", "{}", []string{"Asia/Tokyo", "Asia/Tokyo"}},
		{"several documents", ".a", `{"a":1}` + "\n" + `{"a":2}`, []string{"1", "2"}},
		{"no document", ".", "", []string{}},
		{"stopped", "1, halt, 2", "null", []string{"1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, tt.expr, tt.doc)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRunFails(t *testing.T) {
	t.Parallel()
	var eval *EvalError
	got, err := run(t, ".a, (.a | keys)", `{"a":1}`)
	if !errors.As(err, &eval) || len(got) != 1 {
		t.Errorf("a number has no keys: %v %v", got, err)
	}
	if _, err = run(t, `error("own words")`, "{}"); !errors.As(err, &eval) || !strings.Contains(eval.What, "own words") {
		t.Errorf("error(…): %v", err)
	}
	for _, doc := range []string{`{"a":`, `<html>`, `{"a":1}}`, "\x00"} {
		if _, err = run(t, ".", doc); !errors.Is(err, ErrInput) {
			t.Errorf("%q: %v", doc, err)
		}
	}
	f, err := Compile(".", nil)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("line went dead")
	if err = f.Run(t.Context(), brokenReader{broken}, nil); !errors.Is(err, broken) || errors.Is(err, ErrInput) {
		t.Errorf("a document that cannot be read: %v", err)
	}
	full := errors.New("that is enough")
	n := 0
	f, err = Compile("range(infinite)", nil)
	if err != nil {
		t.Fatal(err)
	}
	err = f.Run(t.Context(), strings.NewReader("1"), func([]byte) error {
		if n++; n == 1000 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 1000 {
		t.Errorf("after %d results: %v", n, err)
	}
}

type brokenReader struct{ err error }

func (b brokenReader) Read(p []byte) (int, error) { return copy(p, `{"a":`), b.err }

// TestRunEnds: an expression that never ends does with its context, whether it
// gives results or not.
func TestRunEnds(t *testing.T) {
	t.Parallel()
	for _, expr := range []string{"range(infinite)", "last(range(infinite))", "def f: f; f", "[limit(5; repeat(empty))]", "until(false; .)"} {
		f, err := Compile(expr, nil)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		err = f.Run(ctx, strings.NewReader("1"), func([]byte) error { return nil })
		if cancel(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", expr, err)
		}
	}
}

// TestCompile: what is wrong is told with its place, before anything is done.
func TestCompile(t *testing.T) {
	t.Parallel()
	tests := []struct{ expr, want string }{
		{"", `the expression is empty; "." is the whole answer`},
		{".a |", "at character 5, the expression ends too early"},
		{"[.a", "at character 4, the expression ends too early"},
		{".a.b)", `at character 5, ")" is not expected here`},
		{".日本", `at character 2, "日" is not expected here`},
		{".meetings[] | {id, topic: }", `at character 27, "}" is not expected here`},
		{`.["a\q"]`, `at character 5, invalid escape sequence "\q" in string literal`},
		{`".foo[`, "at character 7, the quote is not closed"},
		{".meetings[] | selec(.x)", "at character 15, there is no function selec/1"},
		{"f | f", "there is no function f/0"},
		{"$foo", "at character 1, there is no variable $foo"},
		{`import "a" as b; .`, `there are no modules, so not "a" either`},
		{"input", "input(s)/0 is not allowed"},
	}
	for _, tt := range tests {
		_, err := Compile(tt.expr, nil)
		if wrong := (*SyntaxError)(nil); !errors.As(err, &wrong) {
			t.Errorf("%s: %v", tt.expr, err)
		} else if err.Error() != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.expr, err, tt.want)
		}
	}
}

// FuzzCompile: any text is an expression or is told wrong, with a place inside it.
func FuzzCompile(f *testing.F) {
	for _, seed := range []string{".", ".a[]?", `"\(1)"`, "{(.a):1}", "reduce .[] as $x (0; . + $x)", "日|", ".[\"\\u12", "@base64d", "def f(x): x; f(1)", "try error catch ."} {
		f.Add(seed, `{"a":[1,"x",null]}`)
	}
	f.Fuzz(func(t *testing.T, expr, doc string) {
		filter, err := Compile(expr, nil)
		if wrong := (*SyntaxError)(nil); errors.As(err, &wrong) {
			if wrong.At < 0 || wrong.At > len([]rune(expr))+1 || wrong.Reason == "" {
				t.Errorf("%q: at %d: %q", expr, wrong.At, wrong.Reason)
			}
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", expr, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		n := 0
		_ = filter.Run(ctx, strings.NewReader(doc), func(result []byte) error {
			_ = Line(result)
			if n++; n > 100 {
				return context.Canceled
			}
			return nil
		})
	})
}
