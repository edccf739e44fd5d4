package main

import (
	"bytes"
	"compress/flate"
	"io"
	"os"
	"strings"
	"testing"
)

// TestEmbeddedIsFresh compares what the sandbox embeds with what the generator
// makes of the table now, unpacked: compressors change between versions of Go.
func TestEmbeddedIsFresh(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile("../../scope/data/endpoints.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want, err := condense(string(table))
	if err != nil {
		t.Fatal(err)
	}
	packed, err := os.ReadFile("../data/operations.bin")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("data/operations.bin is not of this table: run `go generate ./internal/sandbox`")
	}
	if n := strings.Count(want, "\n"); n != 1897 {
		t.Errorf("%d operations, want 1897", n)
	}
}

func TestCondenseRefusesOtherTables(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]string{
		"a column short":    "method\tpath\tsummary\tclassic_scopes\tgranular_scopes\n",
		"a later line":      "a\tb\tc\td\te\tf\nGET\t/x\n",
		"nothing":           "",
		"a column too many": "a\tb\tc\td\te\tf\tg\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := condense(table); err == nil {
				t.Errorf("made %q of it", got)
			}
		})
	}
}
