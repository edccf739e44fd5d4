package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/term"
)

// maxAnswer is how much of an answer is read, in bytes.
const maxAnswer = 64 << 10

// Question is a harmless request without any credential.
type Question struct{ Method, URL string }

// Answer is what became of a [Question].
type Answer struct {
	Host     string
	Start    string // of the host's addresses: scheme, host and port
	Err      error  // no answer came
	Status   int
	Zoom     bool      // the answer has Zoom's tracking id
	Body     []byte    // the begin of it
	Date     time.Time // of the answer, by its sender; zero: not told
	Sent     time.Time
	Received time.Time
	TLS      *tls.ConnectionState // nil: plain http on this machine, or no answer
	Proxied  bool
}

// Asker asks questions.
type Asker struct {
	Transport http.RoundTripper
	Clock     func() time.Time
	UserAgent string
}

// Ask asks one question. A redirect is not followed.
func (a Asker) Ask(ctx context.Context, h Host, q Question) Answer {
	answer := Answer{Host: h.Name(), Start: h.URL.Scheme + "://" + h.URL.Host, Proxied: h.Proxy != nil}
	req, err := http.NewRequestWithContext(ctx, q.Method, q.URL, nil)
	if err != nil {
		answer.Err = fmt.Errorf("make request: %w", err)
		return answer
	}
	req.Header.Set("User-Agent", a.UserAgent)
	answer.Sent = a.Clock()
	client := http.Client{
		Transport:     a.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	answer.Received = a.Clock()
	if err != nil {
		answer.Err = err // a *url.Error, which package explain knows
		return answer
	}
	defer func() { _ = resp.Body.Close() }()                          // only read
	answer.Body, _ = io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) // that it came is what matters
	answer.Status, answer.TLS = resp.StatusCode, resp.TLS
	answer.Zoom = resp.Header.Get("X-Zm-Trackingid") != ""
	if resp.Header.Get("Age") == "" { // out of a cache it would be old
		answer.Date, _ = http.ParseTime(resp.Header.Get("Date"))
	}
	return answer
}

const nameConnection = "connection"

// Connection checks whether the hosts can be reached and trusted, and who issued
// their certificates: a company proxy that reads along shows there.
func Connection(answers []Answer, certFile string) Check {
	var good []string
	var c Check
	shown := []map[string]any{}
	for _, a := range answers {
		shown = append(shown, a.shown())
		if a.Err != nil {
			c = worse(c, a.failed(certFile))
			continue
		}
		if a.TLS == nil || len(a.TLS.PeerCertificates) == 0 {
			good = append(good, a.Host+" is reached, without TLS as it is this machine")
			continue
		}
		leaf := a.TLS.PeerCertificates[0]
		good = append(good, fmt.Sprintf("%s is reached by %s, certificate issued by %s", a.Host, tls.VersionName(a.TLS.Version), issuer(leaf)))
		if !isPublic(leaf) {
			c = worse(c, result(nameConnection, Warning, "The certificate of %s is issued by %s, which is no public authority known here: something between here and Zoom (a company proxy, a virus scanner) reads along, tokens included.", a.Host, issuer(leaf)).
				brief("the certificate's issuer is not a public one").
				remedy("If your company does that, nothing needs to be done. Otherwise do not sign in on this network."))
		}
	}
	if c.What == "" {
		c = result(nameConnection, OK, "%s.", strings.Join(good, "; ")).brief("fine")
	}
	return c.detail("hosts", shown).detail("ssl_cert_file", certFile)
}

// worse keeps the check that matters more, of two that are not ok.
func worse(a, b Check) Check {
	rank := func(c Check) int { return slices.Index([]State{"", Skipped, Warning, Failure}, c.State) }
	if rank(b) > rank(a) {
		return b
	}
	return a
}

// failed is the check for a host that gave no answer.
func (a Answer) failed(certFile string) Check {
	if name, ok := errors.AsType[*net.DNSError](a.Err); ok && !a.Proxied {
		return result(nameConnection, Skipped, "%s was not tried, because its name could not be looked up.", name.Name).brief("not tried")
	}
	p := explain.Of(a.Err)
	c := failure(nameConnection, explain.Network, "%s", strings.TrimSpace(p.What+" "+p.Why)).
		brief("no connection")
	var remedies []string
	if bad, ok := errors.AsType[*tls.CertificateVerificationError](a.Err); ok {
		c = c.brief("the certificate is not trusted")
		if len(bad.UnverifiedCertificates) > 0 {
			c.What += " It was issued by " + issuer(bad.UnverifiedCertificates[0]) + "."
		}
		remedies = []string{
			"If your company's proxy issues it, point to its root certificate: export SSL_CERT_FILE=/PATH/TO/ROOT.pem",
			"In a bare container, install the public ones: apt-get install -y ca-certificates",
		}
		if certFile != "" {
			remedies = append([]string{"SSL_CERT_FILE is set; try without it: unset SSL_CERT_FILE"}, remedies...)
		}
	} else {
		remedies = []string{"See what another program finds: curl -sSI --max-time 5 " + explain.ShellWord(a.Start+"/")}
		if a.Proxied {
			remedies = append([]string{"Check the address of the proxy, and whether it wants a password: echo \"$HTTPS_PROXY\""}, remedies...)
		} else {
			remedies = append(remedies, "Behind a company proxy: export HTTPS_PROXY=http://HOST:PORT")
		}
	}
	return c.remedy(remedies...)
}

// shown is an answer for JSON.
func (a Answer) shown() map[string]any {
	m := map[string]any{"host": a.Host, "status": a.Status, "milliseconds": a.Received.Sub(a.Sent).Milliseconds(), "proxied": a.Proxied}
	if a.TLS != nil && len(a.TLS.PeerCertificates) > 0 {
		leaf := a.TLS.PeerCertificates[0]
		m["tls"], m["issuer"], m["not_after"] = tls.VersionName(a.TLS.Version), issuer(leaf), leaf.NotAfter.UTC().Format(time.RFC3339)
	}
	return m
}

// issuer names who issued a certificate; the name is foreign text, and tamed here.
func issuer(c *x509.Certificate) string {
	const cells = 60
	name := c.Issuer.CommonName
	if len(c.Issuer.Organization) > 0 {
		name = c.Issuer.Organization[0]
	}
	return or(term.Clean(name, cells), "nobody who says a name")
}

// isPublic tells the organisations that issue certificates for public sites of
// this size. One that is missing here leads to a warning and no more.
// Source: https://wiki.mozilla.org/CA/Included_Certificates
func isPublic(c *x509.Certificate) bool {
	name := strings.ToLower(issuer(c))
	for _, known := range []string{
		"digicert", "let's encrypt", "amazon", "google trust services", "cloudflare", "sectigo", "globalsign",
		"entrust", "godaddy", "identrust", "microsoft corporation", "ssl corp", "buypass", "zerossl", "certum", "asseco", "comodo", "thawte", "geotrust", "rapidssl", "quovadis", "starfield",
	} {
		if strings.Contains(name, known) {
			return true
		}
	}
	return false
}
