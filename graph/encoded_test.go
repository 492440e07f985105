package graph_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/klauspost/compress/zstd"

	"heygen-graphql/graph"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

const browserEncodings = "gzip, deflate, br, zstd"

// compressionCounter counts how often the response cache has compressed a response.
type compressionCounter struct {
	*cached.Client
	compressions atomic.Int64
}

func (c *compressionCounter) Reweigh(key [32]byte, value cache.Derived) {
	c.compressions.Add(1)
	c.Client.Reweigh(key, value)
}

// encodedFixture is an API that compresses cached responses.
type encodedFixture struct {
	*api
	counter *compressionCounter
}

func newEncodedFixture(t testing.TB, o sandbox.Options) *encodedFixture {
	f := &encodedFixture{api: newCachedAPI(t, o)}
	f.counter = &compressionCounter{Client: f.cachedClient}
	f.Handler = graph.NewHandler(graph.Options{HeyGen: f.counter, Compress: true, ExposeUpstream: true})
	return f
}

const pageQuery = `{avatarGroups(first:50){nodes{id name previewImageUrl}}}`

// request sends a document by GET, or by another method. headers are pairs.
func (f *encodedFixture) request(t testing.TB, method, query string, headers ...string) *httptest.ResponseRecorder {
	r := newRequest(t, method, "/graphql?query="+url.QueryEscape(query), "", headers...)
	if method == http.MethodPost {
		r = newRequest(t, method, "/graphql", fmt.Sprintf(`{"query":%q}`, query), append(headers, "Content-Type", "application/json")...)
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w
}

// decoded returns the body of a response without its content coding.
func decoded(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	body := io.Reader(bytes.NewReader(w.Body.Bytes()))
	var err error
	switch w.Header().Get("Content-Encoding") {
	case "gzip":
		body, err = gzip.NewReader(body)
	case "zstd":
		body, err = zstd.NewReader(body, zstd.WithDecoderConcurrency(1))
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSecondRequestWithCodingCompressesCachedResponse(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	want := f.request(t, "GET", pageQuery).Body.String()
	for i, step := range []struct {
		method, acceptEncoding, accept, coding string
		compressions                           int64 // so far
	}{
		{"GET", "gzip", "", "", 0},
		{"GET", "", "", "", 0},
		{"GET", "identity", "", "", 0},
		{"GET", browserEncodings, "", "", 0},
		{"GET", "gzip", "", "gzip", 1},
		{"POST", "gzip", "application/graphql-response+json", "gzip", 1},
		{"GET", browserEncodings, "", "zstd", 2},
		{"HEAD", browserEncodings, "", "zstd", 2},
		{"POST", "zstd;q=0.5, gzip;q=0.4", "", "zstd", 2},
		{"GET", "zstd;q=0.4, gzip;q=0.5", "", "gzip", 2},
		{"GET", "zstd;q=0.4, identity;q=0.5", "", "", 2},
		{"GET", "gzip;q=0", "", "", 2},
		{"GET", "gzip, identity;q=0", "", "gzip", 2},
		{"GET", "br", "", "", 2},
		{"GET", "*", "", "", 2},
	} {
		w := f.request(t, step.method, pageQuery, "Accept-Encoding", step.acceptEncoding, "Accept", step.accept)
		if got := w.Header().Get("Content-Encoding"); w.Code != 200 || got != step.coding || f.counter.compressions.Load() != step.compressions {
			t.Errorf("%d: %d, coding %q, %d compressions; want %q, %d", i, w.Code, got, f.counter.compressions.Load(), step.coding, step.compressions)
		}
		if step.accept != "" && !strings.HasPrefix(w.Header().Get("Content-Type"), step.accept) {
			t.Errorf("%d: Content-Type is %q", i, w.Header().Get("Content-Type"))
		}
		if got := strings.Join(w.Header()["Vary"], "; "); got != "Accept, X-GraphQL-Extensions; Accept-Encoding" {
			t.Errorf("%d: Vary: %s", i, got)
		}
		if step.method == "HEAD" {
			if w.Body.Len() != 0 || w.Header().Get("Content-Length") == "" {
				t.Errorf("HEAD: %v, %d bytes", w.Header(), w.Body.Len())
			}
		} else if decoded(t, w) != want || w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
			t.Errorf("%d: the body differs, or its length: %v", i, w.Header())
		}
	}
}

func TestSomeResponsesAreNotCompressedByResponseCache(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	for name, c := range map[string]struct {
		query   string
		headers []string
	}{
		"short":              {`{avatarGroups(first:1){nodes{name}}}`, nil},
		"cost extension":     {pageQuery, []string{"X-GraphQL-Extensions", "cost"}},
		"upstream extension": {pageQuery, []string{"X-GraphQL-Extensions", "upstream"}},
		"errors":             {`{avatarGroups(first:50){nodes{id name}} avatarGroup(id:"a/b"){name}}`, nil},
		"rejected":           {`{nothing}`, nil},
	} {
		for range 3 {
			w := f.request(t, "GET", c.query, append(c.headers, "Accept-Encoding", "gzip")...)
			if w.Header().Get("Content-Encoding") != "" || f.counter.compressions.Load() != 0 {
				t.Errorf("%s: %v, %d compressions", name, w.Header(), f.counter.compressions.Load())
			}
		}
	}
}

func TestCachedResponseIsNotCompressedIfDisabled(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	f.Handler = graph.NewHandler(graph.Options{HeyGen: f.counter})
	for range 3 {
		if w := f.request(t, "GET", pageQuery, "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" || len(w.Header()["Vary"]) != 1 {
			t.Error(w.Header())
		}
	}
}

func TestConcurrentRequestsCompressOnceForEachCoding(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	want := f.request(t, "POST", pageQuery).Body.String()
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			w := f.request(t, "GET", pageQuery, "Accept-Encoding", []string{"gzip", "zstd"}[i%2])
			if w.Code != 200 || decoded(t, w) != want {
				t.Errorf("%d, %d bytes", w.Code, w.Body.Len())
			}
		})
	}
	wg.Wait()
	if n := f.counter.compressions.Load(); n != 2 {
		t.Errorf("%d compressions, want one for each coding", n)
	}
}

