package middleware

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// TrustedProxies are the addresses of proxies whose X-Forwarded-For is believed. The zero
// value trusts none.
type TrustedProxies []netip.Prefix

// NewTrustedProxies parses a list of addresses and prefixes, such as 10.0.0.0/8. It
// returns an error that quotes the invalid entry.
func NewTrustedProxies(list []string) (TrustedProxies, error) {
	var proxies TrustedProxies
	for _, entry := range list {
		prefix, err := netip.ParsePrefix(entry)
		if addr, addrErr := netip.ParseAddr(entry); addrErr == nil && addr.Zone() == "" {
			addr = addr.Unmap()
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		switch {
		case err != nil:
			return nil, fmt.Errorf("%q is neither an IP address nor a prefix such as 10.0.0.0/8", entry)
		case prefix.Addr().Is4In6():
			return nil, fmt.Errorf("%q is an IPv4 prefix in IPv6 form: write it as IPv4", entry)
		case prefix.Bits() == 0:
			return nil, errors.New(entry + " trusts every address, so that any client could choose its own")
		}
		proxies = append(proxies, prefix.Masked())
	}
	return proxies, nil
}

// ClientAddr returns the address of the client that sent a request: that of the connection
// or, if that is a trusted proxy, the rightmost address in X-Forwarded-For that is not one.
// All that is left of it was written by the client, which may have made it up. If an
// entry is malformed, the address is that of the proxy that added it. The zero Addr: the
// connection has none.
func (p TrustedProxies) ClientAddr(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	client := plainAddr(peer.Addr())
	headers := r.Header["X-Forwarded-For"]
	for i := len(headers) - 1; i >= 0; i-- {
		for rest, more := headers[i], true; more; {
			if !p.contains(client) {
				return client
			}
			var entry string
			if comma := strings.LastIndexByte(rest, ','); comma >= 0 {
				rest, entry = rest[:comma], rest[comma+1:]
			} else {
				entry, more = rest, false
			}
			addr, ok := parseForwarded(strings.Trim(entry, " \t"))
			if !ok {
				return client
			}
			client = addr
		}
	}
	return client
}

func (p TrustedProxies) contains(addr netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// parseForwarded parses an entry of X-Forwarded-For: an address, to which some proxies add
// a port.
func parseForwarded(entry string) (netip.Addr, bool) {
	if addrPort, err := netip.ParseAddrPort(entry); err == nil {
		return plainAddr(addrPort.Addr()), true
	}
	if literal, ok := strings.CutPrefix(entry, "["); ok {
		entry, ok = strings.CutSuffix(literal, "]")
		if !ok {
			return netip.Addr{}, false
		}
	}
	addr, err := netip.ParseAddr(entry)
	return plainAddr(addr), err == nil
}

// plainAddr returns an IPv4 address in its own form, and an IPv6 one without its zone.
func plainAddr(addr netip.Addr) netip.Addr { return addr.Unmap().WithZone("") }

// ClientNetwork returns the part of an address that identifies a client: the address or,
// of IPv6, its first 64 bits. The rest is the client's to choose.
func ClientNetwork(addr netip.Addr) string {
	if addr.Is6() {
		prefix, _ := addr.Prefix(64) // which fails for more bits than there are
		return prefix.String()
	}
	return addr.String()
}
