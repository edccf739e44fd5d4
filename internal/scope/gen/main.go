// Command gen packs the table of operations, data/endpoints.tsv, into the small
// file that package scope embeds. Run it with `go generate ./internal/scope`
// after the table has changed; a test fails until then.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run("data"); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run packs the table in a directory, and writes beside it what is embedded.
func run(dir string) error {
	table, err := os.ReadFile(filepath.Join(dir, "endpoints.tsv"))
	if err != nil {
		return fmt.Errorf("read the table: %w", err)
	}
	rows, err := readTable(string(table))
	if err != nil {
		return fmt.Errorf("read the table: %w", err)
	}
	packed, err := compress(pack(rows))
	if err != nil {
		return err
	}
	//nolint:gosec // A source file of the project: everybody may read it.
	if err := os.WriteFile(filepath.Join(dir, "endpoints.bin"), packed, 0o644); err != nil {
		return fmt.Errorf("write the packed table: %w", err)
	}
	return nil
}
