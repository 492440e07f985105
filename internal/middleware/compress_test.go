package middleware_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"heygen-graphql/internal/middleware"
	"heygen-graphql/internal/representation"
)

const browserEncodings = "Accept-Encoding: gzip, deflate, br, zstd"

// newServer serves Compress(h), with a client that does not decompress responses itself.
func newServer(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(middleware.Compress(h))
	t.Cleanup(server.Close)
	server.Client().Transport.(*http.Transport).DisableCompression = true
	return server
}

// fetch sends a request with header lines such as "Accept-Encoding: gzip", and returns the response with its decoded body.
func fetch(t *testing.T, server *httptest.Server, method string, lines ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(decode(t, resp))
	if err != nil {
		t.Fatalf("%s %q: %v", method, lines, err)
	}
	return resp, string(body)
}

func decode(t *testing.T, resp *http.Response) io.Reader {
	t.Helper()
	switch coding := resp.Header.Get("Content-Encoding"); coding {
	case "":
		return resp.Body
	case "gzip":
		r, err := gzip.NewReader(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r
	case "zstd":
		r, err := zstd.NewReader(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Close)
		return r
	default:
		t.Fatalf("Content-Encoding is %q", coding)
		return nil
	}
}

// largeJSON returns 40 KB of JSON like a response of this server: more than half of it is ids, which look random.
var largeJSON = sync.OnceValue(func() string {
	var b strings.Builder
	b.WriteString(`{"data":{"avatarGroups":{"nodes":[`)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 120 {
		if i > 0 {
			b.WriteByte(',')
		}
		group := fmt.Sprintf("%016x%016x", random.Uint64(), random.Uint64())
		fmt.Fprintf(&b, `{"id":%q,"groupId":%q,"name":"Person %d","gender":"female","looksCount":%d,"previewImageUrl":`+
			`"https://files.example/avatar/v3/%016x%016x_%d/full/2.2/preview_target.webp","createdAt":"2026-09-%02dT14:13:20Z"}`,
			base64.RawURLEncoding.EncodeToString([]byte("AvatarGroup:"+group)), group, i, random.IntN(50),
			random.Uint64(), random.Uint64(), random.IntN(60000), 1+random.IntN(28))
	}
	b.WriteString(`]}}}`)
	return b.String()
})

func TestCompressPreservesStatusAndBody(t *testing.T) {
	want := largeJSON()
	server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Add("Vary", "Accept")
		w.Header().Set("Content-Type", "application/graphql-response+json; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(want)))
		w.WriteHeader(http.StatusBadRequest)
		for chunk := range slices.Chunk([]byte(want), 10_007) {
			if n, err := w.Write(chunk); n != len(chunk) || err != nil {
				t.Errorf("wrote %d of %d, error %v", n, len(chunk), err)
			}
		}
	})
	for acceptEncoding, coding := range map[string]string{"gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "zstd", "identity": "", "br": "", "*": "", "gzip;q=0": ""} {
		resp, got := fetch(t, server, http.MethodPost, "Accept-Encoding: "+acceptEncoding)
		if resp.StatusCode != http.StatusBadRequest || got != want || resp.Header.Get("Content-Encoding") != coding {
			t.Errorf("%s: %d, coding %q, %d bytes", acceptEncoding, resp.StatusCode, resp.Header.Get("Content-Encoding"), len(got))
		}
		if length := resp.Header.Get("Content-Length"); (length == "") != (coding != "") {
			t.Errorf("%s: Content-Length: %q", acceptEncoding, length)
		}
		if vary := resp.Header["Vary"]; !slices.Equal(vary, []string{"Accept-Encoding", "Accept"}) {
			t.Errorf("%s: Vary: %q", acceptEncoding, vary)
		}
	}
}

