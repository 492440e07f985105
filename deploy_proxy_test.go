package main

import (
	"regexp"
	"strings"
	"testing"
)

// nginxLocation returns the directives of a location of deploy/nginx.conf.
func nginxLocation(t *testing.T, path string) string {
	t.Helper()
	block := regexp.MustCompile(`(?s)\n    location ` + regexp.QuoteMeta(path) + ` \{\n(.*?)\n    \}`).FindStringSubmatch(readFile(t, "deploy/nginx.conf"))
	if block == nil {
		t.Fatalf("nginx.conf has no location %s", path)
	}
	return block[1]
}

func TestProxyForwardsStreamsAtOnce(t *testing.T) {
	location := nginxLocation(t, "= /graphql")
	for _, directive := range []string{"proxy_pass http://replicas;", "proxy_buffering off;", "proxy_read_timeout 60s;"} {
		if !strings.Contains(location, directive) {
			t.Errorf("/graphql lacks %s", directive)
		}
	}
	if strings.Contains(location, "proxy_set_header") { // it would replace those of the server
		t.Error("/graphql does not forward the upgrade of a WebSocket")
	}
	server := readFile(t, "deploy/nginx.conf")
	for _, directive := range []string{"map $http_upgrade $connection_upgrade", "gzip off;", "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection $connection_upgrade;"} {
		if !strings.Contains(server, directive) {
			t.Errorf("nginx.conf lacks %s", directive)
		}
	}
}

func TestProxyForwardsWebhooksWithoutUpgrade(t *testing.T) {
	location := nginxLocation(t, "= /webhooks/heygen")
	for _, directive := range []string{"proxy_pass http://replicas;", "proxy_set_header Upgrade '';", "proxy_set_header X-Forwarded-For $remote_addr;"} {
		if !strings.Contains(location, directive) {
			t.Errorf("/webhooks/heygen lacks %s", directive)
		}
	}
}
