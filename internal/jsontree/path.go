package jsontree

import (
	"strconv"
	"strings"
)

// Value is the text of a value as it stands in the document. It must not be changed.
func (d *Doc) Value(at int) []byte { return d.text[at:d.endOf(at)] }

// Parent is the list or object that a value is in; false for the document itself.
func (d *Doc) Parent(at int) (int, bool) {
	chain := d.chain(at)
	switch len(chain) {
	case 0:
		return 0, false
	case 1:
		return d.root, true
	}
	return chain[len(chain)-2].at, true
}

// Path names a value as jq does: .meetings[3].topic, .["a b"], and a dot for the
// document itself. Where a name comes twice in an object, jq sees the last.
func (d *Doc) Path(at int) string {
	var b strings.Builder
	for _, c := range d.chain(at) {
		if !c.object {
			if b.Len() == 0 {
				b.WriteByte('.')
			}
			b.WriteString("[" + strconv.Itoa(c.index) + "]")
			continue
		}
		name := string(d.text[c.key.from:c.key.to])
		switch {
		case isIdentifier(name[1 : len(name)-1]):
			b.WriteString("." + name[1:len(name)-1])
		case b.Len() == 0:
			b.WriteString(".[" + name + "]")
		default:
			b.WriteString("[" + name + "]")
		}
	}
	if b.Len() == 0 {
		return "."
	}
	return b.String()
}

// isIdentifier tells a name that jq needs no quotes for.
// Source: https://jqlang.org/manual/#object-identifier-index
func isIdentifier(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || i > 0 && isDigit(c) {
			continue
		}
		return false
	}
	return name != ""
}
