package heygen_test

import (
	"strings"
	"testing"

	"heygen-graphql/heygen"
)

func TestParseBaseURLValidates(t *testing.T) {
	for rawURL, want := range map[string]string{
		"https://api.heygen.com":                      "https://api.heygen.com",
		"https://proxy.example/heygen/":               "https://proxy.example/heygen",
		"http://127.0.0.1:8080/sandbox":               "http://127.0.0.1:8080/sandbox",
		"http://localhost:1":                          "http://localhost:1",
		"http://LOCALHOST:1":                          "http://LOCALHOST:1",
		"https://api.heygen.com:1/":                   "https://api.heygen.com:1",
		"https://api.heygen.com:65535":                "https://api.heygen.com:65535",
		"https://proxy.example/v3/heygen":             "https://proxy.example/v3/heygen",
		"https://proxy.example/a.b/..c//":             "https://proxy.example/a.b/..c",
		"https://proxy.example/v3v":                   "https://proxy.example/v3v",
		"http://[::1]:8080":                           "http://[::1]:8080",
		"http://api.heygen.com":                       "",
		"http://localhost.example.com":                "",
		"http://127.0.0.1.example.com":                "",
		"ftp://127.0.0.1":                             "",
		"api.heygen.com":                              "",
		"//api.heygen.com":                            "",
		"https:api.heygen.com":                        "",
		"https://":                                    "",
		"https://:443":                                "",
		"https://api.heygen.com:0":                    "",
		"https://api.heygen.com:65536":                "",
		"https://api.heygen.com:99999999999999999999": "",
		"https://api.heygen.com/..":                   "",
		"https://api.heygen.com/./a":                  "",
		"https://api.heygen.com/a/%2e%2E/b":           "",
		"https://api.heygen.com/a%2f..":               "",
		"https://api.heygen.com/v3":                   "",
		"https://api.heygen.com/v3/":                  "",
		"https://proxy.example/heygen/%763//":         "",
		"https://user:pass@api.heygen.com":            "",
		"https://api.heygen.com?key=1":                "",
		"https://api.heygen.com?":                     "",
		"https://api.heygen.com#top":                  "",
		"https://api.heygen.com/%zz":                  "",
		"https://api.heygen.com\nX-Evil: yes":         "",
	} {
		got, err := heygen.ParseBaseURL(rawURL)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", rawURL, got, err)
		}
		if _, err := heygen.New(heygen.Options{BaseURL: rawURL}); (err == nil) != (want != "") {
			t.Errorf("New with %q: %v", rawURL, err)
		}
	}
}

func TestParseBaseURLNamesATrailingV3(t *testing.T) {
	if _, err := heygen.ParseBaseURL("https://api.heygen.com/v3"); err == nil || !strings.Contains(err.Error(), "must not end in /v3") {
		t.Error(err)
	}
}

func TestIsLoopbackMatchesNameAndAddress(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LocalHost": true, "127.0.0.1": true, "127.255.0.9": true, "::1": true, "::ffff:127.0.0.1": true,
		"": false, "localhost.": false, "0.0.0.0": false, "::": false, "128.0.0.1": false, "api.heygen.com": false,
	} {
		if got := heygen.IsLoopback(host); got != want {
			t.Errorf("%q: %t", host, got)
		}
	}
}
