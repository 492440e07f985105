package main

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// helpText returns the output of -h.
func helpText(t *testing.T) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-h"}, env(), &stdout, &stderr); code != 0 || stderr.Len() > 0 {
		t.Fatalf("exit %d, %q on stderr", code, &stderr)
	}
	return stdout.String()
}

func TestVersionFlagPrintsBuildVersion(t *testing.T) {
	want := regexp.MustCompile(`^heygen-graphql .*, go1\.\d+.*\n$`)
	for _, flag := range []string{"-version", "--version"} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), []string{flag}, env(), &stdout, &stderr); code != 0 || stderr.Len() > 0 || !want.MatchString(stdout.String()) {
			t.Errorf("exit %d, %q, %q", code, &stdout, &stderr)
		}
	}
}

// Every endpoint of the help exists, and an unlisted path does not.
func TestEndpointsInHelpAreServed(t *testing.T) {
	p := startServer(t)
	_, endpoints, _ := strings.Cut(helpText(t), "ENDPOINTS\n")
	endpoints, _, _ = strings.Cut(endpoints, "\n\n")
	paths := regexp.MustCompile(`(?m)^  (/\S*)`).FindAllStringSubmatch(endpoints, -1)
	if len(paths) != 9 {
		t.Fatalf("%d paths", len(paths))
	}
	for _, path := range append(paths, []string{"", "/unlisted"}) {
		target := p.url + path[1]
		if path[1] == "/sandbox/v3/" {
			target += "avatars"
		}
		res, _ := send(t, "GET", target, "")
		if exists := res.StatusCode != http.StatusNotFound; exists != (path[1] != "/unlisted") {
			t.Errorf("%s: %s", path[1], res.Status)
		}
	}
}
