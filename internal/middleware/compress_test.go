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

	"github.com/klauspost/compress/zstd"

	"heygen-graphql/internal/middleware"
)

const browser = "Accept-Encoding: gzip, deflate, br, zstd"

// compressed serves h behind Compress, to a client that decodes nothing by itself.
func compressed(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(middleware.Compress(h))
	t.Cleanup(server.Close)
	server.Client().Transport.(*http.Transport).DisableCompression = true
	return server
}

// fetch sends lines such as "Accept-Encoding: gzip", and decodes what it gets.
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
	body, err := io.ReadAll(decoded(t, resp))
	if err != nil {
		t.Fatalf("%s %q: %v", method, lines, err)
	}
	return resp, string(body)
}

func decoded(t *testing.T, resp *http.Response) io.Reader {
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
		t.Fatalf("the coding is %q", coding)
		return nil
	}
}

// page is 40 KB of JSON, as an answer of this server: more than half is ids, which look random.
var page = sync.OnceValue(func() string {
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

func TestAnAnswerComesBackAsItWas(t *testing.T) {
	want := page()
	server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Add("Vary", "Accept")
		w.Header().Set("Content-Type", "application/graphql-response+json; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(want)))
		w.WriteHeader(http.StatusBadRequest)
		for piece := range slices.Chunk([]byte(want), 10_007) {
			if n, err := w.Write(piece); n != len(piece) || err != nil {
				t.Errorf("wrote %d of %d, error %v", n, len(piece), err)
			}
		}
	})
	for accepted, coding := range map[string]string{"gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "zstd", "identity": "", "br": "", "*": "", "gzip;q=0": ""} {
		resp, got := fetch(t, server, http.MethodPost, "Accept-Encoding: "+accepted)
		if resp.StatusCode != http.StatusBadRequest || got != want || resp.Header.Get("Content-Encoding") != coding {
			t.Errorf("%s: %d, coding %q, %d bytes", accepted, resp.StatusCode, resp.Header.Get("Content-Encoding"), len(got))
		}
		if length := resp.Header.Get("Content-Length"); (length == "") != (coding != "") {
			t.Errorf("%s: Content-Length: %q", accepted, length)
		}
		if varies := resp.Header["Vary"]; !slices.Equal(varies, []string{"Accept-Encoding", "Accept"}) {
			t.Errorf("%s: Vary: %q", accepted, varies)
		}
	}
}

func TestOnlyLongTextIsCompressed(t *testing.T) {
	text := strings.Repeat("text ", 1000)
	for _, c := range []struct {
		kind, body string
		want       bool
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
		{"", text, true}, // it is seen to be text
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
		for _, sized := range []bool{false, true} {
			server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
				if c.kind != "" {
					w.Header().Set("Content-Type", c.kind)
				}
				if sized {
					w.Header().Set("Content-Length", strconv.Itoa(len(c.body)))
				}
				_, _ = io.WriteString(w, c.body)
			})
			resp, got := fetch(t, server, http.MethodGet, browser)
			if is := resp.Header.Get("Content-Encoding") != ""; is != c.want || got != c.body {
				t.Errorf("%q of %d bytes, length told: %t: compressed: %t, %d bytes came", c.kind, len(c.body), sized, is, len(got))
			}
			if kind := resp.Header.Get("Content-Type"); c.kind != "" && kind != c.kind {
				t.Errorf("%q became %q", c.kind, kind)
			}
			if !slices.Contains(resp.Header["Vary"], "Accept-Encoding") {
				t.Errorf("%q: Vary: %q", c.kind, resp.Header["Vary"])
			}
		}
	}
}

func TestWhatIsEncodedAlreadyIsLeftAlone(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, page())
	z.Close()
	server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("ETag", `"a"`)
		_, _ = w.Write(b.Bytes())
	})
	resp, got := fetch(t, server, http.MethodGet, browser)
	if resp.Header.Get("Content-Encoding") != "gzip" || resp.Header.Get("ETag") != `"a"` || got != page() {
		t.Errorf("%v, %d bytes", resp.Header, len(got))
	}
}

// file serves a text with a tag, as the files of GraphiQL are.
func file(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("ETag", `"abc"`)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(page()))
}

