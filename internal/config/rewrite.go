package config

import (
	"maps"
	"slices"
	"strings"
)

// pages is a config.toml cut into statements, on the way to another content.
type pages struct {
	all     []statement
	newline string
}

// rewrite changes the text of a config.toml so that it says want, and leaves
// everything else as it is: comments, order, blank lines, the way of writing.
// The result is parsed again; [errNotRead] when it would say anything but want.
func rewrite(text string, want document) (string, error) {
	had, err := parse("", text)
	if err != nil {
		return "", err
	}
	all, err := scan(text)
	if err != nil {
		return "", err
	}
	p := &pages{all: all, newline: "\n"}
	if strings.Contains(text, "\r\n") {
		p.newline = "\r\n"
	}
	for _, name := range slices.Sorted(maps.Keys(had.Profiles)) {
		if _, stays := want.Profiles[name]; !stays {
			p.remove(name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want.Profiles)) {
		entry := want.Profiles[name]
		if old, ok := had.Profiles[name]; !ok || old != entry {
			if err := p.put(name, old, entry); err != nil {
				return "", err
			}
		}
	}
	if want.DefaultProfile != had.DefaultProfile {
		if err := p.setDefault(want.DefaultProfile); err != nil {
			return "", err
		}
	}
	result := p.text()
	if says, err := parse("", result); err != nil || !says.equal(want) {
		return "", errNotRead
	}
	return result, nil
}

func (p *pages) text() string {
	var b strings.Builder
	for _, s := range p.all {
		b.WriteString(s.text)
	}
	return b.String()
}

// insert puts a line before statement i, and ends the line before it if that
// was the last of the file.
func (p *pages) insert(i int, line string) {
	if i > 0 && !strings.HasSuffix(p.all[i-1].text, "\n") && p.all[i-1].text != "\ufeff" {
		p.all[i-1].text += p.newline
	}
	p.all = slices.Insert(p.all, i, statement{text: line + p.newline})
}

// find gives the place of the pair or header with this name, or -1.
func (p *pages) find(kind statementKind, path ...string) int {
	return slices.IndexFunc(p.all, func(s statement) bool { return s.kind == kind && slices.Equal(s.path, path) })
}

// lastPair is the place of the last key of a table, or -1.
func (p *pages) lastPair(table ...string) int {
	for i := len(p.all) - 1; i >= 0; i-- {
		if p.all[i].kind == pair && p.all[i].within(table...) {
			return i
		}
	}
	return -1
}

// put makes a profile's table say what entry says; old is what it said.
func (p *pages) put(name string, old, entry Entry) error {
	about := ""                                      // the comment behind it
	if i := p.find(pair, "profiles", name); i >= 0 { // an inline table: written anew as a table of its own
		about = strings.TrimSpace(p.all[i].text[p.all[i].to:])
		p.all = slices.Delete(p.all, i, i+1)
	}
	if p.find(header, "profiles", name) < 0 && p.lastPair("profiles", name) < 0 {
		if p.find(pair, "profiles") >= 0 { // {…} in one line, to which nothing may be added
			return errNotRead
		}
		p.appendTable(name, about)
		old = Entry{}
	}
	table, before := []string{"profiles", name}, old.fields()
	// What goes goes first, so that nothing new stands below a comment of the old.
	for _, goes := range []bool{true, false} {
		for i, f := range entry.fields() {
			if *before[i].value == *f.value || goes != (*f.value == "") {
				continue
			}
			if err := p.setKey(table, f.key, *f.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// appendTable adds an empty table at the end of the file, below a comment if there
// is one.
func (p *pages) appendTable(name, comment string) {
	if n := len(p.all); n > 0 && strings.TrimSpace(p.all[n-1].text) != "" && p.all[n-1].text != "\ufeff" {
		p.insert(n, "")
	}
	if comment != "" {
		p.insert(len(p.all), comment)
	}
	p.insert(len(p.all), "[profiles."+quoteKey(name)+"]")
	last := &p.all[len(p.all)-1]
	last.kind, last.path = header, []string{"profiles", name}
}

// setKey replaces the value of a key, adds the key below the others of its
// table, or takes it away when value is empty.
func (p *pages) setKey(table []string, key, value string) error {
	at := p.find(pair, append(slices.Clone(table), key)...)
	if at >= 0 && value == "" {
		p.all = slices.Delete(p.all, at, at+1)
		return nil
	}
	quoted, err := quote(value)
	switch {
	case err != nil:
		return err
	case value == "":
		return nil
	case at >= 0:
		s := &p.all[at]
		s.text = s.text[:s.from] + quoted + s.text[s.to:]
		s.to = s.from + len(quoted)
		return nil
	}
	prefix := ""
	if at = p.lastPair(table...); at >= 0 {
		prefix = p.all[at].beforeKey()
	} else if at = p.find(header, table...); at < 0 {
		return errNotRead
	}
	p.insert(at+1, prefix+key+" = "+quoted)
	added := &p.all[at+1]
	added.kind, added.path = pair, append(slices.Clone(table), key)
	added.from = len(prefix) + len(key) + len(" = ")
	added.to = added.from + len(quoted)
	return nil
}

// beforeKey is what stands before the last name of a key: blanks and, in a
// dotted key, the names of the tables.
func (s statement) beforeKey() string {
	blanks := s.text[:len(s.text)-len(strings.TrimLeft(s.text, " \t"))]
	key := s.keyText()
	return blanks + key[:strings.LastIndexByte(key, '.')+1]
}

// remove takes a profile away, with the comments that are about it: those right
// above its table and those inside. What stands at the top of the file or right
// above the next table is about something else.
func (p *pages) remove(name string) {
	h, last := p.find(header, "profiles", name), p.lastPair("profiles", name)
	drop := make([]bool, len(p.all))
	for i, s := range p.all {
		drop[i] = s.within("profiles", name)
	}
	if h >= 0 {
		p.dropComments(drop, h, max(h, last))
	}
	var kept []statement
	for i, s := range p.all {
		double := s.kind == other && !s.comment() && len(kept) > 0 && i > 0 && drop[i-1] &&
			strings.TrimSpace(kept[len(kept)-1].text) == ""
		if !drop[i] && !double {
			kept = append(kept, s)
		}
	}
	p.all = kept
}

// dropComments marks the comments around a table that begins at h and has its
// last key at last.
func (p *pages) dropComments(drop []bool, h, last int) {
	first := h
	for first > 0 && p.all[first-1].comment() {
		first--
	}
	if first > 0 {
		for i := first; i < h; i++ {
			drop[i] = true
		}
	}
	end := last + 1
	for end < len(p.all) && p.all[end].comment() {
		end++
	}
	if end < len(p.all) && p.all[end].kind == header {
		end = last + 1
	}
	for i := h; i < end; i++ {
		drop[i] = true
	}
}

// setDefault sets default_profile, which stands above all tables.
func (p *pages) setDefault(name string) error {
	const key = "default_profile"
	if p.find(pair, key) >= 0 {
		return p.setKey(nil, key, name)
	}
	quoted, err := quote(name)
	if err != nil {
		return err
	}
	line := key + " = " + quoted
	first := slices.IndexFunc(p.all, func(s statement) bool { return s.kind == header })
	if first < 0 {
		first = len(p.all)
	}
	for i := first - 1; i >= 0; i-- {
		if p.all[i].kind == pair {
			p.insert(i+1, line)
			return nil
		}
	}
	at := first
	for at > 0 && first < len(p.all) && p.all[at-1].comment() {
		at--
	}
	if at == 0 { // the comment at the top is about the file
		at = first
	}
	p.insert(at, line)
	if first < len(p.all) {
		p.insert(at+1, "")
	}
	return nil
}
