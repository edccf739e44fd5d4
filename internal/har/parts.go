package har

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"zoomtui/internal/api"
)

// unknown is what stands for a size or a time that is not known.
const unknown = -1

type archive struct {
	Version string `json:"version"`
	Creator maker  `json:"creator"`
	Comment string `json:"comment"`
}

type maker struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type entry struct {
	Started string   `json:"startedDateTime"`
	Time    float64  `json:"time"` // milliseconds
	Cache   struct{} `json:"cache"`
	Timings timings  `json:"timings"`
	Comment string   `json:"comment,omitempty"`
}

// timings are milliseconds.
type timings struct {
	Blocked float64 `json:"blocked"`
	DNS     float64 `json:"dns"`
	Connect float64 `json:"connect"`
	SSL     float64 `json:"ssl"`
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

type request struct {
	Method      string `json:"method"`
	URL         string `json:"url"`
	HTTPVersion string `json:"httpVersion"`
	Cookies     []pair `json:"cookies"`
	Headers     []pair `json:"headers"`
	Query       []pair `json:"queryString"`
	HeadersSize int    `json:"headersSize"`
	BodySize    int    `json:"bodySize"`
}

type response struct {
	Status      int    `json:"status"`
	StatusText  string `json:"statusText"`
	HTTPVersion string `json:"httpVersion"`
	Cookies     []pair `json:"cookies"`
	Headers     []pair `json:"headers"`
	RedirectURL string `json:"redirectURL"`
	HeadersSize int    `json:"headersSize"`
	BodySize    int    `json:"bodySize"`
	Comment     string `json:"comment,omitempty"`
}

type posted struct {
	MimeType string `json:"mimeType"`
	Comment  string `json:"comment,omitempty"`
}

type content struct {
	Size     int64  `json:"size"`
	MimeType string `json:"mimeType"`
	Comment  string `json:"comment,omitempty"`
}

type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// entryOf is the begin of an entry. Of the times only two are known: until the head
// of the answer, in which name, connection and sending are, and until the end.
func entryOf(e api.Exchange) entry {
	comment := e.Step
	if e.OtherToken {
		comment = "with another token than the profile's"
	}
	return entry{
		Started: e.At.Format("2006-01-02T15:04:05.000Z07:00"),
		Time:    millis(e.Duration),
		Timings: timings{
			Blocked: unknown, DNS: unknown, Connect: unknown, SSL: unknown,
			Wait: millis(e.Wait), Receive: millis(max(e.Duration-e.Wait, 0)),
		},
		Comment: comment,
	}
}

func requestOf(e api.Exchange) request {
	address := strings.ReplaceAll(e.URL, "[redacted]", "%5Bredacted%5D") // brackets are not allowed there
	return request{
		Method: e.Method, URL: address, HTTPVersion: version(e), Cookies: []pair{}, Headers: headers(e.RequestHeader),
		Query: query(address), HeadersSize: unknown, BodySize: unknown,
	}
}

func responseOf(e api.Exchange) response {
	out := response{
		Status: e.Status, StatusText: http.StatusText(e.Status), HTTPVersion: version(e), Cookies: []pair{},
		Headers: headers(e.Header), RedirectURL: e.Header.Get("Location"), HeadersSize: unknown, BodySize: unknown,
	}
	if e.Err != "" {
		out.Comment = "The call failed: " + e.Err + "."
	}
	return out
}

func contentOf(e api.Exchange) content {
	return content{Size: e.Bytes, MimeType: cmp.Or(e.Header.Get("Content-Type"), "x-unknown"), Comment: e.BodyNote}
}

func version(e api.Exchange) string { return cmp.Or(e.Proto, "unknown") }

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// headers gives them by name.
func headers(h http.Header) []pair {
	out := []pair{}
	for name, values := range h {
		for _, value := range values {
			out = append(out, pair{name, value})
		}
	}
	slices.SortStableFunc(out, func(a, b pair) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// query gives the parameters in their order.
func query(address string) []pair {
	out := []pair{}
	_, raw, _ := strings.Cut(address, "?")
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		out = append(out, pair{decoded(name), decoded(value)})
	}
	return out
}

// decoded is a part of a query as it reads; as it stands where it is malformed.
func decoded(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}