func TestWhatABrowserHasCompressedIsNotSentAgain(t *testing.T) {
	server := compressed(t, file)
	for _, coding := range []string{"gzip", "zstd", "identity"} {
		first, _ := fetch(t, server, http.MethodGet, "Accept-Encoding: "+coding)
		tag, want := first.Header.Get("ETag"), `W/"abc"`
		if coding == "identity" {
			want = `"abc"`
		}
		if tag != want {
			t.Errorf("%s has the tag %s, want %s", coding, tag, want)
		}
		for _, known := range []string{tag, `"x", ` + tag, "*"} {
			again, body := fetch(t, server, http.MethodGet, "Accept-Encoding: "+coding, "If-None-Match: "+known)
			if again.StatusCode != http.StatusNotModified || body != "" || again.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s with %s: %d, %d bytes", coding, known, again.StatusCode, len(body))
			}
			if got := again.Header.Get("ETag"); known != "*" && got != tag {
				t.Errorf("%s with %s renews %s", coding, known, got)
			}
			if !slices.Contains(again.Header["Vary"], "Accept-Encoding") {
				t.Errorf("%s: Vary: %q", coding, again.Header["Vary"])
			}
		}
		if again, _ := fetch(t, server, http.MethodGet, "Accept-Encoding: "+coding, `If-None-Match: W/"abcd"`); again.StatusCode != http.StatusOK {
			t.Errorf("%s with another tag: %d", coding, again.StatusCode)
		}
	}
}

func TestATagChangesOnlyWithTheText(t *testing.T) {
	for _, c := range []struct{ name, tag, known, body, want string }{
		{"long", `"abc"`, "", page(), `W/"abc"`},
		{"short", `"abc"`, "", "short", `"abc"`},
		{"weak already", `W/"abc"`, "", page(), `W/"abc"`},
		{"none", "", "", page(), ""},
		{"known from another coding", `"abc"`, `"abc"`, page(), `"abc"`},
	} {
		server := compressed(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/css")
			if c.tag != "" {
				w.Header().Set("ETag", c.tag)
			}
			http.ServeContent(w, r, "", time.Time{}, strings.NewReader(c.body))
		})
		resp, _ := fetch(t, server, http.MethodGet, browser, "If-None-Match: "+c.known)
		if got := resp.Header.Get("ETag"); got != c.want || (c.known != "") != (resp.StatusCode == http.StatusNotModified) {
			t.Errorf("%s: %d with %s, want %s", c.name, resp.StatusCode, got, c.want)
		}
	}
}

func TestARangeIsOneOfTheUncompressed(t *testing.T) {
	server := compressed(t, file)
	resp, body := fetch(t, server, http.MethodGet, browser, "Range: bytes=10-2009")
	if resp.StatusCode != http.StatusPartialContent || resp.Header.Get("Content-Encoding") != "" || resp.Header.Get("ETag") != `"abc"` || body != page()[10:2010] {
		t.Errorf("%d, %v, %d bytes", resp.StatusCode, resp.Header, len(body))
	}
	resp, body = fetch(t, server, http.MethodGet, browser, "Range: bytes=10-2009,3000-6000")
	if resp.StatusCode != http.StatusPartialContent || resp.Header.Get("Content-Encoding") != "" || !strings.Contains(body, page()[3000:6001]) {
		t.Errorf("two ranges: %d, %v", resp.StatusCode, resp.Header)
	}
	// Who has part of a compressed answer gets the whole, for the two do not fit.
	resp, body = fetch(t, server, http.MethodGet, browser, "Range: bytes=10-2009", `If-Range: W/"abc"`)
	if resp.StatusCode != http.StatusOK || body != page() || resp.Header.Get("Accept-Ranges") != "" {
		t.Errorf("the rest of a compressed one: %d, %v, %d bytes", resp.StatusCode, resp.Header, len(body))
	}
	resp, _ = fetch(t, server, http.MethodGet, browser, "Range: bytes=90000000-")
	if resp.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("a range beyond the end: %d", resp.StatusCode)
	}
}

func TestHEADHasTheLengthOfTheUncompressed(t *testing.T) {
	resp, _ := fetch(t, compressed(t, file), http.MethodHead, browser)
	if got := resp.Header.Get("Content-Length"); got != strconv.Itoa(len(page())) || resp.Header.Get("Content-Encoding") != "" {
		t.Errorf("%q, %v", got, resp.Header)
	}
	if !slices.Contains(resp.Header["Vary"], "Accept-Encoding") {
		t.Errorf("Vary: %q", resp.Header["Vary"])
	}
}
