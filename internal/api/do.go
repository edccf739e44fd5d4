package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"zoomtui/internal/explain"
)

// Request is one call. Path is relative to /v2 ("/users/me?type=x"); a leading
// /v2 may be there, and /scim2/… stays as it is. Path parts must be escaped
// already; a meeting UUID that begins with / or holds // twice.
type Request struct {
	Method      string     // empty: GET
	Path        string     // may hold a query
	Query       url.Values // added to the path's own
	Body        []byte
	ContentType string      // empty with a body: application/json
	Header      http.Header // more headers, see [CheckHeader]; they win over the program's own
}

// Response is an answer that is no error: status 2xx, the body as it came (at
// most 16 MiB, decompressed).
type Response struct {
	Host   string
	Status int
	Header http.Header
	Body   []byte
}

// Do sends one call and gives the answer, whatever its content. A GET is sent
// again, at most twice, after a broken connection, a 5xx and the limit of a
// second; the wait doubles, is jittered, and never goes past the context's
// deadline: then the error comes at once. Each attempt is limited to 20 s. The
// error is an [*Error].
func (c *Client) Do(ctx context.Context, r Request) (Response, error) {
	r.Method = cmp.Or(strings.ToUpper(r.Method), http.MethodGet)
	var out Response
	failure := c.repeat(ctx, r, func() (failure *Error) {
		out, failure = c.once(ctx, r)
		return failure
	})
	if failure != nil {
		return Response{}, failure
	}
	return out, nil
}

// repeat makes an attempt at a request, and again where [Client.Do] promises that.
func (c *Client) repeat(ctx context.Context, r Request, attempt func() *Error) *Error {
	for n := 0; ; n++ {
		failure := attempt()
		if failure == nil {
			return nil
		}
		wait, again := c.pause(ctx, failure, n)
		if r.Method != http.MethodGet || !again {
			return failure
		}
		if err := c.sleep(ctx, wait); err != nil {
			return &Error{Op: failure.Op, Host: failure.Host, At: c.clock(), Err: err}
		}
	}
}

// once is one attempt.
func (c *Client) once(ctx context.Context, r Request) (Response, *Error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	a, failure := c.open(ctx, r)
	if failure != nil {
		return Response{}, failure
	}
	defer a.Body.Close()
	body, err := io.ReadAll(io.LimitReader(a.Body, maxBody+1))
	if broken, ok := errors.AsType[*Error](err); ok {
		return Response{}, broken
	}
	if len(body) > maxBody {
		failure = a.facts()
		failure.Err = ErrTooLarge
		return Response{}, failure
	}
	if failure = a.failure(body); failure != nil {
		return Response{}, failure
	}
	return Response{Host: a.Host, Status: a.Status, Header: a.Header, Body: body}, nil
}

// broken is an answer that ended too early. Its status was a promise that was
// not kept, so for a retry it counts as no answer.
func (e *Error) broken(ctx context.Context, err error) *Error {
	e.HTTPStatus = 0
	e.Err = fmt.Errorf("%w: %w", errBroken, err)
	switch {
	case ctx.Err() != nil:
		e.Err = fmt.Errorf("read answer: %w", ctx.Err())
	case errors.Is(err, context.DeadlineExceeded):
		e.Err = fmt.Errorf("read answer: %w", err)
	}
	return e
}

// request builds the HTTP request; what it refuses is an error of use.
func (c *Client) request(ctx context.Context, r Request) (*http.Request, *Error) {
	fail := func(err error) (*http.Request, *Error) {
		return nil, &Error{Op: opOf(r), At: c.clock(), Class: explain.Usage, Err: err}
	}
	base, err := c.base(ctx)
	if err != nil {
		return nil, &Error{Op: opOf(r), At: c.clock(), Err: fmt.Errorf("find the API base: %w", err)}
	}
	if err := CheckBase(base, c.hosts...); err != nil {
		return fail(err)
	}
	address, err := joinPath(base, r.Path, r.Query)
	if err != nil {
		return fail(err)
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, address, bytes.NewReader(r.Body))
	if err != nil {
		return fail(ErrPath)
	}
	if len(r.Body) == 0 {
		req.Body, req.GetBody = http.NoBody, nil
	} else {
		req.Header.Set("Content-Type", cmp.Or(r.ContentType, "application/json"))
	}
	req.Header.Set("Accept", "application/json")
	if c.userAgent != "" {
		req.Header.Set("User-Agent", c.userAgent)
	}
	if err := addHeader(req.Header, r.Header); err != nil {
		return fail(err)
	}
	return req, nil
}

