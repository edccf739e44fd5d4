package api

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Pages is a list that is read from its first page to its last, of any operation
// whose answers hold next_page_token, or page_number and page_count.
// Source: https://developers.zoom.us/docs/api/using-zoom-apis/
type Pages struct {
	client  *Client
	request Request
	first   *Answer
	tokens  map[string]bool // used so far
	asked   int             // number of the page that was asked for; 0: none was
	join    joiner
}

// OpenPages asks for the first page. It is tried again as by [Client.Do], and so is
// each later one. The error is that of [Client.Open] or [Client.Check].
func (c *Client) OpenPages(ctx context.Context, r Request) (*Pages, error) {
	r.Method = cmp.Or(strings.ToUpper(r.Method), http.MethodGet)
	p := &Pages{client: c, request: r, tokens: map[string]bool{}}
	var err error
	p.first, err = c.openGood(ctx, r)
	return p, err
}

// First is the answer that the first page came with, also where it is a failure; nil
// when there was none. The caller closes its body.
func (p *Pages) First() *Answer { return p.first }

// Read tells how many pages and entries were read so far.
func (p *Pages) Read() (pages, entries int) { return p.join.pages, p.join.entries }

// Join reads all pages and writes one JSON object: their lists joined, the other
// keys as the first page had them. next_page_token and page_number are left out;
// page_count is the number of pages that were read; total_records, where there is one
// list, the number of its entries. An answer that is no object is written as it came.
// The entries of the first list pass through, those of further lists are kept.
//
// After an error the object is left without an end, so that a list that lacks pages
// does not pass for a whole one. The error is an [*Error], or w's own.
func (p *Pages) Join(ctx context.Context, w io.Writer) error {
	p.join.out = w
	for a := p.first; ; {
		if err := p.page(a); err != nil || p.join.foreign {
			return err
		}
		r, more, err := p.next()
		if err != nil {
			return err
		}
		if !more {
			return p.join.end()
		}
		if a, err = p.client.openGood(ctx, r); err != nil {
			if a != nil {
				_ = a.Body.Close() // of a refusal that is told
			}
			return err
		}
	}
}

// page takes one page in.
func (p *Pages) page(a *Answer) error {
	defer a.Body.Close()
	err := p.join.page(a.Body)
	if bad, ok := errors.AsType[*notList](err); ok {
		e := a.facts()
		e.Err = fmt.Errorf("%w: page %d: %w", ErrDecode, p.join.pages+1, bad)
		return e
	}
	return err
}

// next is the request for the page after the one that was read.
func (p *Pages) next() (Request, bool, error) {
	at := p.join.at
	switch {
	case at.token != "" && p.tokens[at.token], p.asked > 0 && at.token == "" && at.number != p.asked:
		failure := &Error{Op: opOf(p.request), At: p.client.clock()}
		failure.Err = fmt.Errorf("%w: page %d is one that was there before", ErrPaging, p.join.pages)
		return Request{}, false, failure
	case at.token != "":
		p.tokens[at.token] = true
		return p.request.with("next_page_token", at.token), true, nil
	case len(p.tokens) > 0 || at.number <= 0 || at.number >= at.count:
		return Request{}, false, nil
	}
	p.asked = at.number + 1
	return p.request.with("page_number", strconv.Itoa(p.asked)), true, nil
}

// with is the request with one parameter of the query set.
func (r Request) with(name, value string) Request {
	path, query, _ := strings.Cut(r.Path, "?")
	parts := slices.DeleteFunc(strings.Split(query, "&"), func(part string) bool {
		key, _, _ := strings.Cut(part, "=")
		return part == "" || key == name
	})
	r.Path = path + "?" + strings.Join(append(parts, name+"="+url.QueryEscape(value)), "&")
	r.Query = maps.Clone(r.Query)
	r.Query.Del(name)
	return r
}

// Check is [Client.Failure] of an answer whose body was not read yet. It reads the
// begin of it, and leaves a.Body whole.
func (c *Client) Check(a *Answer) error {
	if failure := a.check(); failure != nil {
		return failure
	}
	return nil
}

func (a *Answer) check() *Error {
	const enough = 64 << 10 // bytes, for any error; a web page shows itself earlier
	prefix, err := io.ReadAll(io.LimitReader(a.Body, enough))
	if broken, ok := errors.AsType[*Error](err); ok {
		return broken
	}
	a.Body = &rejoined{io.MultiReader(bytes.NewReader(prefix), a.Body), a.Body}
	return a.failure(prefix)
}

// rejoined is a body whose begin has been read.
type rejoined struct {
	io.Reader
	io.Closer
}

// openGood is [Client.Open] and [Client.Check], tried again as by [Client.Do]. With an
// error comes the answer that it is about, where there is one.
func (c *Client) openGood(ctx context.Context, r Request) (*Answer, error) {
	var a *Answer
	failure := c.repeat(ctx, r, func() (failure *Error) {
		if a != nil { // of the attempt before
			_ = a.Body.Close()
		}
		if a, failure = c.open(ctx, r); failure != nil {
			return failure
		}
		return a.check()
	})
	if failure != nil {
		return a, failure
	}
	return a, nil
}
