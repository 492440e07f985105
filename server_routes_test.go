package main

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
)

func TestEveryResponseHasSecurityHeaders(t *testing.T) {
	p := startServer(t)
	for path, resource := range map[string]string{"/graphql?query={__typename}": "same-origin", "/": "same-origin", "/gallery": "same-origin", "/picker.js": "cross-origin", "/schema.graphql": "same-origin", "/missing": "same-origin", "/sandbox/portraits/group_monica.svg": "cross-origin"} {
		res, _ := send(t, "GET", p.url+path, "")
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": resource} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if policy := res.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || resource == "same-origin" && !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: Content-Security-Policy is %q", path, policy)
		}
		if res.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s has no request id", path)
		}
	}
}

func TestLongResponsesAreCompressedUnlessDisabled(t *testing.T) {
	const longPath = "/graphql?query={avatarGroups(first:50){nodes{id,name,previewImageUrl}}}"
	enabled, disabled := startServer(t), startServer(t, "COMPRESS", "false")
	for _, coding := range []string{"gzip", "zstd"} {
		res, body := send(t, "GET", enabled.url+longPath, "", "Accept-Encoding", coding)
		if res.Header.Get("Content-Encoding") != coding || !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") || bytes.Contains([]byte(body), []byte("Monica")) {
			t.Errorf("%s: %v", coding, res.Header)
		}
		if res, body := send(t, "GET", disabled.url+longPath, "", "Accept-Encoding", coding); res.Header.Get("Content-Encoding") != "" || !strings.Contains(body, "Monica") {
			t.Errorf("%s, disabled: %v", coding, res.Header)
		}
	}
}

func TestDisablingIntrospectionHidesSchemaEverywhere(t *testing.T) {
	p := startServer(t, "INTROSPECTION", "false")
	if res, body := send(t, "GET", p.url+"/schema.graphql", ""); res.StatusCode != 404 || strings.Contains(body, "type") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	for _, query := range []string{"{__schema{types{name}}}", "{avatarGrops{nodes{id}}}"} {
		if _, body := send(t, "GET", p.url+"/graphql?query="+url.QueryEscape(query), ""); strings.Contains(body, "avatarGroups") || strings.Contains(body, "Did you mean") || strings.Contains(body, `"data"`) {
			t.Error(body)
		}
	}
	suggesting := startServer(t, "INTROSPECTION", "false", "SUGGESTIONS", "true")
	if _, body := send(t, "GET", suggesting.url+"/graphql?query={avatarGrops{nodes{id}}}", ""); !strings.Contains(body, "avatarGroups") {
		t.Error(body)
	}
}

func TestDebugLogHasCallsWithoutArguments(t *testing.T) {
	p, _ := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "LOG_LEVEL", "debug")
	send(t, "GET", p.url+monicaQuery, "")
	for _, field := range []string{"msg=operation", `msg="upstream request"`, `endpoint="GET /v3/avatars/{group_id}"`} {
		if !strings.Contains(p.output(), field) {
			t.Errorf("no %s in %s", field, p.output())
		}
	}
	if strings.Contains(p.output(), "monica") {
		t.Error("the log contains an argument")
	}
}
