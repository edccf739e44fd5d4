package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
)

// joined reads a list from a server that answers with the pages in turn.
func joined(t *testing.T, r Request, pages ...http.HandlerFunc) (text string, asked []string, p *Pages, err error) {
	t.Helper()
	n := 0
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RequestURI())
		if n >= len(pages) {
			t.Errorf("asked for page %d: %s", n+1, r.URL)
			n = 0
		}
		n++
		pages[n-1](w, r)
	})
	c, _ := newTestClient(server.URL)
	if p, err = c.OpenPages(t.Context(), r); err != nil {
		_ = p.First().Body.Close()
		return "", asked, p, err
	}
	var out bytes.Buffer
	err = p.Join(t.Context(), &out)
	return out.String(), asked, p, err
}

func TestPages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		path  string
		pages []string
		want  string
		asked []string
	}{
		{
			"tokens", "/users/me/meetings?page_size=2&type=upcoming",
			[]string{
				`{"next_page_token":"a+b/c==","page_count":2,"page_number":1,"page_size":2,"total_records":3,"meetings":[{"id":98765432109876543,"topic":"<週次>"},{"id":2}]}`,
				`{"next_page_token":"","page_count":2,"page_number":2,"page_size":2,"total_records":3,"meetings":[{"id":3}]}`,
			},
			`{"page_size":2,"meetings":[{"id":98765432109876543,"topic":"<週次>"},` + "\n" + `{"id":2},` + "\n" + `{"id":3}],"page_count":2,"total_records":3}`,
			[]string{"/v2/users/me/meetings?page_size=2&type=upcoming", "/v2/users/me/meetings?page_size=2&type=upcoming&next_page_token=a%2Bb%2Fc%3D%3D"},
		},
		{
			"token last, other keys around the list", "/report?next_page_token=old&from=2026-11-01",
			[]string{
				`{"from":"2026-11-01","more":{"a":[1,{"b":"<"}],"c":null},"rows":[1],"flag":true,"next_page_token":"t2","none":{}}`,
				`{"from":"2026-11-02","rows":[],"flag":false,"next_page_token":"t3"}`,
				`{"rows":[2,3],"next_page_token":null}`,
			},
			`{"from":"2026-11-01","more":{"a":[1,{"b":"<"}],"c":null},"rows":[1,` + "\n2,\n3" + `],"flag":true,"none":{}}`,
			[]string{"/v2/report?next_page_token=old&from=2026-11-01", "/v2/report?from=2026-11-01&next_page_token=t2", "/v2/report?from=2026-11-01&next_page_token=t3"},
		},
		{
			"page numbers", "/users",
			[]string{
				`{"page_count":2,"page_number":1,"total_records":3,"users":[1,2]}`,
				`{"page_count":2,"page_number":"2","total_records":3,"users":[3]}`,
			},
			`{"users":[1,` + "\n2,\n3" + `],"page_count":2,"total_records":3}`,
			[]string{"/v2/users", "/v2/users?page_number=2"},
		},
		{
			"two lists", "/both",
			[]string{`{"total_records":9,"a":[1],"b":["x"],"next_page_token":"t"}`, `{"b":["y"],"a":[2],"c":[{}]}`},
			`{"a":[1,` + "\n" + `2],"b":["x","y"],"c":[{}],"total_records":9}`,
			[]string{"/v2/both", "/v2/both?next_page_token=t"},
		},
		{"list on the second page only", "/late", []string{`{"x":1,"next_page_token":"t"}`, `{"x":2,"rows":[1]}`}, `{"x":1,"rows":[1]}`, []string{"/v2/late", "/v2/late?next_page_token=t"}},
		{"honest count", "/count", []string{`{"total_records":100,"page_count":50,"rows":[1,2]}`}, `{"rows":[1,` + "\n" + `2],"page_count":1,"total_records":2}`, []string{"/v2/count"}},
		{"no list", "/users/me", []string{`{"id":"x","page_count":1}`}, `{"id":"x","page_count":1}`, []string{"/v2/users/me"}},
		{"empty object", "/x", []string{` {} `}, `{}`, []string{"/v2/x"}},
		{"no object", "/x", []string{` [1, 2]`}, ` [1, 2]`, []string{"/v2/x"}},
		{"nothing", "/x", []string{``}, ``, []string{"/v2/x"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var pages []http.HandlerFunc
			for _, page := range tt.pages {
				pages = append(pages, answer(200, page))
			}
			got, asked, _, err := joined(t, Request{Path: tt.path}, pages...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, strings.TrimSuffix(got, "\n")); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.asked, asked); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPagesQuery: parameters that came apart from the path go along.
func TestPagesQuery(t *testing.T) {
	t.Parallel()
	_, asked, _, err := joined(t, Request{Path: "/x", Query: url.Values{"page_size": {"1"}, "next_page_token": {"old"}}},
		answer(200, `{"a":[],"next_page_token":"new"}`), answer(200, `{"a":[]}`))
	want := []string{"/v2/x?next_page_token=old&page_size=1", "/v2/x?next_page_token=new&page_size=1"}
	if diff := cmp.Diff(want, asked); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

// TestPagesFail: what keeps a list from being whole is told, and what was written
// does not pass for a whole one.
func TestPagesFail(t *testing.T) {
	t.Parallel()
	const first = `{"rows":[1,2],"next_page_token":"t"}`
	breaks := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "900000")
			_, _ = io.WriteString(w, body)
		}
	}
	long := `{"rows":[` + strings.Repeat(`"x",`, 50_000)
	tests := []struct {
		name  string
		pages []http.HandlerFunc
		is    error
		class explain.Class
		says  string
	}{
		{"token ran out", []http.HandlerFunc{answer(200, first), answer(400, `{"code":300,"message":"The next page token is invalid or expired."}`)}, nil, explain.Other, "300"},
		{"scope went", []http.HandlerFunc{answer(200, first), answer(400, `{"code":4711,"message":"does not contain scopes:[a:b]"}`)}, nil, explain.Scope, "4711"},
		{"same token again", []http.HandlerFunc{answer(200, first), answer(200, first)}, ErrPaging, explain.Other, "page 2"},
		{"number is not minded", []http.HandlerFunc{answer(200, `{"rows":[1,2],"page_number":1,"page_count":3}`), answer(200, `{"rows":[1,2],"page_number":1,"page_count":3}`)}, ErrPaging, explain.Other, "page 2"},
		{"page is a list", []http.HandlerFunc{answer(200, first), answer(200, `[1]`)}, ErrDecode, explain.Network, "page 2"},
		{"page is no JSON", []http.HandlerFunc{answer(200, first), answer(200, `{"rows":[oops]}`)}, ErrDecode, explain.Network, "page 2"},
		{"page is cut off", []http.HandlerFunc{answer(200, first), answer(200, `{"rows":[3`)}, ErrDecode, explain.Network, "page 2"},
		{"line breaks early", []http.HandlerFunc{answer(200, first), breaks(`{"rows":[`), breaks(`{`), breaks(`{`)}, errBroken, explain.Network, "broke off"},
		{"line breaks late", []http.HandlerFunc{answer(200, first), breaks(long)}, errBroken, explain.Network, "broke off"},
		{"page is a web page", []http.HandlerFunc{answer(200, first), answer(200, `<html>`)}, ErrWebPage, explain.Network, "web page"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, _, p, err := joined(t, Request{Path: "/x?page_size=2"}, tt.pages...)
			e, ok := errors.AsType[*Error](err)
			if !ok || tt.is != nil && !errors.Is(err, tt.is) || explain.Of(err).Class() != tt.class || !strings.Contains(err.Error(), tt.says) || e.Op != "GET /x" {
				t.Errorf("error is %v (%v)", err, explain.Of(err).Class())
			}
			if !strings.HasPrefix(got, `{"rows":[1,`) || json.Valid([]byte(got)) {
				t.Errorf("written: %q", got)
			}
			if pages, entries := p.Read(); pages < 1 || entries < 2 {
				t.Errorf("%d pages with %d entries", pages, entries)
			}
		})
	}
}

