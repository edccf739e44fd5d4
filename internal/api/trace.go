package api

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// traceWriter writes one block a call for --debug. Nothing secret gets in: see
// [veil]. A nil writer writes nothing.
type traceWriter struct {
	mu  sync.Mutex
	out io.Writer
}

// write appends the block of a call: a head line, what was sent (>), what came
// (<). res is nil when no answer came.
func (t *traceWriter) write(call Call, req *http.Request, res *http.Response, prefix []byte) {
	if t == nil {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "#%d %s %s %s://%s%s", call.Seq, call.At.UTC().Format(time.RFC3339Nano), call.Method, req.URL.Scheme, req.URL.Host, call.Path)
	if call.Status == 0 {
		fmt.Fprintf(&b, " failed: %s", call.Err)
	} else {
		fmt.Fprintf(&b, " %d, %d bytes", call.Status, call.Bytes)
		if call.Err != "" {
			fmt.Fprintf(&b, ", broken off: %s", call.Err)
		}
	}
	fmt.Fprintf(&b, ", %d ms", call.Duration.Milliseconds())
	if call.OtherToken {
		b.WriteString(", with another token than the profile's")
	}
	b.WriteByte('\n')
	traceHeader(&b, "> ", req.Header)
	traceBody(&b, "> ", req.Header, sentPrefix(req))
	if res != nil {
		traceHeader(&b, "< ", res.Header)
		traceBody(&b, "< ", res.Header, prefix)
	}
	b.WriteByte('\n')
	t.mu.Lock()
	defer t.mu.Unlock()
	_, _ = io.WriteString(t.out, b.String()) // a full disk must not stop the call
}

// traceHeader writes the headers in order; those that carry a credential keep
// their name only.
func traceHeader(b *strings.Builder, lead string, h http.Header) {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range h[name] {
			if carriesSecret(name) {
				value = hidden
			}
			b.WriteString(lead + printable(name+": "+cutBytes(hideSecrets(value), 1000)) + "\n")
		}
	}
}

// carriesSecret says whether the values of a header are not to be seen: those of
// the headers that carry a credential, and of all that are named as a secret is,
// such as X-Api-Key.
func carriesSecret(name string) bool { return isSecretHeader(name) || isSecretKey([]byte(name)) }

// isSecretHeader knows the headers that carry a credential. They are the program's
// own to set, see [CheckHeader].
func isSecretHeader(name string) bool {
	switch strings.ToLower(name) {
	case "authorization", "proxy-authorization", "cookie", "set-cookie", "cookie2", "set-cookie2", "x-zm-access-token":
		return true
	}
	return false
}

// traceBody writes the begin of a body that is text.
func traceBody(b *strings.Builder, lead string, h http.Header, prefix []byte) {
	if len(prefix) == 0 {
		return
	}
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	switch kind {
	case "application/json", "application/x-www-form-urlencoded", "text/plain", "text/html", "text/json", "":
	default:
		b.WriteString(lead + "(" + strconv.Itoa(len(prefix)) + " bytes or more of " + printable(kind) + ")\n")
		return
	}
	v := newVeil(int64(len(prefix)))
	v.write(bytes.ToValidUTF8(prefix, nil))
	text := string(v.close())
	if kind == "text/html" {
		text = cutBytes(text, 300)
	}
	for line := range strings.SplitSeq(strings.TrimRight(text, "\r\n"), "\n") {
		b.WriteString(lead + printable(line) + "\n")
	}
	if len(prefix) == prefixSize {
		b.WriteString(lead + "…\n")
	}
}

// sentPrefix reads the begin of a request's body from a copy of it; a body
// that cannot be had twice is left alone.
func sentPrefix(req *http.Request) []byte {
	if req.GetBody == nil {
		return nil
	}
	body, err := req.GetBody()
	if err != nil {
		return nil
	}
	defer body.Close()
	prefix, err := io.ReadAll(io.LimitReader(body, prefixSize))
	if err != nil {
		return nil
	}
	return prefix
}

// printable writes every character that a terminal would obey as an escape,
// so that the file can be looked at with cat.
func printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t' || unicode.IsPrint(r) && r != utf8.RuneError:
			b.WriteRune(r)
		case r == '\r':
		default:
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	return b.String()
}