func TestCompressSelectsByTypeAndSize(t *testing.T) {
	text := strings.Repeat("text ", 1000)
	for _, c := range []struct {
		contentType, body string
		want              bool
	}{
		{"application/json", text, true},
		{"application/json; charset=utf-8", text, true},
		{"Application/JSON ;charset=utf-8", text, true},
		{"application/graphql-response+json; charset=utf-8", text, true},
		{"application/problem+json", text, true},
		{"application/javascript", text, true},
		{"text/javascript; charset=utf-8", text, true},
		{"text/html; charset=utf-8", text, true},
		{"text/css", text, true},
		{"image/svg+xml", text, true},
		{"", text, true}, // sniffed as text
		{"", "\x89PNG\r\n\x1a\n" + text, false},
		{"text/event-stream", text, false},
		{"text/event-stream; charset=utf-8", text, false},
		{"Text/Event-Stream", text, false},
		{"multipart/mixed; boundary=-", text, false},
		{"image/png", text, false},
		{"font/ttf", text, false},
		{"audio/wav", text, false},
		{"application/octet-stream", text, false},
		{"application/json", text[:1023], false},
		{"application/json", text[:1024], true},
		{"application/json", "", false},
	} {
		for _, withLength := range []bool{false, true} {
			server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
				if c.contentType != "" {
					w.Header().Set("Content-Type", c.contentType)
				}
				if withLength {
					w.Header().Set("Content-Length", strconv.Itoa(len(c.body)))
				}
				_, _ = io.WriteString(w, c.body)
			})
			resp, got := fetch(t, server, http.MethodGet, browserEncodings)
			if compressed := resp.Header.Get("Content-Encoding") != ""; compressed != c.want || got != c.body {
				t.Errorf("%q of %d bytes, with Content-Length: %t: compressed: %t, received %d bytes", c.contentType, len(c.body), withLength, compressed, len(got))
			}
			if contentType := resp.Header.Get("Content-Type"); c.contentType != "" && contentType != c.contentType {
				t.Errorf("%q became %q", c.contentType, contentType)
			}
			if !slices.Contains(resp.Header["Vary"], "Accept-Encoding") {
				t.Errorf("%q: Vary: %q", c.contentType, resp.Header["Vary"])
			}
		}
	}
}

func TestCompressSkipsEncodedResponse(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, largeJSON())
	z.Close()
	server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("ETag", `"a"`)
		_, _ = w.Write(b.Bytes())
	})
	resp, got := fetch(t, server, http.MethodGet, browserEncodings)
	if resp.Header.Get("Content-Encoding") != "gzip" || resp.Header.Get("ETag") != `"a"` || got != largeJSON() {
		t.Errorf("%v, %d bytes", resp.Header, len(got))
	}
}

// serveAsset serves largeJSON with an ETag, like the assets of GraphiQL.
func serveAsset(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("ETag", `"abc"`)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(largeJSON()))
}

func TestETagOfCompressedResponseRevalidates(t *testing.T) {
	server := newServer(t, serveAsset)
	for _, coding := range []string{"gzip", "zstd", "identity"} {
		first, _ := fetch(t, server, http.MethodGet, "Accept-Encoding: "+coding)
		etag, want := first.Header.Get("ETag"), `W/"abc"`
		if coding == "identity" {
			want = `"abc"`
		}
		if etag != want {
			t.Errorf("%s: ETag %s, want %s", coding, etag, want)
		}
		for _, ifNoneMatch := range []string{etag, `"x", ` + etag, "*"} {
			second, got := fetch(t, server, http.MethodGet, "Accept-Encoding: "+coding, "If-None-Match: "+ifNoneMatch)
			if second.StatusCode != http.StatusNotModified || got != "" || second.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s with If-None-Match %s: %d, %d bytes", coding, ifNoneMatch, second.StatusCode, len(got))
			}
			if got := second.Header.Get("ETag"); ifNoneMatch != "*" && got != etag {
				t.Errorf("%s with If-None-Match %s: ETag %s", coding, ifNoneMatch, got)
			}
			if !slices.Contains(second.Header["Vary"], "Accept-Encoding") {
				t.Errorf("%s: Vary: %q", coding, second.Header["Vary"])
			}
		}
		if second, _ := fetch(t, server, http.MethodGet, "Accept-Encoding: "+coding, `If-None-Match: W/"abcd"`); second.StatusCode != http.StatusOK {
			t.Errorf("%s with another ETag: %d", coding, second.StatusCode)
		}
	}
}

func TestCompressWeakensOnlyStrongETags(t *testing.T) {
	for _, c := range []struct{ name, etag, ifNoneMatch, body, want string }{
		{"long", `"abc"`, "", largeJSON(), `W/"abc"`},
		{"short", `"abc"`, "", "short", `"abc"`},
		{"weak already", `W/"abc"`, "", largeJSON(), `W/"abc"`},
		{"no ETag", "", "", largeJSON(), ""},
		{"If-None-Match from another coding", `"abc"`, `"abc"`, largeJSON(), `"abc"`},
	} {
		server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/css")
			if c.etag != "" {
				w.Header().Set("ETag", c.etag)
			}
			http.ServeContent(w, r, "", time.Time{}, strings.NewReader(c.body))
		})
		resp, _ := fetch(t, server, http.MethodGet, browserEncodings, "If-None-Match: "+c.ifNoneMatch)
		if got := resp.Header.Get("ETag"); got != c.want || (c.ifNoneMatch != "") != (resp.StatusCode == http.StatusNotModified) {
			t.Errorf("%s: %d, ETag %s, want %s", c.name, resp.StatusCode, got, c.want)
		}
	}
}

