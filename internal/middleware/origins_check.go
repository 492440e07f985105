package middleware

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// checkOrigin returns an error if no browser would send entry as an Origin, so
// that it would match no request. The error quotes the entry unless it may be a
// misplaced secret: a key, or a password in a URL. Then it names position i.
func checkOrigin(entry string, i int) error {
	scheme, rest, ok := strings.Cut(entry, "://")
	authority := rest
	if end := strings.IndexAny(rest, `/\?#`); end >= 0 {
		authority = rest[:end]
	}
	switch {
	case entry == "null":
		return errors.New("null cannot be listed: every page with an opaque origin sends it")
	case entry == "*":
		return errors.New("* allows any origin, so it must be the only entry")
	case !ok:
		return fmt.Errorf("entry %d has no scheme: an origin begins with https:// or http://", i+1)
	case strings.Contains(rest, "@"):
		return fmt.Errorf("entry %d contains a user or password: an origin is scheme, host and port", i+1)
	case strings.IndexFunc(entry, notVisibleASCII) >= 0:
		return fmt.Errorf("%q contains characters other than visible ASCII: write an international domain name in its xn-- form, and no white space", entry)
	case strings.ToLower(entry) != entry:
		return fmt.Errorf("%q contains uppercase letters, which browsers never send: write %s", entry, strings.ToLower(entry))
	case scheme != "https" && scheme != "http":
		return fmt.Errorf("%q is neither https:// nor http://", entry)
	case strings.Contains(authority, "*"):
		return fmt.Errorf("%q contains a wildcard: list each origin, or * alone for any", entry)
	case rest == authority+"/" && authority != "":
		return fmt.Errorf("%q ends in a slash: write %s://%s", entry, scheme, authority)
	case rest != authority:
		return fmt.Errorf("%q contains more than scheme, host and port", entry)
	}
	return checkHostPort(entry, scheme, authority)
}

func notVisibleASCII(r rune) bool { return r <= ' ' || r > '~' }

func checkHostPort(entry, scheme, authority string) error {
	host, port := authority, ""
	if colon := strings.LastIndexByte(authority, ':'); colon > strings.LastIndexByte(authority, ']') {
		host, port = authority[:colon], authority[colon+1:]
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || port[0] == '0' {
			return fmt.Errorf("%q must have a port between 1 and 65535, or none", entry)
		}
	}
	if scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		return fmt.Errorf("%q contains the default port, which browsers omit: write %s://%s", entry, scheme, host)
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if err == nil && scheme == "https" {
		return fmt.Errorf("%q is an IP address: over https an origin must have a host name", entry)
	}
	if canonical := "[" + addr.String() + "]"; err == nil && addr.Is6() && host != canonical && strings.HasPrefix(host, "[") {
		return fmt.Errorf("%q has an address that is not in canonical form: write %s", entry, strings.Replace(entry, host, canonical, 1))
	}
	if _, err := newCORS([]string{entry}); err != nil {
		return invalidHost(entry)
	}
	return nil
}

func invalidHost(entry string) error {
	return fmt.Errorf("%q has no host that a browser could send", entry)
}
