package heygen

import (
	"errors"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// ParseBaseURL validates a base URL and returns it without a trailing slash. Its error
// contains nothing of rawURL.
func ParseBaseURL(rawURL string) (string, error) {
	u, err := url.Parse(rawURL)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return "", errors.New("the base URL is not an absolute URL such as " + DefaultBaseURL)
	case u.User != nil:
		return "", errors.New("the base URL must not contain a user or password")
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(rawURL, "#"):
		return "", errors.New("the base URL must not contain a query or a fragment")
	case u.Scheme == "https":
	case u.Scheme == "http" && IsLoopback(u.Hostname()):
	default:
		return "", errors.New("the base URL must be https (http only for loopback)")
	}
	if port, _ := strconv.Atoi(u.Port()); u.Port() != "" && (port < 1 || port > 65535) { // Parse accepts only digits
		return "", errors.New("the base URL's port is not between 1 and 65535")
	}
	path := strings.TrimRight(u.Path, "/") // unescaped
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return "", errors.New("the base URL's path must not contain . or .. segments")
		}
	}
	if strings.HasSuffix(path, "/v3") {
		return "", errors.New("the base URL must not end in /v3, which every request adds")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// IsLoopback reports whether a host is loopback: localhost in any letter case, or an
// address of 127.0.0.0/8 or ::1. It never looks up other names.
func IsLoopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && addr.IsLoopback()
}
