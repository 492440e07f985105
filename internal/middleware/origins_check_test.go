package middleware_test

import (
	"strings"
	"testing"

	"heygen-graphql/internal/middleware"
)

func TestNewOriginsAcceptsSerializedOrigins(t *testing.T) {
	for _, list := range [][]string{
		nil,
		{"*"},
		{"https://app.example.com"},
		{"https://app.example.com", "http://localhost:5173", "https://app.example.com"},
		{"http://127.0.0.1:3000", "http://[::1]:3000", "http://192.168.1.20:5173"},
		{"http://intranet", "https://a.b.c.example:8443", "https://xn--bcher-kva.example"},
		{"http://app.example.com:443", "https://app.example.com:80"},
	} {
		if _, err := middleware.NewOrigins(list); err != nil {
			t.Errorf("%q: %v", list, err)
		}
	}
}

func TestNewOriginsRejectsEntryWithReason(t *testing.T) {
	for entry, want := range map[string]string{
		"null":                               "null cannot be listed: every page with an opaque origin sends it",
		"*":                                  "* allows any origin, so it must be the only entry",
		"":                                   "entry 2 has no scheme: an origin begins with https:// or http://",
		"app.example.com":                    "entry 2 has no scheme: an origin begins with https:// or http://",
		"localhost:5173":                     "entry 2 has no scheme: an origin begins with https:// or http://",
		"sk_V2_secret":                       "entry 2 has no scheme: an origin begins with https:// or http://",
		"https://me:secret@a.example":        "entry 2 contains a user or password: an origin is scheme, host and port",
		"https://app.example.com@evil":       "entry 2 contains a user or password: an origin is scheme, host and port",
		"https://bücher.example":             `"https://bücher.example" contains characters other than visible ASCII: write an international domain name in its xn-- form, and no white space`,
		" https://a.example":                 `" https://a.example" contains characters other than visible ASCII: write an international domain name in its xn-- form, and no white space`,
		"https://a.example\n":                `"https://a.example\n" contains characters other than visible ASCII: write an international domain name in its xn-- form, and no white space`,
		"HTTPS://App.example.com":            `"HTTPS://App.example.com" contains uppercase letters, which browsers never send: write https://app.example.com`,
		"ftp://a.example":                    `"ftp://a.example" is neither https:// nor http://`,
		"://a.example":                       `"://a.example" is neither https:// nor http://`,
		"https://*.example.com":              `"https://*.example.com" contains a wildcard: list each origin, or * alone for any`,
		"http://localhost:*":                 `"http://localhost:*" contains a wildcard: list each origin, or * alone for any`,
		"https://a.example/":                 `"https://a.example/" ends in a slash: write https://a.example`,
		"https://a.example/app":              `"https://a.example/app" contains more than scheme, host and port`,
		"https://a.example//":                `"https://a.example//" contains more than scheme, host and port`,
		"https://a.example?x":                `"https://a.example?x" contains more than scheme, host and port`,
		"https://a.example#x":                `"https://a.example#x" contains more than scheme, host and port`,
		`https://a.example\x`:                `"https://a.example\\x" contains more than scheme, host and port`,
		"https:///":                          `"https:///" contains more than scheme, host and port`,
		"https://a.example:":                 `"https://a.example:" must have a port between 1 and 65535, or none`,
		"https://a.example:0":                `"https://a.example:0" must have a port between 1 and 65535, or none`,
		"https://a.example:08":               `"https://a.example:08" must have a port between 1 and 65535, or none`,
		"https://a.example:65536":            `"https://a.example:65536" must have a port between 1 and 65535, or none`,
		"https://a.example:+1":               `"https://a.example:+1" must have a port between 1 and 65535, or none`,
		"https://a.example:443":              `"https://a.example:443" contains the default port, which browsers omit: write https://a.example`,
		"http://localhost:80":                `"http://localhost:80" contains the default port, which browsers omit: write http://localhost`,
		"https://192.0.2.1":                  `"https://192.0.2.1" is an IP address: over https an origin must have a host name`,
		"https://[2001:db8::1]":              `"https://[2001:db8::1]" is an IP address: over https an origin must have a host name`,
		"http://[0:0:0:0:0:0:0:1]:3000":      `"http://[0:0:0:0:0:0:0:1]:3000" has an address that is not in canonical form: write http://[::1]:3000`,
		"http://::1":                         `"http://::1" has no host that a browser could send`,
		"http://[::1":                        `"http://[::1" has no host that a browser could send`,
		"http://[::1%25lo]":                  `"http://[::1%25lo]" has no host that a browser could send`,
		"http://127.1":                       `"http://127.1" has no host that a browser could send`,
		"http://2130706433":                  `"http://2130706433" has no host that a browser could send`,
		"https://":                           `"https://" has no host that a browser could send`,
		"https://.example.com":               `"https://.example.com" has no host that a browser could send`,
		"https://a..example":                 `"https://a..example" has no host that a browser could send`,
		"https://a.example,https://b":        `"https://a.example,https://b" contains more than scheme, host and port`,
		"https://a%2eexample":                `"https://a%2eexample" has no host that a browser could send`,
		"https://" + strings.Repeat("a", 64): `"https://` + strings.Repeat("a", 64) + `" has no host that a browser could send`,
	} {
		_, err := middleware.NewOrigins([]string{"https://valid.example", entry})
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", entry, err, want)
		}
	}
}
