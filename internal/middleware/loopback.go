package middleware

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// FromLoopback reports whether a request comes from a program on this machine:
// its connection does, no header says that a proxy passed it on, and its Host is
// this machine too, which that of a page on a rebound name is not.
//
// A proxy on this machine that replaces Host and adds no header, as nginx does
// unless it is told otherwise, cannot be told from such a program.
func FromLoopback(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !peer.Addr().IsLoopback() || !IsLoopbackHost(r.Host) {
		return false
	}
	for name := range r.Header {
		if addedByProxy(name) {
			return false
		}
	}
	return true
}

// addedByProxy goes by a header's name, as an empty one was added too. An
// underscore is a hyphen to many servers.
func addedByProxy(name string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	switch name {
	case "forwarded", "via", "x-real-ip", "x-original-host", "x-host", "x-envoy-external-address", "cdn-loop":
		return true
	}
	return strings.HasPrefix(name, "x-forwarded") || strings.HasPrefix(name, "x-original-forwarded") ||
		strings.HasSuffix(name, "client-ip") || strings.HasSuffix(name, "connecting-ip")
}

// IsLoopbackHost reports whether a Host header, with or without a port, is
// localhost, a name under it, or an address of loopback. A server on loopback
// that refuses others is safe from a page whose own name was rebound to this
// machine: the browser takes the two for one origin, and sends that name.
//
// It goes by the spellings that browsers and tools send, and refuses the rest:
// localhost with a dot behind it, numbers that are no dotted address.
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
	if inside, ok := strings.CutPrefix(host, "["); ok {
		inside, closed := strings.CutSuffix(inside, "]")
		addr, err := netip.ParseAddr(inside)
		return closed && err == nil && addr.Is6() && addr.Zone() == "" && addr.IsLoopback()
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Is4() && addr.IsLoopback()
	}
	above, ok := strings.CutSuffix(strings.ToLower(host), "localhost")
	return ok && (above == "" || isNameAbove(above))
}

// isNameAbove reports whether a text is one label or more, each with its dot.
func isNameAbove(text string) bool {
	labels, dotted := strings.CutSuffix(text, ".")
	if !dotted {
		return false
	}
	for label := range strings.SplitSeq(labels, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}
