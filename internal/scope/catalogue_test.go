package scope

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLoadIsTheTable reads the table that is checked in with other eyes than the
// generator's: every row must be in the catalogue as it stands there.
func TestLoadIsTheTable(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile("data/endpoints.tsv")
	if err != nil {
		t.Fatal(err)
	}
	list := func(names string) []string {
		if names == "" {
			return nil
		}
		return strings.Split(names, ",")
	}
	want := map[string]Endpoint{}
	for _, line := range strings.Split(strings.TrimSuffix(string(table), "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		want[f[0]+" "+f[1]] = Endpoint{
			Method: f[0], Path: f[1], Summary: f[2], Product: strings.Split(f[1], "/")[1],
			Classic: list(f[3]), Granular: list(f[4]), Label: f[5],
		}
	}
	c := loaded(t)
	got := map[string]Endpoint{}
	for _, e := range c.Endpoints() {
		got[e.String()] = e
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("go generate was not run after the table changed: %s", diff)
	}
	if len(c.Endpoints()) != 1897 {
		t.Errorf("%d operations, not 1,897", len(c.Endpoints()))
	}
}

func TestCatalogueOrder(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	endpoints := c.Endpoints()
	for i := 1; i < len(endpoints); i++ {
		a, b := endpoints[i-1], endpoints[i]
		if a.Product > b.Product || a.Product == b.Product && a.Path > b.Path {
			t.Errorf("%s stands before %s", a, b)
		}
	}
	if !slices.IsSorted(c.Scopes()) || len(slices.Compact(slices.Clone(c.Scopes()))) != len(c.Scopes()) {
		t.Error("the scopes are not sorted, or some stand twice")
	}
	// 422 classic, 1,975 granular, 2 of them in both families.
	if len(c.Scopes()) != 2395 {
		t.Errorf("%d scopes", len(c.Scopes()))
	}
	if c.Date() != "2026-03" {
		t.Errorf("date %q", c.Date())
	}
}

// TestUnpackDamaged must not panic or ask for much memory, whatever it is given.
func TestUnpackDamaged(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"empty":    "",
		"no flate": "operations 1\n",
		"cut off":  packed[:len(packed)/2],
	} {
		if c, err := unpack(data); err == nil || c != nil {
			t.Errorf("%s: no error", name)
		}
	}
	for name, data := range map[string]string{
		"other version":   "operations 2\n\x00\x00\x00\x00",
		"numbers cut":     "operations 1\n\x01",
		"huge":            "operations 1\n\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00\x00\x00",
		"many rows":       "operations 1\n\x00\xff\xff\x7f\x00\x00",
		"unknown method":  "operations 1\n\x00\x01\x00\x00\x07\x00\x01/\x01x\x00\x00",
		"unknown scope":   "operations 1\n\x00\x01\x01\x00\x00\x00\x01/\x01x\x02\x05\x00",
		"shares too much": "operations 1\n\x00\x01\x00\x00\x00\x09\x01/\x01x\x00\x00",
	} {
		u := unpacker{rest: []byte(data)}
		if c := u.catalogue(); c != nil && !u.damaged {
			t.Errorf("%s: not seen as damaged", name)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("operations 1\n\x01\x01\x01\x20\x00\x03a:b\x00\x00\x02/a\x01x\x02\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		u := unpacker{rest: data}
		if c := u.catalogue(); c != nil {
			for _, e := range c.Endpoints() {
				c.Find(e.Method, e.Path)
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerdictData is what the first verdict of a command costs: unpack, and
// find one operation.
func BenchmarkVerdictData(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		c, err := Load()
		if err != nil {
			b.Fatal(err)
		}
		if _, ok := c.Find("GET", "/users/me/upcoming_meetings"); !ok {
			b.Fatal("not found")
		}
	}
}

func BenchmarkFind(b *testing.B) {
	c := loaded(b)
	b.ReportAllocs()
	for b.Loop() {
		c.Find("GET", "https://api.zoom.us/v2/phone/users/me/recordings?page_size=1")
	}
}

func BenchmarkNearest(b *testing.B) {
	c := loaded(b)
	b.ReportAllocs()
	for b.Loop() {
		c.Nearest("GET", "/users/me/upcoming_meetigns", 5)
	}
}
