// Command gen makes the table of operations that the sandbox embeds out of the
// table of Zoom's documents. Run it with `go generate ./internal/sandbox` after
// that one has changed; a test fails until then.
package main

import (
	"bytes"
	"compress/flate"
	"fmt"
	"os"
	"strings"
)

// columns of the table of Zoom's documents: method, path, summary, classic scopes,
// granular scopes, rate label.
const columns = 6

func main() {
	if err := run("../scope/data/endpoints.tsv", "data/operations.bin"); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run reads the one table and writes the other.
func run(from, to string) error {
	table, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("read the table: %w", err)
	}
	made, err := condense(string(table))
	if err != nil {
		return fmt.Errorf("read the table: %w", err)
	}
	packed, err := pack(made)
	if err != nil {
		return err
	}
	//nolint:gosec // A source file of the project: everybody may read it.
	if err := os.WriteFile(to, packed, 0o644); err != nil {
		return fmt.Errorf("write the operations: %w", err)
	}
	return nil
}

// condense keeps what the sandbox needs of each row: method, path, classic scopes,
// granular scopes, rate label, and "list" where a list is answered.
func condense(table string) (string, error) {
	var out strings.Builder
	for i, line := range strings.Split(strings.TrimSuffix(table, "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			return "", fmt.Errorf("line %d has %d columns, not %d", i+1, len(cells), columns)
		}
		if i == 0 {
			continue // the names of the columns
		}
		kind := ""
		if cells[0] == "GET" && (strings.HasPrefix(cells[2], "list ") || strings.Contains(cells[4], ":list_")) {
			kind = "list"
		}
		out.WriteString(strings.Join([]string{cells[0], cells[1], cells[3], cells[4], cells[5], kind}, "\t") + "\n")
	}
	return out.String(), nil
}

func pack(text string) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("prepare compressing: %w", err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return out.Bytes(), nil
}
