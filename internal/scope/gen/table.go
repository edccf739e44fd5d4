package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// header names the columns of the table.
const header = "method\tpath\tsummary\tclassic_scopes\tgranular_scopes\trate_limit"

// row is one operation of the table.
type row struct {
	method, path, summary string
	classic, granular     []string
	label                 string
}

// methods and labels are all that may occur, in the order of the numbers that
// stand for them in the packed table. Operations of one path are sorted so.
func methods() []string { return []string{"GET", "POST", "PUT", "PATCH", "DELETE"} }

func labels() []string {
	return []string{"", "LIGHT", "MEDIUM", "HEAVY", "RESOURCE-INTENSIVE"}
}

// readTable reads all rows, checks them, and sorts them by product, path and
// method. The error names every line that is wrong.
func readTable(table string) ([]row, error) {
	first, rest, _ := strings.Cut(table, "\n")
	if first != header {
		return nil, fmt.Errorf("line 1: the columns are %q, not %q", first, header)
	}
	var rows []row
	var wrong []error
	seen := map[string]int{}
	number := 1
	for line := range strings.Lines(rest) {
		number++
		r, err := readRow(strings.TrimSuffix(line, "\n"))
		if before := seen[r.identity()]; err == nil && before != 0 {
			err = fmt.Errorf("%s %s stands in line %d too", r.method, r.path, before)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", number, err))
		}
		seen[r.identity()] = number
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		wrong = append(wrong, errors.New("the table has no rows"))
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.product(), b.product()), cmp.Compare(a.path, b.path),
			cmp.Compare(slices.Index(methods(), a.method), slices.Index(methods(), b.method)))
	})
	return rows, errors.Join(wrong...)
}

func readRow(line string) (row, error) {
	columns := strings.Split(line, "\t")
	if len(columns) != 6 {
		return row{}, fmt.Errorf("it has %d columns, not 6", len(columns))
	}
	r := row{method: columns[0], path: columns[1], summary: columns[2], label: columns[5]}
	var wrong [2]error
	r.classic, wrong[0] = readNames(columns[3])
	r.granular, wrong[1] = readNames(columns[4])
	switch {
	case !slices.Contains(methods(), r.method):
		return r, fmt.Errorf("the method %q is not known", r.method)
	case !slices.Contains(labels(), r.label):
		return r, fmt.Errorf("the rate label %q is not known", r.label)
	case strings.TrimSpace(r.summary) != r.summary || r.summary == "" || strings.ContainsFunc(r.summary, notPrintable):
		return r, fmt.Errorf("the summary %q is empty or not plain text", r.summary)
	case wrong[0] != nil || wrong[1] != nil:
		return r, errors.Join(wrong[:]...)
	}
	return r, checkPath(r.path)
}

// readNames parts a list of scopes. A name may hold a blank, as Zoom's
// documents have it, but not begin or end with one.
func readNames(list string) ([]string, error) {
	if list == "" {
		return nil, nil
	}
	names := strings.Split(list, ",")
	for i, name := range names {
		if strings.TrimSpace(name) != name || name == "" || strings.ContainsFunc(name, notPrintable) {
			return nil, fmt.Errorf("the scope %q of %q is empty or not plain text", name, list)
		}
		if slices.Contains(names[:i], name) {
			return nil, fmt.Errorf("the scope %q stands twice", name)
		}
	}
	return names, nil
}

// checkPath wants segments that are either literal or one {parameter}: finding
// the operation of a call relies on it.
func checkPath(path string) error {
	rest, ok := strings.CutPrefix(path, "/")
	if !ok {
		return fmt.Errorf("the path %q does not begin with /", path)
	}
	if strings.HasPrefix(rest, "{") {
		return fmt.Errorf("the path %q begins with a parameter: its product has no name", path)
	}
	for segment := range strings.SplitSeq(rest, "/") {
		name := strings.TrimSuffix(strings.TrimPrefix(segment, "{"), "}")
		braces := len(segment) - len(name)
		if name == "" || strings.ContainsFunc(name, notInSegment) || braces != 0 && (braces != 2 || segment[0] != '{') {
			return fmt.Errorf("the path %q has the segment %q, neither a word nor a {parameter}", path, segment)
		}
	}
	return nil
}

func notPrintable(r rune) bool { return !unicode.IsPrint(r) }

func notInSegment(r rune) bool {
	return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.", r)
}

// product is the first part of the path.
func (r row) product() string {
	product, _, _ := strings.Cut(strings.TrimPrefix(r.path, "/"), "/")
	return product
}

// identity is the same for two rows that a call could not tell apart: the names
// of parameters do not matter.
func (r row) identity() string {
	segments := strings.Split(r.path, "/")
	for i, segment := range segments {
		if strings.HasPrefix(segment, "{") {
			segments[i] = "{}"
		}
	}
	return r.method + " " + strings.Join(segments, "/")
}
