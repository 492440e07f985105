package middleware

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// FromLoopback reports whether a request comes from a program on this machine:
// its connection is from a loopback address, no header shows that a proxy
// forwarded it, and its Host is a loopback host too, which excludes pages on a
// rebound name (DNS rebinding).
//
// It cannot detect a proxy on this machine that replaces Host and adds no header,
// as nginx does by default.
func FromLoopback(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !peer.Addr().IsLoopback() || !IsLoopbackHost(r.Host) {
		return false
	}
	for name := range r.Header {
		if isProxyHeader(name) {
			return false
		}
	}
	return true
}

// isProxyHeader reports whether proxies add a header of this name. Its value does
// not matter: an empty one was added too. An underscore counts as a hyphen, as in
// many servers.
func isProxyHeader(name string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	switch name {
	case "forwarded", "via", "x-real-ip", "x-original-host", "x-host", "x-envoy-external-address", "cdn-loop":
		return true
	}
	return strings.HasPrefix(name, "x-forwarded") || strings.HasPrefix(name, "x-original-forwarded") ||
		strings.HasSuffix(name, "client-ip") || strings.HasSuffix(name, "connecting-ip")
}

// IsLoopbackHost reports whether a Host header, with or without a port, is
// localhost, a subdomain of it, or a loopback address. A server on loopback that
// rejects other hosts is safe from DNS rebinding: a page whose own name was
// rebound to this machine is same-origin to the browser, which sends that name.
//
// It accepts the spellings that browsers and tools send, and no others: neither
// localhost with a trailing dot nor addresses in other than dotted decimal form.
func IsLoopbackHost(host string) bool {
	if strings.Count(host, ":") == 1 || strings.Contains(host, "]:") {
		name, port, err := net.SplitHostPort(host)
		if err != nil || port == "" || strings.Trim(port, "0123456789") != "" {
			return false
		}
		if strings.HasPrefix(host, "[") {
			name = "[" + name + "]"
		}
		host = name
	}
	if literal, ok := strings.CutPrefix(host, "["); ok {
		literal, closed := strings.CutSuffix(literal, "]")
		addr, err := netip.ParseAddr(literal)
		return closed && err == nil && addr.Is6() && addr.Zone() == "" && addr.IsLoopback()
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Is4() && addr.IsLoopback()
	}
	prefix, ok := strings.CutSuffix(strings.ToLower(host), "localhost")
	return ok && (prefix == "" || isSubdomainPrefix(prefix))
}

// isSubdomainPrefix reports whether s is one or more labels, each followed by a dot.
func isSubdomainPrefix(s string) bool {
	labels, ok := strings.CutSuffix(s, ".")
	if !ok {
		return false
	}
	for label := range strings.SplitSeq(labels, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}
