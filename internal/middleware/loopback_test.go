package middleware_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"heygen-graphql/internal/middleware"
)

func TestIsLoopbackHostAcceptsOnlyUnregistrableNames(t *testing.T) {
	for _, host := range []string{
		"localhost", "localhost:8080", "LocalHost:80", "app.localhost", "a.b-c.d_e.localhost:3000",
		"127.0.0.1", "127.0.0.1:8080", "127.255.255.254", "[::1]", "[::1]:80", "[0:0:0:0:0:0:0:1]:80",
		"[::ffff:127.0.0.1]", "[::ffff:7f00:1]:8080", // not a name, so it cannot be rebound
	} {
		if !middleware.IsLoopbackHost(host) {
			t.Errorf("%q is rejected", host)
		}
	}
	for _, host := range []string{
		"", ":", ":80", ".", "[]", "[]:80", "[", "]", "[:", "]:80", "[::1", "::1]", "::1", "::1:80",
		"localhost.", "localhost.:80", "localhost:", "localhost:x", "localhost:80:80", "localhost:-1", "localhost:８０", "localhost:80 ",
		"localhost.evil.com", "localhost.evil.com:80", "evillocalhost", "evil-localhost", ".localhost", "a..localhost", "-.evil.com",
		"127.0.0.1.evil.com", "127.0.0.1.evil.com:80", "127.0.0.1.", "127.1", "127.0.0.01", "0x7f.0.0.1", "0177.0.0.1", "2130706433",
		"0.0.0.0", "0.0.0.0:80", "[::]", "[::]:80", "128.0.0.1", "10.0.0.1", "[::ffff:10.0.0.1]", "[fe80::1]", "[::1%lo]", "[::1%25lo]:80", "127.0.0.1%lo",
		"[127.0.0.1]", "[localhost]", "[::1]x", "[::1]x:80", "[[::1]]", "x[::1]", "[::1]:", "[::1]:80:80", "[::1]:x", "[::1]]:80",
		"user@localhost", "user:pass@localhost", "evil.com@127.0.0.1", "localhost@evil.com", "evil.com#.localhost", "evil.com/.localhost", "evil.com?.localhost", `evil.com\.localhost`,
		"localhost%00", "localhost%2eevil.com", "%6cocalhost", "local%68ost", "localhost\x00", "localhost\r\n", "evil.com\x00.localhost",
		" localhost", "localhost ", "local host", "\tlocalhost", "localhost,evil.com", "evil.com,localhost", "evil.com .localhost",
		"localhoſt", "ｌocalhost", "localhost。", "①27.0.0.1", "１２７.0.0.1",
		strings.Repeat("[", 1000) + "]:80", strings.Repeat(":", 1000), strings.Repeat(".", 1000) + "localhost",
	} {
		if middleware.IsLoopbackHost(host) {
			t.Errorf("%q is accepted", host)
		}
	}
}

func TestFromLoopbackRejectsRemoteAndProxiedRequests(t *testing.T) {
	for _, c := range []struct {
		peer, host, header string
		want               bool
	}{
		{"127.0.0.1:50000", "localhost:8080", "", true},
		{"127.8.8.8:50000", "127.0.0.1:8080", "", true},
		{"[::1]:50000", "[::1]:8080", "", true},
		{"[::ffff:127.0.0.1]:50000", "localhost", "", true}, // the peer address on a dual-stack socket
		{"127.0.0.1:50000", "localhost", "X-Request-Id", true},
		{"127.0.0.1:50000", "localhost", "User-Agent", true},

		{"192.0.2.1:50000", "localhost:8080", "", false},
		{"[::ffff:192.0.2.1]:50000", "localhost:8080", "", false},
		{"0.0.0.0:50000", "localhost", "", false},
		{"", "localhost", "", false},
		{"@", "localhost", "", false}, // a Unix socket
		{"127.0.0.1", "localhost", "", false},
		{"localhost:50000", "localhost", "", false},
		{"127.0.0.1:50000", "evil.example:8080", "", false}, // rebound, or forwarded with its Host
		{"127.0.0.1:50000", "", "", false},

		{"127.0.0.1:50000", "localhost", "Forwarded", false},
		{"127.0.0.1:50000", "localhost", "X-Forwarded-For", false},
		{"127.0.0.1:50000", "localhost", "x-forwarded-for", false},
		{"127.0.0.1:50000", "localhost", "X_Forwarded_For", false},
		{"127.0.0.1:50000", "localhost", "X-Forwarded-Host", false},
		{"127.0.0.1:50000", "localhost", "X-Forwarded-Proto", false},
		{"127.0.0.1:50000", "localhost", "X-Forwarded", false},
		{"127.0.0.1:50000", "localhost", "X-Original-Forwarded-For", false},
		{"127.0.0.1:50000", "localhost", "X-Real-IP", false},
		{"127.0.0.1:50000", "localhost", "Via", false},
		{"127.0.0.1:50000", "localhost", "True-Client-IP", false},
		{"127.0.0.1:50000", "localhost", "X-Cluster-Client-Ip", false},
		{"127.0.0.1:50000", "localhost", "Fastly-Client-IP", false},
		{"127.0.0.1:50000", "localhost", "CF-Connecting-IP", false},
		{"127.0.0.1:50000", "localhost", "X-Envoy-External-Address", false},
		{"127.0.0.1:50000", "localhost", "CDN-Loop", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.RemoteAddr, r.Host = c.peer, c.host
		if c.header != "" {
			r.Header[c.header] = []string{""} // an empty value was added too
		}
		if got := middleware.FromLoopback(r); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}
}

func TestFromLoopbackOverHTTP(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !middleware.FromLoopback(r) {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer server.Close()
	for line, want := range map[string]int{"Accept: */*": http.StatusOK, "x-forwarded-for: 192.0.2.1": http.StatusForbidden, "Host: evil.example": http.StatusForbidden} {
		if resp := send(t, server, http.MethodGet, line); resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", line, resp.StatusCode, want)
		}
	}
}

func FuzzIsLoopbackHost(f *testing.F) {
	for _, seed := range []string{"localhost:80", "[::1]:80", "127.0.0.1", "a.localhost", "127.0.0.1.evil.com", "[::1%25lo]", "user@localhost"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		if !middleware.IsLoopbackHost(host) {
			return
		}
		name := host
		if colon := strings.LastIndexByte(host, ':'); colon > strings.LastIndexByte(host, ']') {
			name = host[:colon]
		}
		addr, err := netip.ParseAddr(strings.Trim(name, "[]"))
		if name = strings.ToLower(name); name != "localhost" && !strings.HasSuffix(name, ".localhost") && (err != nil || !addr.IsLoopback()) {
			t.Errorf("%q is accepted", host)
		}
	})
}
