package scope

import (
	"compress/flate"
	_ "embed" // data/endpoints.bin
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

//go:generate go run ./gen

// packed is the table of operations, data/endpoints.tsv, as gen/pack.go packs
// it; the form is described there.
//
//go:embed data/endpoints.bin
var packed string

const (
	packedMagic = "operations 1\n"
	maxPacked   = 4 << 20 // bytes; far above what any table of Zoom's would need
)

var errPacked = errors.New("the packed table is damaged")

// unpack reads a packed table.
func unpack(compressed string) (*Catalogue, error) {
	// It is some three times as large; growing in steps would copy it all again.
	data := make([]byte, 0, min(4*len(compressed), maxPacked))
	data, err := readAll(data, flate.NewReader(strings.NewReader(compressed)))
	if err != nil {
		return nil, fmt.Errorf("decompress the table of operations: %w", err)
	}
	u := unpacker{rest: data}
	c := u.catalogue()
	if u.damaged {
		return nil, fmt.Errorf("unpack the table of operations: %w", errPacked)
	}
	return c, nil
}

// readAll appends what r gives, up to maxPacked.
func readAll(data []byte, r io.Reader) ([]byte, error) {
	for {
		if len(data) == cap(data) {
			data = slices.Grow(data, 1+len(data))
		}
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case errors.Is(err, io.EOF):
			return data, nil
		case err != nil:
			return nil, err //nolint:wrapcheck // The caller says what it was doing.
		case len(data) > maxPacked:
			return nil, errPacked
		}
	}
}

// unpacker reads the packed table from its beginning. Damage is remembered, and
// from then on only empty things are read.
type unpacker struct {
	rest    []byte
	damaged bool
	texts   strings.Builder // all texts, one after the other: one allocation for thousands
	names   []string        // of scopes
	lists   []string        // all lists of scopes, one after the other
}

func (u *unpacker) catalogue() *Catalogue {
	if string(u.take(len(packedMagic))) != packedMagic {
		u.damaged = true
	}
	names, rows, references, texts := u.number(), u.number(), u.number(), u.number()
	u.texts.Grow(texts)
	u.lists = make([]string, 0, references)
	u.names = make([]string, 0, names)
	name := ""
	for range names {
		name = u.shared(name)
		u.names = append(u.names, name)
	}
	endpoints := make([]Endpoint, 0, rows)
	var e Endpoint
	for range rows {
		e = u.endpoint(e)
		if u.damaged {
			return nil
		}
		endpoints = append(endpoints, e)
	}
	return newCatalogue(endpoints, u.names)
}

// endpoint reads one row; before is the one before it.
func (u *unpacker) endpoint(before Endpoint) Endpoint {
	methods, labels := packedMethods(), packedLabels()
	kind := u.take(1)
	if u.damaged || int(kind[0]%8) >= len(methods) || int(kind[0]/8) >= len(labels) {
		u.damaged = true
		return Endpoint{}
	}
	e := Endpoint{Method: methods[kind[0]%8], Label: labels[kind[0]/8]}
	e.Path = u.shared(before.Path)
	e.Product, _, _ = strings.Cut(strings.TrimPrefix(e.Path, "/"), "/")
	e.Summary = u.text("", u.take(u.number()))
	e.Classic = u.list(before.Classic)
	e.Granular = u.list(before.Granular)
	return e
}

// packedMethods and packedLabels are what the numbers of the packed table stand for.
func packedMethods() [5]string { return [...]string{"GET", "POST", "PUT", "PATCH", "DELETE"} }

func packedLabels() [5]string {
	return [...]string{"", "LIGHT", "MEDIUM", "HEAVY", "RESOURCE-INTENSIVE"}
}

// shared reads a text that begins as the one before it.
func (u *unpacker) shared(before string) string {
	same, rest := u.number(), u.take(u.number())
	if same > len(before) {
		u.damaged = true
		return ""
	}
	if same == len(before) && len(rest) == 0 {
		return before
	}
	return u.text(before[:same], rest)
}

// text keeps a text. What the builder has given stays valid when it grows.
func (u *unpacker) text(begin string, rest []byte) string {
	from := u.texts.Len()
	u.texts.WriteString(begin)
	u.texts.Write(rest)
	return u.texts.String()[from:]
}

// list reads a list of scopes; none is nil.
func (u *unpacker) list(before []string) []string {
	switch n := u.number(); n {
	case 0:
		return before
	case 1:
		return nil
	default:
		from := len(u.lists)
		for range n - 1 {
			at := u.number()
			if at >= len(u.names) {
				u.damaged = true
				return nil
			}
			u.lists = append(u.lists, u.names[at])
		}
		return u.lists[from:len(u.lists):len(u.lists)]
	}
}

// number reads a count or a place. It is bounded: a damaged table must not make
// the program ask for much memory.
func (u *unpacker) number() int {
	n, size := binary.Uvarint(u.rest)
	if u.damaged || size <= 0 || n > maxPacked {
		u.damaged = true
		return 0
	}
	u.rest = u.rest[size:]
	return int(n)
}

// take reads n bytes.
func (u *unpacker) take(n int) []byte {
	if u.damaged || n > len(u.rest) {
		u.damaged = true
		return nil
	}
	taken := u.rest[:n]
	u.rest = u.rest[n:]
	return taken
}
