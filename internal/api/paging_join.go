package api

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// joiner writes the pages of a list as one JSON object while they come.
type joiner struct {
	out     io.Writer
	pages   int // read so far, and the entries of all lists
	entries int
	foreign bool     // the first page is no object, and was written as it is
	at      position // of the last page

	parts   int           // members that were written
	list    string        // the list that passes through
	listed  bool          // it was met
	passed  int           // its entries
	held    bytes.Buffer  // members that follow the list
	heldN   int           // how many
	others  []*heldList   // further lists
	counted bool          // the first page had page_count
	total   *bytes.Buffer // total_records of the first page; nil: it had none
}

// position is what a page says of its place in the list.
type position struct {
	token         string
	number, count int
}

// heldList is a list that waits for the end.
type heldList struct {
	name    string
	n       int
	entries bytes.Buffer
}

// notList is a page that is not what a list is made of.
type notList struct{ err error }

func (n *notList) Error() string { return n.err.Error() }

// page takes in one page. The error is the body's, the writer's, or a [*notList].
func (j *joiner) page(body io.Reader) error {
	in := bufio.NewReader(body)
	object, err := beginsObject(in)
	if err != nil {
		return err
	}
	if !object && j.pages == 0 {
		j.foreign = true
		_, err = io.Copy(j.out, in)
		return err // the reader's or the writer's own
	}
	d := json.NewDecoder(in)
	d.UseNumber()
	if !object {
		return &notList{errors.New("it is not an object")}
	}
	if _, err = d.Token(); err != nil { // the opening brace
		return badPage(err)
	}
	j.at = position{}
	for d.More() {
		if err := j.member(d); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil { // the closing brace
		return badPage(err)
	}
	j.pages++
	return nil
}

// beginsObject looks at the first character that is no blank.
func beginsObject(in *bufio.Reader) (bool, error) {
	begin, err := in.Peek(in.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err // the body's own
	}
	return bytes.HasPrefix(bytes.TrimLeft(begin, " \t\r\n"), []byte("{")), nil
}

// badPage tells what is wrong with the page from a body that broke off and from a
// writer that failed.
func badPage(err error) error {
	if _, broken := errors.AsType[*Error](err); broken {
		return err
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &notList{err}
	}
	return err
}

// member takes in one key of a page and its value.
func (j *joiner) member(d *json.Decoder) error {
	token, err := d.Token()
	if err != nil {
		return badPage(err)
	}
	name, _ := token.(string) // a decoder gives no other key
	if token, err = d.Token(); err != nil {
		return badPage(err)
	}
	if token == json.Delim('[') {
		return j.entriesOf(name, d)
	}
	var value bytes.Buffer
	if err := writeValue(&value, token, d); err != nil {
		return badPage(err)
	}
	switch name {
	case "next_page_token":
		j.at.token, _ = token.(string) // null: there is none
	case "page_number":
		j.at.number = wholeNumber(token)
	case "page_count":
		j.at.count = wholeNumber(token)
		j.counted = j.counted || j.pages == 0
	case "total_records":
		if j.pages == 0 {
			j.total = &value
		}
	default:
		if j.pages == 0 {
			return j.write(name, value.Bytes())
		}
	}
	return nil
}

// write writes a member of the first page, now or, once the list has begun, later.
func (j *joiner) write(name string, value []byte) error {
	if j.listed {
		writeMember(&j.held, j.heldN, name, value)
		j.heldN++
		return nil
	}
	var b bytes.Buffer
	j.lead(&b)
	writeMember(&b, 0, name, value)
	_, err := j.out.Write(b.Bytes())
	return err // the writer's own
}

// lead writes what stands before a member.
func (j *joiner) lead(b *bytes.Buffer) {
	if j.parts == 0 {
		b.WriteByte('{')
	} else {
		b.WriteByte(',')
	}
	j.parts++
}

// entriesOf takes in the entries of one list, whose bracket was read.
func (j *joiner) entriesOf(name string, d *json.Decoder) error {
	if !j.listed {
		j.list, j.listed = name, true
		var b bytes.Buffer
		j.lead(&b)
		writeMember(&b, 0, name, []byte("["))
		if _, err := j.out.Write(b.Bytes()); err != nil {
			return err // the writer's own
		}
	}
	var entry json.RawMessage
	for d.More() {
		if err := d.Decode(&entry); err != nil {
			return badPage(err)
		}
		if err := j.entry(name, entry); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return badPage(err)
}

// entry writes or keeps one entry of a list.
func (j *joiner) entry(name string, entry []byte) error {
	j.entries++
	if name == j.list {
		if j.passed++; j.passed > 1 {
			entry = append([]byte(",\n"), entry...)
		}
		_, err := j.out.Write(entry)
		return err // the writer's own
	}
	to := j.other(name)
	if to.n++; to.n > 1 {
		to.entries.WriteByte(',')
	}
	to.entries.Write(entry)
	return nil
}

// other is one of the further lists.
func (j *joiner) other(name string) *heldList {
	for _, list := range j.others {
		if list.name == name {
			return list
		}
	}
	list := &heldList{name: name}
	j.others = append(j.others, list)
	return list
}

// end writes what is left.
func (j *joiner) end() error {
	var b bytes.Buffer
	if j.listed {
		b.WriteByte(']')
	}
	if j.heldN > 0 {
		b.WriteByte(',')
		b.Write(j.held.Bytes())
	}
	for _, list := range j.others {
		j.lead(&b)
		writeMember(&b, 0, list.name, fmt.Appendf(nil, "[%s]", list.entries.Bytes()))
	}
	if j.counted {
		j.lead(&b)
		writeMember(&b, 0, "page_count", []byte(strconv.Itoa(j.pages)))
	}
	if j.total != nil {
		total := j.total.Bytes()
		if j.listed && len(j.others) == 0 {
			total = []byte(strconv.Itoa(j.passed))
		}
		j.lead(&b)
		writeMember(&b, 0, "total_records", total)
	}
	if j.parts == 0 {
		b.WriteByte('{')
	}
	b.WriteString("}\n")
	_, err := j.out.Write(b.Bytes())
	return err // the writer's own
}

// writeMember writes a key and its value, behind n others.
func writeMember(b *bytes.Buffer, n int, name string, value []byte) {
	if n > 0 {
		b.WriteByte(',')
	}
	writeScalar(b, name)
	b.WriteByte(':')
	b.Write(value)
}

// writeValue writes a value that is no list, whose first token was read.
func writeValue(b *bytes.Buffer, token json.Token, d *json.Decoder) error {
	if token != json.Delim('{') {
		writeScalar(b, token)
		return nil
	}
	b.WriteByte('{')
	for n := 0; d.More(); n++ {
		key, err := d.Token()
		if err != nil {
			return err // badPage looks at it
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err // badPage looks at it
		}
		name, _ := key.(string) // a decoder gives no other key
		writeMember(b, n, name, value)
	}
	b.WriteByte('}')
	_, err := d.Token()
	return err // badPage looks at it
}

// writeScalar writes a text, number, truth value or null.
func writeScalar(b *bytes.Buffer, v any) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)         // no such value fails, and neither does a buffer
	b.Truncate(b.Len() - 1) // the line break
}

// wholeNumber reads a number that may come as a text; 0: it is none.
func wholeNumber(v any) int {
	n, _ := asNumber(v)
	return int(n)
}
