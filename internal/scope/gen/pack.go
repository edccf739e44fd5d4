package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"slices"
)

// magic begins the packed table; the number is the version of the form.
const magic = "operations 1\n"

// pack gives the form that package scope unpacks. Numbers are unsigned varints
// (https://pkg.go.dev/encoding/binary).
//
//	magic, number of scope names, of rows, of references in all lists, bytes of all texts
//	per name:  bytes shared with the name before, length of the rest, the rest
//	per row:   method + 8×label (one byte),
//	           bytes of the path shared with the path before, length of the rest, the rest,
//	           length of the summary, the summary,
//	           classic list, granular list
//	per list:  0: the same as the row before; else 1 + number of references, then the references
//
// Names are sorted, rows are in the order of readTable, so that nothing has to
// be sorted when it is loaded.
func pack(rows []row) []byte {
	names := scopeNames(rows)
	var body packer
	for _, name := range names {
		body.shared(&body.name, name)
	}
	for i, r := range rows {
		body.out = append(body.out, byte(slices.Index(methods(), r.method)+8*slices.Index(labels(), r.label)))
		body.shared(&body.path, r.path)
		body.number(len(r.summary))
		body.text(r.summary)
		var before row
		if i > 0 {
			before = rows[i-1]
		}
		body.list(names, r.classic, before.classic)
		body.list(names, r.granular, before.granular)
	}
	head := packer{out: []byte(magic)}
	for _, n := range []int{len(names), len(rows), body.references, body.texts} {
		head.number(n)
	}
	return append(head.out, body.out...)
}

// packer appends to the packed table.
type packer struct {
	out               []byte
	name, path        string // the ones before
	references, texts int
}

func (p *packer) number(n int) { p.out = binary.AppendUvarint(p.out, uint64(n)) }

func (p *packer) text(s string) {
	p.out = append(p.out, s...)
	p.texts += len(s)
}

// shared appends a text that often begins as the one before it.
func (p *packer) shared(before *string, s string) {
	same := 0
	for same < len(s) && same < len(*before) && s[same] == (*before)[same] {
		same++
	}
	p.number(same)
	p.number(len(s) - same)
	p.text(s[same:])
	if s != *before {
		p.texts += same
	}
	*before = s
}

// list appends a list of scopes as their places among the names.
func (p *packer) list(names, list, before []string) {
	if slices.Equal(list, before) {
		p.number(0)
		return
	}
	p.number(1 + len(list))
	for _, name := range list {
		at, _ := slices.BinarySearch(names, name)
		p.number(at)
	}
	p.references += len(list)
}

// scopeNames are all names that occur, sorted.
func scopeNames(rows []row) []string {
	var names []string
	for _, r := range rows {
		names = append(append(names, r.classic...), r.granular...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// compress is what compress/flate makes of the packed table. Its bytes may
// differ between versions of Go; what they unpack to does not.
func compress(packed []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("compress the table: %w", err)
	}
	_, err = w.Write(packed)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("compress the table: %w", err)
	}
	return out.Bytes(), nil
}
