package term

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// maxPageBytes bounds an address handed to another program; browsers and command lines give up sooner or later too.
const maxPageBytes = 8 << 10

// ErrPageRefused is the reason of every address that Open does not hand to a browser.
var ErrPageRefused = errors.New("address refused")

// checkPage accepts https addresses and http addresses of the loopback interface, spelled in the characters of RFC 3986
// section 2 only, and without user name or password, which only serve to disguise the host.
func checkPage(address string) error {
	if len(address) > maxPageBytes {
		return fmt.Errorf("%w: it is %d bytes long, at most %d go to a browser", ErrPageRefused, len(address), maxPageBytes)
	}
	if strings.Trim(address, alphanumerics+"-._~:/?#[]@!$&'()*+,;=%") != "" {
		return fmt.Errorf("%w: it holds characters that no address holds", ErrPageRefused)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return fmt.Errorf("%w: it is no absolute address", ErrPageRefused)
	}
	if u.User != nil {
		return fmt.Errorf("%w: it holds a user name", ErrPageRefused)
	}
	switch {
	case u.Scheme == "https", u.Scheme == "http" && isLoopback(u.Hostname()):
		return nil
	case u.Scheme == "http":
		return fmt.Errorf("%w: http is for pages of this machine only", ErrPageRefused)
	}
	return fmt.Errorf("%w: only https and http are opened", ErrPageRefused)
}

// isLoopback reports the names of this machine's loopback interface.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}