func TestRangesAreUncompressed(t *testing.T) {
	server := newServer(t, serveAsset)
	resp, body := fetch(t, server, http.MethodGet, browserEncodings, "Range: bytes=10-2009")
	if resp.StatusCode != http.StatusPartialContent || resp.Header.Get("Content-Encoding") != "" || resp.Header.Get("ETag") != `"abc"` || body != largeJSON()[10:2010] {
		t.Errorf("%d, %v, %d bytes", resp.StatusCode, resp.Header, len(body))
	}
	resp, body = fetch(t, server, http.MethodGet, browserEncodings, "Range: bytes=10-2009,3000-6000")
	if resp.StatusCode != http.StatusPartialContent || resp.Header.Get("Content-Encoding") != "" || !strings.Contains(body, largeJSON()[3000:6001]) {
		t.Errorf("two ranges: %d, %v", resp.StatusCode, resp.Header)
	}
	// A client with part of a compressed response gets the full one: ranges of the two do not match.
	resp, body = fetch(t, server, http.MethodGet, browserEncodings, "Range: bytes=10-2009", `If-Range: W/"abc"`)
	if resp.StatusCode != http.StatusOK || body != largeJSON() || resp.Header.Get("Accept-Ranges") != "" {
		t.Errorf("If-Range with the weak ETag: %d, %v, %d bytes", resp.StatusCode, resp.Header, len(body))
	}
	resp, _ = fetch(t, server, http.MethodGet, browserEncodings, "Range: bytes=90000000-")
	if resp.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("range beyond the end: %d", resp.StatusCode)
	}
}

// RFC 9110, section 9.3.2: HEAD has the headers of GET. Section 8.6: a Content-Length other than that of GET is wrong.
func TestHEADHasHeadersOfGET(t *testing.T) {
	short := strings.Repeat("text ", 300) // net/http measures it, and compresses to less than a packet
	for name, h := range map[string]http.HandlerFunc{
		"ServeContent": serveAsset,
		"declared length": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", strconv.Itoa(len(short)))
			_, _ = io.WriteString(w, short)
		},
		"too short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", "4")
			_, _ = io.WriteString(w, "null")
		},
		"no body": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"encoded": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", "zstd")
			w.Header().Set("Content-Length", strconv.Itoa(len(representation.Encode("zstd", []byte(short)))))
			_, _ = w.Write(representation.Encode("zstd", []byte(short)))
		},
		"image": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = io.WriteString(w, short)
		},
	} {
		server := newServer(t, h)
		for _, lines := range [][]string{{"Accept-Encoding: zstd"}, {"Accept-Encoding: gzip"}, {"Accept-Encoding: identity"}, {browserEncodings, `If-None-Match: W/"abc"`}} {
			get, _ := fetch(t, server, http.MethodGet, lines...)
			get.Header.Del("Date")
			if get.Header.Get("Content-Encoding") != "" && name == "declared length" {
				get.Header.Del("Content-Length") // known once it is compressed
			}
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodHead, server.URL, nil)
			for _, line := range lines {
				field, value, _ := strings.Cut(line, ": ")
				r.Header.Set(field, value)
			}
			head, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			head.Body.Close()
			head.Header.Del("Date")
			if diff := cmp.Diff(get.Header, head.Header); diff != "" || head.StatusCode != get.StatusCode {
				t.Errorf("%s, %q: %d, GET: %d, headers of GET (-) and HEAD (+):\n%s", name, lines, head.StatusCode, get.StatusCode, diff)
			}
		}
	}
}

// Without a declared length only GET measures the body.
func TestHEADWithoutDeclaredLengthHasNoContentLength(t *testing.T) {
	server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, strings.Repeat("text ", 300))
	})
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodHead, server.URL, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	head, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	head.Body.Close()
	if length := head.Header.Get("Content-Length"); length != "" || head.Header.Get("Content-Encoding") != "" {
		t.Errorf("%v", head.Header)
	}
}
