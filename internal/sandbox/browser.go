package sandbox

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// browserTimeout bounds one request of a Browser.
const browserTimeout = 10 * time.Second

// maxPage bounds what a Browser reads of a page.
const maxPage = 1 << 20

// Browser plays the person in front of a web browser: it opens an authorize address, presses a button
// and follows the redirect. It keeps no state; the zero value is ready.
type Browser struct {
	// HTTP sends the requests; nil is a client with a time limit of 10 s.
	HTTP *http.Client
}

// Page is what a browser ended on.
type Page struct {
	URL    string
	Status int
	Body   string
}

// Allow opens the authorize address, presses Allow and follows the redirect to the callback, whose
// answer is not judged. With the complete address of the device flow there is no redirect to follow. A
// refusal on the authorize page (which a program never hears of) is an error with Zoom's words.
func (b Browser) Allow(ctx context.Context, authorizeURL string) error {
	return b.answerAndFollow(ctx, authorizeURL, "allow")
}

// Decline does the same with the other button.
func (b Browser) Decline(ctx context.Context, authorizeURL string) error {
	return b.answerAndFollow(ctx, authorizeURL, "decline")
}

func (b Browser) answerAndFollow(ctx context.Context, authorizeURL, decision string) error {
	callback, err := b.Answer(ctx, authorizeURL, decision)
	if err != nil {
		return err
	}
	if callback == "" {
		return nil // the device page: there is nowhere to go
	}
	_, err = b.Open(ctx, callback)
	return err
}

// Enter types the short code that a device shows into the page at verificationURI and presses Allow. A code
// that Zoom does not know, or no longer, is an error with the page's words.
func (b Browser) Enter(ctx context.Context, verificationURI, userCode string) error {
	page, complete, err := b.send(ctx, http.MethodPost, verificationURI, url.Values{"user_code": {userCode}})
	if err != nil {
		return fmt.Errorf("enter short code: %w", err)
	}
	if complete == "" {
		return fmt.Errorf("enter short code: %s", pageMessage(page.Body))
	}
	_, err = b.Answer(ctx, complete, "allow")
	return err
}

// Answer opens an authorize address (or the complete address of the device flow), answers with "allow"
// or "decline" and returns where the browser is sent, without going there: what a person would find in
// the address bar of a phone. It is empty for a device.
func (b Browser) Answer(ctx context.Context, authorizeURL, decision string) (string, error) {
	page, location, err := b.send(ctx, http.MethodGet, authorizeURL, nil)
	if err != nil {
		return "", fmt.Errorf("open authorize page: %w", err)
	}
	if location != "" {
		return location, nil
	}
	if page.Status != http.StatusOK {
		return "", fmt.Errorf("open authorize page: %s", pageMessage(page.Body))
	}
	form := consentForm(page.Body)
	if form.Get("consent") == "" {
		if strings.Contains(page.Body, "<form") {
			return "", errors.New("open authorize page: no consent form in it")
		}
		return "", nil // a device that was allowed at once
	}
	form.Set("decision", decision)
	target, err := resolve(authorizeURL, "/oauth/consent")
	if err != nil {
		return "", err
	}
	page, location, err = b.send(ctx, http.MethodPost, target, form)
	if err != nil {
		return "", fmt.Errorf("answer consent page: %w", err)
	}
	if location == "" && page.Status != http.StatusOK {
		return "", fmt.Errorf("answer consent page: %s", pageMessage(page.Body))
	}
	return location, nil
}

// Open gets an address and follows redirects as a browser does.
func (b Browser) Open(ctx context.Context, address string) (Page, error) {
	for range 10 {
		page, location, err := b.send(ctx, http.MethodGet, address, nil)
		if err != nil {
			return Page{}, fmt.Errorf("open %s: %w", withoutQuery(address), err)
		}
		if location == "" {
			return page, nil
		}
		address = location
	}
	return Page{}, errors.New("open page: more than 10 redirects")
}

// send makes one request and does not follow redirects; location is absolute.
func (b Browser) send(ctx context.Context, method, address string, form url.Values) (Page, string, error) {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return Page{}, "", fmt.Errorf("make request: %w", err)
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	req.Header.Set("User-Agent", "Mozilla/5.0 (sandbox browser)")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", req.URL.Scheme+"://"+req.URL.Host)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	client := http.Client{Timeout: browserTimeout}
	if b.HTTP != nil {
		client = *b.HTTP
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
	if err != nil {
		var refused *url.Error
		if errors.As(err, &refused) {
			err = refused.Err // its text would show the whole address, and the code in it
		}
		return Page{}, "", fmt.Errorf("send: %w", err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	if err != nil {
		return Page{}, "", fmt.Errorf("read page: %w", err)
	}
	page := Page{URL: address, Status: resp.StatusCode, Body: string(text)}
	if resp.StatusCode >= 300 && resp.StatusCode < 400 && resp.Header.Get("Location") != "" {
		location, err := resolve(address, resp.Header.Get("Location"))
		return page, location, err
	}
	return page, "", nil
}

// resolve makes a reference absolute.
func resolve(base, ref string) (string, error) {
	b, err := url.Parse(base)
	if err != nil {
		return "", fmt.Errorf("read address: %w", err)
	}
	u, err := b.Parse(ref)
	if err != nil {
		return "", fmt.Errorf("read redirect: %w", err)
	}
	return u.String(), nil
}

// withoutQuery keeps codes out of error messages.
func withoutQuery(address string) string {
	base, _, _ := strings.Cut(address, "?")
	return base
}

// consentForm reads the fields of our consent page, with every optional scope ticked.
func consentForm(page string) url.Values {
	form := url.Values{}
	for _, input := range strings.Split(page, "<input ")[1:] {
		tag, _, _ := strings.Cut(input, ">")
		name, value := attribute(tag, "name"), attribute(tag, "value")
		if name == "consent" || name == "optional" {
			form.Add(name, value)
		}
	}
	return form
}

func attribute(tag, name string) string {
	_, rest, _ := strings.Cut(tag, name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

// pageMessage is the sentence that the page shows.
func pageMessage(page string) string {
	_, rest, ok := strings.Cut(page, `class="says">`)
	if !ok {
		return "the page says nothing"
	}
	says, _, _ := strings.Cut(rest, "<")
	return html.UnescapeString(strings.TrimSpace(says))
}
