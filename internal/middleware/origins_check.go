package middleware

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// checkOrigin refuses what a browser would never send as an Origin, as it would
// match none. Entry i is quoted unless it may be a secret that landed in the
// wrong place: a key, or a password in a URL.
func checkOrigin(entry string, i int) error {
	scheme, rest, ok := strings.Cut(entry, "://")
	authority := rest
	if end := strings.IndexAny(rest, `/\?#`); end >= 0 {
		authority = rest[:end]
	}
	switch {
	case entry == "null":
		return errors.New("null cannot be listed: every page without an origin of its own sends it")
	case entry == "*":
		return errors.New("* stands for any origin, so it must be the only entry")
	case !ok:
		return fmt.Errorf("entry %d has no scheme: an origin begins with https:// or http://", i+1)
	case strings.Contains(rest, "@"):
		return fmt.Errorf("entry %d holds a user or password: an origin is scheme, host and port", i+1)
	case strings.IndexFunc(entry, outside) >= 0:
		return fmt.Errorf("%q holds more than visible ASCII: browsers send other letters as xn--, and no spaces", entry)
	case strings.ToLower(entry) != entry:
		return fmt.Errorf("%q holds capitals, which browsers never send: write %s", entry, strings.ToLower(entry))
	case scheme != "https" && scheme != "http":
		return fmt.Errorf("%q is neither https:// nor http://", entry)
	case strings.Contains(authority, "*"):
		return fmt.Errorf("%q holds a wildcard: list each origin by itself, or * alone for all", entry)
	case rest == authority+"/" && authority != "":
		return fmt.Errorf("%q ends in a slash: write %s://%s", entry, scheme, authority)
	case rest != authority:
		return fmt.Errorf("%q holds more than scheme, host and port", entry)
	}
	return checkHostPort(entry, scheme, authority)
}

func outside(r rune) bool { return r <= ' ' || r > '~' }

func checkHostPort(entry, scheme, authority string) error {
	host, port := authority, ""
	if colon := strings.LastIndexByte(authority, ':'); colon > strings.LastIndexByte(authority, ']') {
		host, port = authority[:colon], authority[colon+1:]
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || port[0] == '0' {
			return fmt.Errorf("%q must have a port between 1 and 65535, or none", entry)
		}
	}
	if scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		return fmt.Errorf("%q names the port that browsers leave out: write %s://%s", entry, scheme, host)
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if err == nil && scheme == "https" {
		return fmt.Errorf("%q is an address: over https an origin must have a name", entry)
	}
	if written := "[" + addr.String() + "]"; err == nil && addr.Is6() && host != written && strings.HasPrefix(host, "[") {
		return fmt.Errorf("%q spells its address as browsers never do: write %s", entry, strings.Replace(entry, host, written, 1))
	}
	if _, err := share([]string{entry}); err != nil {
		return noHost(entry)
	}
	return nil
}

func noHost(entry string) error {
	return fmt.Errorf("%q has no host that a browser could send", entry)
}
