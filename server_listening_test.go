package main

import (
	"regexp"
	"testing"
)

// Operators open the URLs of the line, and scripts read them.
func TestListeningLineNamesThePages(t *testing.T) {
	p := startServer(t)
	line := regexp.MustCompile(`msg=listening graphiql=(http://\S+)/ gallery=(http://\S+/gallery) graphql=(http://\S+)/graphql `).FindStringSubmatch(p.output())
	if line == nil || line[1] != p.url || line[2] != p.url+"/gallery" || line[3] != p.url {
		t.Fatalf("%q in %s", line, p.output())
	}
	for _, page := range []string{line[1] + "/", line[2]} {
		if res, _ := send(t, "GET", page, ""); res.StatusCode != 200 {
			t.Errorf("%s: %d", page, res.StatusCode)
		}
	}
}
