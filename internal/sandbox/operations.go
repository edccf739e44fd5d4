package sandbox

import (
	"compress/flate"
	_ "embed"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

//go:generate go run ./gen

//go:embed data/operations.bin
var packedOperations string

// documented unpacks the operations when the first call of the API comes: a program that starts no sandbox
// pays nothing for them.
var documented = sync.OnceValues(unpackOperations)

// operation is one operation of Zoom's REST API as the documents have it.
// Source: https://developers.zoom.us/docs/api/
type operation struct {
	method string
	path   string   // template below /v2: /users/{userId}; /scim2/… stands as it is
	parts  []string // of the path
	need   need
	label  string // as Zoom writes it in its header; empty: not documented
	list   bool   // it answers with a list
}

// operations are all of them by the number of parts of their paths.
type operations map[int][]operation

// is tells whether it is this one.
func (o operation) is(method, path string) bool { return o.method == method && o.path == path }

// unpackOperations reads the embedded table.
func unpackOperations() (operations, error) {
	text, err := io.ReadAll(flate.NewReader(strings.NewReader(packedOperations)))
	if err != nil {
		return nil, fmt.Errorf("unpack the operations: %w", err)
	}
	all := operations{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 6 {
			return nil, fmt.Errorf("read the operations: a line of %d columns", len(cells))
		}
		op := operation{
			method: cells[0], path: cells[1], parts: strings.Split(cells[1][1:], "/"),
			need:  need{granular: listed(cells[3]), classic: listed(cells[2])},
			label: headerLabel(cells[4]), list: cells[5] == "list",
		}
		all[len(op.parts)] = append(all[len(op.parts)], op)
	}
	return all, nil
}

// listed splits names at commas; a name may hold a blank.
func listed(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ",")
}

// headerLabel is a rate label of the documents as the header has it: Light, Resource-intensive.
func headerLabel(label string) string {
	if label == "" {
		return ""
	}
	return label[:1] + strings.ToLower(label[1:])
}

// find is the operation of a call. Literal parts win over ids from the front, so that /users/me/zak is not
// /users/{userId}/… .
func (all operations) find(method string, parts []string) (operation, bool) {
	var best operation
	found := false
	for _, op := range all[len(parts)] {
		if op.method == method && op.fits(parts) && (!found || op.literalBefore(best)) {
			best, found = op, true
		}
	}
	return best, found
}

// fits tells whether the parts of a path are those of the template.
func (o operation) fits(parts []string) bool {
	for i, part := range o.parts {
		if !isID(part) && part != parts[i] {
			return false
		}
	}
	return true
}

// literalBefore tells whether it has a literal where the other has its first id.
func (o operation) literalBefore(other operation) bool {
	for i, part := range o.parts {
		if isID(part) != isID(other.parts[i]) {
			return !isID(part)
		}
	}
	return false
}

func isID(part string) bool { return strings.HasPrefix(part, "{") }

// name is what Counts calls a call of the operation: ids as in the documents, but for `me`.
func (o operation) name(parts []string) string {
	shown := make([]string, len(parts))
	for i, part := range o.parts {
		shown[i] = part
		if parts[i] == "me" {
			shown[i] = "me"
		}
	}
	root := "/v2/"
	if parts[0] == "scim2" {
		root = "/"
	}
	return o.method + " " + root + strings.Join(shown, "/")
}

// apiParts are the decoded parts of the path of an API call; false: no operation can have this path. A UUID
// of a meeting that begins with a slash or holds two in a row must be encoded twice: what is encoded once
// takes it apart. Source: https://developers.zoom.us/docs/api/using-zoom-apis/
func apiParts(u *url.URL) ([]string, bool) {
	path, below := strings.CutPrefix(u.EscapedPath(), "/v2/")
	if path = strings.TrimPrefix(path, "/"); below && strings.HasPrefix(path, "scim2/") {
		return nil, false
	}
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		once, err := url.PathUnescape(part)
		if err != nil || once == "" || strings.HasPrefix(once, "/") || strings.Contains(once, "//") {
			return nil, false
		}
		if twice, err := url.PathUnescape(once); err == nil {
			once = twice
		}
		parts = append(parts, once)
	}
	return parts, true
}

// operationOf finds what a request asks for, and the parts of its path.
func operationOf(r *http.Request) (op operation, parts []string, known bool, err error) {
	all, err := documented()
	if err != nil {
		return operation{}, nil, false, err
	}
	parts, ok := apiParts(r.URL)
	if !ok {
		return operation{}, nil, false, nil
	}
	op, known = all.find(r.Method, parts)
	return op, parts, known, nil
}

// needOf is what an operation of the documents asks for; nothing if there is no such operation.
func needOf(method, path string) need {
	all, err := documented()
	if err != nil {
		return need{}
	}
	for _, op := range all[strings.Count(path, "/")] {
		if op.is(method, path) {
			return op.need
		}
	}
	return need{}
}
