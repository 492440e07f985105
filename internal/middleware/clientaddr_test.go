package middleware_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-graphql/internal/middleware"
)

func TestSpoofedForwardedAddressesAreIgnored(t *testing.T) {
	const trusted = "10.0.0.0/8,192.0.2.1,2001:db8:1::/48,::1"
	for _, test := range []struct {
		name, trusted, peer string
		forwarded           []string
		want                string
	}{
		{"no proxy", "", "203.0.113.9:1", nil, "203.0.113.9"},
		{"no proxy is trusted", "", "10.0.0.1:1", []string{"198.51.100.1"}, "10.0.0.1"},
		{"the peer is not trusted", trusted, "203.0.113.9:1", []string{"198.51.100.1"}, "203.0.113.9"},
		{"a trusted peer without the header", trusted, "10.0.0.1:1", nil, "10.0.0.1"},
		{"one proxy", trusted, "10.0.0.1:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"an address that the client made up", trusted, "10.0.0.1:1", []string{"1.1.1.1, 198.51.100.1"}, "198.51.100.1"},
		{"a trusted address that the client made up", trusted, "10.0.0.1:1", []string{"10.9.9.9, 198.51.100.1"}, "198.51.100.1"},
		{"two proxies", trusted, "10.0.0.1:1", []string{"1.1.1.1, 198.51.100.1, 192.0.2.1"}, "198.51.100.1"},
		{"two headers", trusted, "10.0.0.1:1", []string{"1.1.1.1, 198.51.100.1", "192.0.2.1,10.2.3.4"}, "198.51.100.1"},
		{"proxies only", trusted, "10.0.0.1:1", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"ports", trusted, "10.0.0.1:1", []string{"198.51.100.1:55555"}, "198.51.100.1"},
		{"an IPv6 address", trusted, "[::1]:1", []string{"2001:db8:2::7"}, "2001:db8:2::7"},
		{"an IPv6 address in brackets", trusted, "[::1]:1", []string{"[2001:db8:2::7]"}, "2001:db8:2::7"},
		{"an IPv6 address with a port", trusted, "[::1]:1", []string{"[2001:db8:2::7]:443, 2001:db8:1::2"}, "2001:db8:2::7"},
		{"IPv4 in IPv6 form", trusted, "[::ffff:10.0.0.1]:1", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"a zone", trusted, "[fe80::1%eth0]:1", nil, "fe80::1"},
		{"a zone that the client made up", trusted, "10.0.0.1:1", []string{"fe80::2%made-up"}, "fe80::2"},
		{"a malformed entry", trusted, "10.0.0.1:1", []string{"198.51.100.1, unknown, 10.0.0.2"}, "10.0.0.2"},
		{"an empty entry", trusted, "10.0.0.1:1", []string{"198.51.100.1, ,10.0.0.2"}, "10.0.0.2"},
		{"an empty header", trusted, "10.0.0.1:1", []string{""}, "10.0.0.1"},
		{"half a bracket", trusted, "10.0.0.1:1", []string{"[2001:db8:2::7"}, "10.0.0.1"},
		{"a host name", trusted, "10.0.0.1:1", []string{"localhost"}, "10.0.0.1"},
		{"octal", trusted, "10.0.0.1:1", []string{"0198.51.100.1"}, "10.0.0.1"},
		{"no connection", trusted, "@", []string{"198.51.100.1"}, "invalid IP"},
	} {
		proxies, err := middleware.NewTrustedProxies(strings.FieldsFunc(test.trusted, func(r rune) bool { return r == ',' }))
		if err != nil {
			t.Fatal(err)
		}
		r := &http.Request{RemoteAddr: test.peer, Header: http.Header{"X-Forwarded-For": test.forwarded, "Forwarded": {"for=1.1.1.1"}, "X-Real-Ip": {"1.1.1.1"}}}
		if got := proxies.ClientAddr(r).String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestInvalidTrustedProxiesAreRejected(t *testing.T) {
	for entry, want := range map[string]string{
		"localhost": "neither an IP address", "10.0.0.0/33": "neither an IP address", "": "neither an IP address", "10.0.0.1:80": "neither an IP address", "fe80::1%eth0": "neither an IP address",
		"0.0.0.0/0": "trusts every address", "::/0": "trusts every address", "::ffff:10.0.0.0/104": "write it as IPv4",
	} {
		if _, err := middleware.NewTrustedProxies([]string{"10.0.0.1", entry}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", entry, err, want)
		}
	}
}

func TestIPv6ClientsAreKnownByTheirFirst64Bits(t *testing.T) {
	for peer, want := range map[string]string{
		"203.0.113.9:1": "203.0.113.9", "[2001:db8:1:2:3:4:5:6]:1": "2001:db8:1:2::/64", "[2001:db8:1:2::1]:1": "2001:db8:1:2::/64", "[::ffff:203.0.113.9]:1": "203.0.113.9", "@": "invalid IP",
	} {
		if got := middleware.ClientNetwork(middleware.TrustedProxies(nil).ClientAddr(&http.Request{RemoteAddr: peer})); got != want {
			t.Errorf("%s: %s, want %s", peer, got, want)
		}
	}
}
