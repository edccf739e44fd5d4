package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/jq"
	"zoomtui/internal/jsonprint"
	"zoomtui/internal/term"
)

// apiOutput prints the answer of one call.
type apiOutput struct {
	cli      *cli
	cmd      *cobra.Command
	call     apiCall
	out      io.Writer
	terminal bool // a person reads it
}

// answer prints what came, and gives the failure that it is. Zoom's own answer is
// printed also then, so that nothing is lost; for a program that wants errors as JSON
// the failure stands in its place.
func (o apiOutput) answer(ctx context.Context, a *api.Answer, failure error) error {
	if e, ok := errors.AsType[*api.Error](failure); ok && (e.HTTPStatus == 0 || o.cli.errors == asJSON) {
		return failure // it broke off before anything was known, or is told otherwise
	}
	if err := o.head(a); err != nil {
		return errors.Join(failure, err)
	}
	var err error
	switch {
	case o.call.silent:
		_, err = io.Copy(io.Discard, a.Body)
	case o.call.filter != nil && failure == nil:
		err = o.filtered(ctx, a, a.Body)
	case o.terminal:
		err = o.readable(a)
	default:
		_, err = io.Copy(o.out, a.Body)
	}
	return errors.Join(failure, err)
}

// head prints the status line and the headers. A cookie is as good as a sign-in on
// the web and of no use here.
func (o apiOutput) head(a *api.Answer) error {
	if !o.call.include {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d %s\n", a.Proto, a.Status, http.StatusText(a.Status))
	for _, name := range slices.Sorted(maps.Keys(a.Header)) {
		for _, value := range a.Header[name] {
			if strings.EqualFold(name, "Set-Cookie") {
				value = "[hidden]"
			}
			fmt.Fprintf(&b, "%s: %s\n", clean(name), clean(value))
		}
	}
	b.WriteByte('\n')
	_, err := io.WriteString(o.out, b.String())
	return err // problem() knows a stdout that cannot be written
}

// readable prints a body on a terminal.
func (o apiOutput) readable(a *api.Answer) error {
	body := bufio.NewReader(a.Body)
	begin, err := body.Peek(512)
	switch kind := kindOf(a.Header, begin); {
	case err != nil && !errors.Is(err, io.EOF):
		return err // that of the body
	case len(begin) == 0:
		return nil
	case kind == "json":
		return o.laidOut(body)
	case kind == "text":
		return o.text(body)
	default:
		o.cli.say("The answer is %s, which is no text. Send it to a file: zoomtui api … > FILE", clean(kind))
		_, err := io.Copy(io.Discard, body)
		return err
	}
}

// kindOf tells json and text; everything else by its own name.
func kindOf(h http.Header, begin []byte) string {
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type")) // unreadable is unknown
	switch {
	case kind == "application/json", strings.HasSuffix(kind, "+json"):
		return "json"
	case kind == "", kind == "text/plain":
		if begin = bytes.TrimLeft(begin, " \t\r\n"); len(begin) > 0 && strings.IndexByte(`{["`, begin[0]) >= 0 {
			return "json"
		}
		return "text"
	case strings.HasPrefix(kind, "text/"), strings.HasSuffix(kind, "xml"), kind == "application/x-www-form-urlencoded":
		return "text"
	}
	return kind
}

// laidOut prints JSON on a terminal.
func (o apiOutput) laidOut(body io.Reader) error {
	p := jsonprint.New(o.out, o.cli.colour(o.cli.out))
	_, err := io.Copy(p, body)
	return errors.Join(err, p.Close())
}

// textPiece is how much of a line is printed at once, in bytes: a line may be the
// whole answer, and clean bounds what it is given.
const textPiece = 32 << 10

// text prints text on a terminal, line by line, without what a terminal obeys.
func (o apiOutput) text(body io.Reader) error {
	lines := bufio.NewReaderSize(body, textPiece)
	var held []byte
	open := false // the begin of the line is printed
	for {
		piece, err := lines.ReadSlice('\n')
		held = append(held, piece...)
		if errors.Is(err, bufio.ErrBufferFull) {
			cut := pieceEnd(held)
			if _, err := io.WriteString(o.out, o.tame(string(held[:cut]))); err != nil {
				return err // problem() knows a stdout that cannot be written
			}
			held, open = append(held[:0], held[cut:]...), true
			continue
		}
		if open || len(held) > 0 {
			if err := o.line(strings.TrimRight(string(held), "\r\n")); err != nil {
				return err
			}
		}
		held, open = held[:0], false
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// pieceEnd is where a line that is too long to be held is cut: between two letters, in
// front of blanks, which clean would take away at an end, and of what may be a sequence
// that a terminal obeys.
func pieceEnd(text []byte) int {
	const longest = 64 // of such a sequence, as far as it matters
	end := len(text)
	for at := max(0, end-utf8.UTFMax); at < len(text); at++ {
		if utf8.RuneStart(text[at]) && !utf8.FullRune(text[at:]) {
			end = at
			break
		}
	}
	if at := bytes.LastIndexByte(text[max(0, end-longest):end], '\x1b'); at >= 0 {
		end = max(0, end-longest) + at
	}
	if before := len(bytes.TrimRight(text[:end], " \t")); before > 0 {
		return before
	}
	return len(text)
}

// line prints one line of text.
func (o apiOutput) line(text string) error {
	_, err := fmt.Fprintln(o.out, o.tame(text))
	return err // problem() knows a stdout that cannot be written
}

// tame is a text without what a terminal obeys, but with the blanks at its begin;
// elsewhere than on a terminal it is the text as it came.
func (o apiOutput) tame(text string) string {
	if !o.terminal {
		return text
	}
	rest := strings.TrimLeft(text, " \t")
	return strings.ReplaceAll(text[:len(text)-len(rest)], "\t", "    ") + clean(rest)
}

// filtered prints what --jq makes of a body.
func (o apiOutput) filtered(ctx context.Context, a *api.Answer, body io.Reader) error {
	var held bytes.Buffer
	lines := bufio.NewWriter(o.out) // a result is often a few bytes, and there may be many
	if o.cli.errors == asJSON {     // stdout is one thing then: all results, or the error
		lines.Reset(&held)
	}
	results := o
	results.out = lines
	err := o.call.filter.Run(ctx, body, results.result)
	if err = errors.Join(o.filterError(a, err), lines.Flush()); err == nil {
		_, err = o.out.Write(held.Bytes())
	}
	return err
}

// result prints one result of --jq.
func (o apiOutput) result(result []byte) error {
	switch {
	case !o.terminal:
		return o.line(string(jq.Line(result)))
	case result[0] == '{' || result[0] == '[':
		return o.laidOut(bytes.NewReader(result))
	}
	for line := range strings.SplitSeq(string(jq.Line(result)), "\n") {
		if err := o.line(line); err != nil {
			return err
		}
	}
	return nil
}

// filterError says that Zoom has done its part, so that nobody makes the call again
// for the sake of the expression.
func (o apiOutput) filterError(a *api.Answer, err error) error {
	if wrong, ok := errors.AsType[*jq.EvalError](err); ok {
		const most = 200 // it may quote the whole answer
		misfit := usage(o.cmd, "--jq does not fit the answer: %s.", strings.TrimRight(term.Clean(wrong.What, most), "."))
		misfit.why = fmt.Sprintf("Zoom has done %s and answered with %d; only the expression failed.", a.Op, a.Status)
		return misfit
	}
	if errors.Is(err, jq.ErrInput) {
		detail := strings.TrimPrefix(err.Error(), jq.ErrInput.Error()+": ")
		return &api.Error{Op: a.Op, Host: a.Host, HTTPStatus: a.Status, At: a.At, Err: fmt.Errorf("%w: %s", api.ErrDecode, detail)}
	}
	return err
}

// pages prints a list that comes in pages.
func (o apiOutput) pages(ctx context.Context, client *api.Client) error {
	pages, failure := client.OpenPages(ctx, o.call.request)
	first := pages.First()
	if first == nil {
		return failure
	}
	defer first.Body.Close()
	if failure != nil {
		return o.answer(ctx, first, failure)
	}
	if err := o.head(first); err != nil {
		return err
	}
	err := o.joined(ctx, pages)
	_, broken := errors.AsType[*api.Error](err) // neither --jq nor stdout
	if n, entries := pages.Read(); broken && n > 0 && ctx.Err() == nil {
		o.cli.say("The list is not whole: page %d failed. Entries read until then: %d.", n+1, entries)
	}
	return err
}

// joined prints the object that the pages make.
func (o apiOutput) joined(ctx context.Context, pages *api.Pages) error {
	switch {
	case o.call.silent:
		return pages.Join(ctx, io.Discard)
	case o.call.filter != nil:
		return o.joinedAndFiltered(ctx, pages)
	case o.terminal:
		p := jsonprint.New(o.out, o.cli.colour(o.cli.out))
		return errors.Join(pages.Join(ctx, p), p.Close())
	default:
		lines := bufio.NewWriter(o.out)
		return errors.Join(pages.Join(ctx, lines), lines.Flush())
	}
}

// joinedAndFiltered prints what --jq makes of the object, as the pages come.
func (o apiOutput) joinedAndFiltered(parent context.Context, pages *api.Pages) error {
	ctx, cancel := context.WithCancel(parent)
	whole, to := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = to.CloseWithError(pages.Join(ctx, to)) // never fails
	}()
	err := o.filtered(parent, pages.First(), whole)
	cancel()          // where the filter has stopped before
	_ = whole.Close() // never fails
	<-done
	return err
}
