package auth_test

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// visitor is a person with a browser that keeps cookies.
type visitor struct {
	t      *testing.T
	client *http.Client
	types  string // into the boxes that are empty
}

// visited is where the browser ended. The body is empty when it was stopped.
type visited struct {
	address string
	status  int
	body    string
}

func newVisitor(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{t: t, client: &http.Client{Jar: jar, CheckRedirect: stay, Timeout: 20 * time.Second}, types: "aiko"}
}

// allow follows redirects and fills in forms. An address that begins with stop is
// not opened; an empty one stops nothing.
func (v *visitor) allow(address, stop string) visited { return v.visit(address, stop, false) }

// decline does the same and leaves the first page by its way out.
func (v *visitor) decline(address, stop string) visited { return v.visit(address, stop, true) }

func (v *visitor) visit(address, stop string, decline bool) visited {
	v.t.Helper()
	method, form := http.MethodGet, url.Values(nil)
	out := false
	for range 20 {
		if stop != "" && strings.HasPrefix(address, stop) {
			return visited{address: address}
		}
		page, location := v.send(method, address, form)
		next, fields := v.nextForm(page.body)
		leave := regexp.MustCompile(`href="([^"]+/abort)"`).FindStringSubmatch(page.body)
		method, form = http.MethodGet, nil
		switch {
		case location != "":
			address = v.resolve(address, location)
		case out:
			return page
		case decline && leave != nil:
			out, address = true, v.resolve(address, html.UnescapeString(leave[1]))
		case next != "":
			if decline && fields.Has("confirm") {
				fields.Set("abort", "yes")
				out = true
			}
			address, method, form = v.resolve(address, next), http.MethodPost, fields
		default:
			return page
		}
	}
	v.t.Fatalf("the browser does not come to an end; last at %s", address)
	return visited{}
}

func (v *visitor) send(method, address string, form url.Values) (page visited, location string) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html,*/*;q=0.8")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return visited{address, resp.StatusCode, string(body)}, resp.Header.Get("Location")
}

func (v *visitor) resolve(base, ref string) string {
	v.t.Helper()
	u, err := url.Parse(base)
	if err == nil {
		u, err = u.Parse(ref)
	}
	if err != nil {
		v.t.Fatal(err)
	}
	return u.String()
}

// nextForm is the first form of a page, filled in.
func (v *visitor) nextForm(page string) (action string, fields url.Values) {
	found := regexp.MustCompile(`(?s)<form[^>]* action="([^"]*)"[^>]*>(.*?)</form>`).FindStringSubmatch(page)
	if found == nil {
		return "", nil
	}
	attribute := func(tag, name string) string {
		value := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
		if value == nil {
			return ""
		}
		return html.UnescapeString(value[1])
	}
	fields = url.Values{}
	for _, tag := range regexp.MustCompile(`<input[^>]*>`).FindAllString(found[2], -1) {
		value := attribute(tag, "value")
		if value == "" {
			value = v.types
		}
		fields.Set(attribute(tag, "name"), value)
	}
	return html.UnescapeString(found[1]), fields
}