// TestPagesFirst: the answer that a refusal came with can be read.
func TestPagesFirst(t *testing.T) {
	t.Parallel()
	const body = `{"code":4711,"message":"does not contain scopes:[a:b]"}`
	c, _ := newTestClient(serve(t, answer(400, body)).URL)
	p, err := c.OpenPages(t.Context(), Request{Path: "/x"})
	if explain.Of(err).Class() != explain.Scope {
		t.Fatalf("error is %v", err)
	}
	defer p.First().Body.Close()
	if got, err := io.ReadAll(p.First().Body); err != nil || string(got) != body {
		t.Errorf("%q %v", got, err)
	}
	if p, err = c.OpenPages(t.Context(), Request{Path: "nonsense:/"}); err == nil || p.First() != nil {
		t.Errorf("%v %v", p.First(), err)
	}
}

// TestPagesPatience: the limit of a second is waited for, once a page is due.
func TestPagesPatience(t *testing.T) {
	t.Parallel()
	busy := answer(429, `{"message":"per-second rate limit"}`)
	server := serve(t, busy, answer(200, `{"rows":[1],"next_page_token":"t"}`), busy, busy, answer(200, `{"rows":[2]}`))
	c, w := newTestClient(server.URL)
	p, err := c.OpenPages(t.Context(), Request{Path: "/x"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := p.Join(t.Context(), &out); err != nil || out.String() != "{\"rows\":[1,\n2]}\n" || len(w.list) != 3 {
		t.Errorf("%q, %v, waited %v", out.String(), err, w.list)
	}
}

// TestPagesStream: entries are written as they come, before the page has ended.
func TestPagesStream(t *testing.T) {
	t.Parallel()
	written := make(chan struct{})
	c, _ := newTestClient(serve(t, func(w http.ResponseWriter, _ *http.Request) {
		entry := `"` + strings.Repeat("x", 1000) + `",`
		_, _ = io.WriteString(w, `{"rows":[`+strings.Repeat(entry, 200))
		_ = http.NewResponseController(w).Flush()
		select {
		case <-written:
		case <-time.After(10 * time.Second):
			t.Error("nothing was written before the end of the page")
		}
		_, _ = fmt.Fprint(w, `1]}`)
	}).URL)
	p, err := c.OpenPages(t.Context(), Request{Path: "/x"})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = p.Join(t.Context(), writerFunc(func(b []byte) (int, error) {
		if n++; n == 50 {
			close(written)
		}
		return len(b), nil
	}))
	if pages, entries := p.Read(); err != nil || pages != 1 || entries != 201 {
		t.Errorf("%d pages, %d entries, %v", pages, entries, err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestPagesFullDisk: a writer's own error comes out as it is.
func TestPagesFullDisk(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(serve(t, answer(200, `{"a":1,"rows":[1,2]}`)).URL)
	for fails := range 5 {
		p, err := c.OpenPages(t.Context(), Request{Path: "/x"})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = p.Join(t.Context(), writerFunc(func(b []byte) (int, error) {
			if n++; n > fails {
				return 0, io.ErrShortWrite
			}
			return len(b), nil
		}))
		if !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("after %d writes: %v", fails, err)
		}
	}
}

// FuzzJoin: whatever a page is, it becomes valid JSON, or stays as it is, or fails.
func FuzzJoin(f *testing.F) {
	f.Add(`{"a":[1,2],"next_page_token":"x","total_records":1}`, `{"a":[{"b":[]}],"c":{"d":{}}}`)
	f.Add(`{"page_number":1,"page_count":9e9,"b":[],"a":[1]}`, `{"a":"x","a":[1],"a":null}`)
	f.Add(`[1]`, `{"a":1`)
	f.Add(`{}`, `{"next_page_token":[1],"page_count":[],"total_records":["x"]}`)
	f.Fuzz(func(t *testing.T, first, second string) {
		var out bytes.Buffer
		j := joiner{out: &out}
		for _, page := range []string{first, second} {
			err := j.page(strings.NewReader(page))
			if bad := (*notList)(nil); err != nil && !errors.As(err, &bad) {
				t.Fatalf("%q: %v", page, err)
			}
			if err != nil {
				return
			}
			if j.foreign {
				if out.String() != first {
					t.Errorf("%q became %q", first, out.String())
				}
				return
			}
		}
		if err := j.end(); err != nil || !json.Valid(out.Bytes()) {
			t.Errorf("%q and %q became %q, %v", first, second, out.String(), err)
		}
	})
}