func TestCompressedBytesCountTowardsCacheSize(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	f.request(t, "POST", pageQuery)
	size := f.Size()
	for _, coding := range []string{"gzip", "zstd"} {
		f.request(t, "GET", pageQuery, "Accept-Encoding", coding)
		if f.Size() != size {
			t.Errorf("%s, first request: %d bytes more", coding, f.Size()-size)
		}
		for range 3 {
			w := f.request(t, "GET", pageQuery, "Accept-Encoding", coding)
			// The allocator rounds up.
			if grown, length := f.Size()-size, int64(w.Body.Len()); grown < length || grown > length*5/4 {
				t.Errorf("%s: %d bytes more, for a body of %d", coding, grown, length)
			}
		}
		size = f.Size()
	}
}

func (f *encodedFixture) Size() int64 { return f.cachedClient.Size() }

// A replaced response takes its compressed bytes with it.
func TestCompressedBytesAreDroppedWithTheirResponse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newEncodedFixture(t, sandbox.Options{})
		f.request(t, "POST", pageQuery)
		size := f.Size()
		for range 2 {
			f.request(t, "GET", pageQuery, "Accept-Encoding", "gzip")
		}
		g := f.Groups()[0]
		f.RemoveGroups(g.ID)
		g.Name = "Another name"
		f.AddGroups(g)
		<-time.After(time.Minute)
		f.request(t, "POST", pageQuery) // stale, refreshed in the background
		synctest.Wait()
		for i, coding := range []string{"", "", "gzip"} { // executed, then the second request
			w := f.request(t, "GET", pageQuery, "Accept-Encoding", "gzip")
			if w.Header().Get("Content-Encoding") != coding && i != 1 {
				t.Errorf("%d: %v", i, w.Header())
			}
			if !strings.Contains(decoded(t, w), "Another name") {
				t.Errorf("%d: the response is the replaced one", i)
			}
			if i == 0 && f.Size()-size > 200 {
				t.Errorf("%d bytes more than before anything was compressed", f.Size()-size)
			}
		}
		f.Close()
	})
}

func TestCompressedBytesStayWithinCacheBytes(t *testing.T) {
	const maxBytes = 1 << 20
	caching := cacheOptions()
	caching.MaxBytes = maxBytes
	f := &encodedFixture{api: buildAPI(t, sandbox.Options{}, caching)}
	f.counter = &compressionCounter{Client: f.cachedClient}
	f.Handler = graph.NewHandler(graph.Options{HeyGen: f.counter, Compress: true})
	for i := range 100 {
		for range 3 {
			f.request(t, "GET", strings.ReplaceAll(pageQuery, "name", fmt.Sprintf("name%d:name", i)), "Accept-Encoding", "gzip")
			if size := f.Size(); size > maxBytes {
				t.Fatalf("%d bytes after %d responses", size, i)
			}
		}
	}
	if f.counter.compressions.Load() == 0 {
		t.Error("nothing was compressed")
	}
}
