package main

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// manual is what -h writes.
func manual(t *testing.T) string {
	t.Helper()
	var out, log bytes.Buffer
	if code := run(t.Context(), []string{"-h"}, environment(), &out, &log); code != 0 || log.Len() > 0 {
		t.Fatalf("exit %d, %q on stderr", code, &log)
	}
	return out.String()
}

func TestTheVersionIsTold(t *testing.T) {
	told := regexp.MustCompile(`^heygen-graphql .*, go1\.\d+.*\n$`)
	for _, flag := range []string{"-version", "--version"} {
		var out, log bytes.Buffer
		if code := run(t.Context(), []string{flag}, environment(), &out, &log); code != 0 || log.Len() > 0 || !told.MatchString(out.String()) {
			t.Errorf("exit %d, %q, %q", code, &out, &log)
		}
	}
}

// What the manual says is served is there; that nothing else is, a path beside
// them shows.
func TestTheManualsPathsAreServed(t *testing.T) {
	p := started(t)
	_, served, _ := strings.Cut(manual(t), "WHAT IS SERVED\n")
	served, _, _ = strings.Cut(served, "\n\n")
	paths := regexp.MustCompile(`(?m)^  (/\S*)`).FindAllStringSubmatch(served, -1)
	if len(paths) != 7 {
		t.Fatalf("%d paths", len(paths))
	}
	for _, path := range append(paths, []string{"", "/elsewhere"}) {
		target := p.url + path[1]
		if path[1] == "/sandbox/v3/" {
			target += "avatars"
		}
		res, _ := send(t, "GET", target, "")
		if there := res.StatusCode != http.StatusNotFound; there != (path[1] != "/elsewhere") {
			t.Errorf("%s: %s", path[1], res.Status)
		}
	}
}
