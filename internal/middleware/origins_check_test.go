package middleware_test

import (
	"strings"
	"testing"

	"heygen-graphql/internal/middleware"
)

func TestOriginsAreTakenAsBrowsersWriteThem(t *testing.T) {
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

func TestAnOriginIsRefusedInAWord(t *testing.T) {
	for entry, want := range map[string]string{
		"null":                               "null cannot be listed: every page without an origin of its own sends it",
		"*":                                  "* stands for any origin, so it must be the only entry",
		"":                                   "entry 2 has no scheme: an origin begins with https:// or http://",
		"app.example.com":                    "entry 2 has no scheme: an origin begins with https:// or http://",
		"localhost:5173":                     "entry 2 has no scheme: an origin begins with https:// or http://",
		"sk_V2_secret":                       "entry 2 has no scheme: an origin begins with https:// or http://",
		"https://me:secret@a.example":        "entry 2 holds a user or password: an origin is scheme, host and port",
		"https://app.example.com@evil":       "entry 2 holds a user or password: an origin is scheme, host and port",
		"https://bücher.example":             `"https://bücher.example" holds more than visible ASCII: browsers send other letters as xn--, and no spaces`,
		" https://a.example":                 `" https://a.example" holds more than visible ASCII: browsers send other letters as xn--, and no spaces`,
		"https://a.example\n":                `"https://a.example\n" holds more than visible ASCII: browsers send other letters as xn--, and no spaces`,
		"HTTPS://App.example.com":            `"HTTPS://App.example.com" holds capitals, which browsers never send: write https://app.example.com`,
		"ftp://a.example":                    `"ftp://a.example" is neither https:// nor http://`,
		"://a.example":                       `"://a.example" is neither https:// nor http://`,
		"https://*.example.com":              `"https://*.example.com" holds a wildcard: list each origin by itself, or * alone for all`,
		"http://localhost:*":                 `"http://localhost:*" holds a wildcard: list each origin by itself, or * alone for all`,
		"https://a.example/":                 `"https://a.example/" ends in a slash: write https://a.example`,
		"https://a.example/app":              `"https://a.example/app" holds more than scheme, host and port`,
		"https://a.example//":                `"https://a.example//" holds more than scheme, host and port`,
		"https://a.example?x":                `"https://a.example?x" holds more than scheme, host and port`,
		"https://a.example#x":                `"https://a.example#x" holds more than scheme, host and port`,
		`https://a.example\x`:                `"https://a.example\\x" holds more than scheme, host and port`,
		"https:///":                          `"https:///" holds more than scheme, host and port`,
		"https://a.example:":                 `"https://a.example:" must have a port between 1 and 65535, or none`,
		"https://a.example:0":                `"https://a.example:0" must have a port between 1 and 65535, or none`,
		"https://a.example:08":               `"https://a.example:08" must have a port between 1 and 65535, or none`,
		"https://a.example:65536":            `"https://a.example:65536" must have a port between 1 and 65535, or none`,
		"https://a.example:+1":               `"https://a.example:+1" must have a port between 1 and 65535, or none`,
		"https://a.example:443":              `"https://a.example:443" names the port that browsers leave out: write https://a.example`,
		"http://localhost:80":                `"http://localhost:80" names the port that browsers leave out: write http://localhost`,
		"https://192.0.2.1":                  `"https://192.0.2.1" is an address: over https an origin must have a name`,
		"https://[2001:db8::1]":              `"https://[2001:db8::1]" is an address: over https an origin must have a name`,
		"http://[0:0:0:0:0:0:0:1]:3000":      `"http://[0:0:0:0:0:0:0:1]:3000" spells its address as browsers never do: write http://[::1]:3000`,
		"http://::1":                         `"http://::1" has no host that a browser could send`,
		"http://[::1":                        `"http://[::1" has no host that a browser could send`,
		"http://[::1%25lo]":                  `"http://[::1%25lo]" has no host that a browser could send`,
		"http://127.1":                       `"http://127.1" has no host that a browser could send`,
		"http://2130706433":                  `"http://2130706433" has no host that a browser could send`,
		"https://":                           `"https://" has no host that a browser could send`,
		"https://.example.com":               `"https://.example.com" has no host that a browser could send`,
		"https://a..example":                 `"https://a..example" has no host that a browser could send`,
		"https://a.example,https://b":        `"https://a.example,https://b" holds more than scheme, host and port`,
		"https://a%2eexample":                `"https://a%2eexample" has no host that a browser could send`,
		"https://" + strings.Repeat("a", 64): `"https://` + strings.Repeat("a", 64) + `" has no host that a browser could send`,
	} {
		_, err := middleware.NewOrigins([]string{"https://fine.example", entry})
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", entry, err, want)
		}
	}
}