// joinPath puts base, /v2, path and query together. The path cannot change the
// host: it is put behind the base as text and must begin with a slash.
func joinPath(base, path string, query url.Values) (string, error) {
	path, rawQuery, _ := strings.Cut(path, "?")
	if path == "" || strings.HasPrefix(path, "//") || strings.Contains(path, ":/") || strings.ContainsAny(path, "#\\ ") {
		return "", ErrPath
	}
	path = "/" + strings.TrimPrefix(path, "/")
	if strings.Contains(path+"/", "/../") || strings.Contains(path+"/", "/./") {
		return "", ErrPath
	}
	if !strings.HasPrefix(path, "/v2/") && !strings.HasPrefix(path, "/scim2/") {
		path = "/v2" + path
	}
	if extra := query.Encode(); extra != "" {
		rawQuery = strings.TrimPrefix(rawQuery+"&"+extra, "&")
	}
	address := strings.TrimSuffix(strings.TrimRight(strings.TrimSpace(base), "/"), "/v2") + path
	if rawQuery != "" {
		address += "?" + rawQuery
	}
	return address, nil
}

// opOf names the call without its query.
func opOf(r Request) string {
	path, _, _ := strings.Cut(r.Path, "?")
	return cmp.Or(r.Method, http.MethodGet) + " " + path
}

func redirectError(a *Answer) error {
	to, err := url.Parse(a.Header.Get("Location"))
	if err != nil || a.Header.Get("Location") == "" {
		return ErrRedirect
	}
	return fmt.Errorf("%w: to %q", ErrRedirect, cmp.Or(to.Host, a.Host))
}

// get is a call whose answer is a JSON object.
func (c *Client) get(ctx context.Context, path string, query url.Values) (object, error) {
	r := Request{Method: http.MethodGet, Path: path, Query: query}
	res, err := c.Do(ctx, r)
	if err != nil {
		return nil, err
	}
	failure := &Error{Op: opOf(r), Host: res.Host, HTTPStatus: res.Status, TrackingID: trackingID(res.Header), At: c.clock()}
	if len(bytes.TrimSpace(res.Body)) == 0 {
		failure.Err = ErrEmpty
		return nil, failure
	}
	out, err := decodeObject(res.Body)
	if err != nil {
		failure.Err = fmt.Errorf("%w: %w", ErrDecode, err)
		return nil, failure
	}
	return out, nil
}

// decodeObject reads one JSON object; numbers keep all their digits.
func decodeObject(body []byte) (object, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var out object
	if err := d.Decode(&out); err != nil {
		return nil, shortJSONError(err)
	}
	if out == nil {
		return nil, errors.New("null in place of an object")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the object")
	}
	return out, nil
}

// shortJSONError keeps the kind of the mistake; encoding/json quotes no more
// than a character, but its type errors name our types.
func shortJSONError(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s in place of an object", wrong.Value)
	}
	return err
}

// isWebPage tells HTML by its type or its first characters: what proxies,
// captive portals and Zoom's own outage pages send.
func isWebPage(h http.Header, body []byte) bool {
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	if kind == "text/html" || kind == "application/xhtml+xml" {
		return true
	}
	start := bytes.ToLower(bytes.TrimLeft(body[:min(len(body), 512)], "\xef\xbb\xbf \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype")) || bytes.HasPrefix(start, []byte("<html")) || bytes.HasPrefix(start, []byte("<head"))
}

// trackingID is the number that Zoom's support asks for. Like all that is foreign it
// might repeat what was sent, so it is hidden before it is cut, see [shownHeader].
func trackingID(h http.Header) string {
	return cutBytes(hideSecrets(h.Get("X-Zm-Trackingid")), 200)
}
