package representation_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/klauspost/compress/zstd"

	"heygen-graphql/internal/representation"
)

func serve(h http.Handler, method string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func newStatic(body string, opened *atomic.Int64) http.Handler {
	return representation.NewStatic("text/plain; charset=utf-8", "no-cache", int64(len(body)), func() io.ReadSeeker {
		opened.Add(1)
		return strings.NewReader(body)
	})
}

func TestStaticCompressesAndHashesOnce(t *testing.T) {
	body := strings.Repeat("line\n", 1000)
	var opened atomic.Int64
	h := newStatic(body, &opened)
	for range 5 {
		w := serve(h, "GET", "Accept-Encoding", "gzip, zstd")
		z, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(z); string(got) != body || w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%v, %d bytes", w.Header(), len(got))
		}
	}
	if n := opened.Load(); n != 5+2 { // each request opens the body; once more to hash and to compress
		t.Errorf("opened %d times", n)
	}
}

func TestStaticServesHEADRangesAndConditions(t *testing.T) {
	long, short := strings.Repeat("line\n", 1000), "short"
	for _, body := range []string{long, short} {
		for _, coding := range []string{"identity", "gzip"} {
			var opened atomic.Int64
			h := newStatic(body, &opened)
			get, head := serve(h, "GET", "Accept-Encoding", coding), serve(h, "HEAD", "Accept-Encoding", coding)
			if head.Body.Len() > 0 || head.Code != 200 || head.Header().Get("Content-Length") != strconv.Itoa(get.Body.Len()) || head.Header().Get("ETag") != get.Header().Get("ETag") {
				t.Errorf("%s: HEAD %d %v, GET %v", coding, head.Code, head.Header(), get.Header())
			}
			if w := serve(h, "GET", "Accept-Encoding", coding, "If-None-Match", get.Header().Get("ETag")); w.Code != 304 || w.Header().Get("Content-Length") != "" || w.Header().Get("Cache-Control") != "no-cache" {
				t.Errorf("%s: %d %v", coding, w.Code, w.Header())
			}
			if w := serve(h, "GET", "Accept-Encoding", coding, "If-Match", `"another"`); w.Code != 412 || w.Header().Get("Content-Length") != "" || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d %v", coding, w.Code, w.Header())
			}
			if w := serve(h, "GET", "Accept-Encoding", coding, "Range", "bytes=1-3"); w.Code != 206 || w.Body.String() != get.Body.String()[1:4] || w.Header().Get("Content-Length") != "3" {
				t.Errorf("%s: %d %v", coding, w.Code, w.Header())
			}
			if w := serve(h, "GET", "Accept-Encoding", coding, "Range", "bytes=9000-"); w.Code != 416 || w.Header().Get("Content-Encoding") != "" {
				t.Errorf("%s: %d %v", coding, w.Code, w.Header())
			}
			if w := serve(h, "POST"); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("POST: %d %v", w.Code, w.Header())
			}
		}
	}
}

func TestEncodeReturnsBodyInCodingWithoutSpareCapacity(t *testing.T) {
	parts := [][]byte{[]byte(`{"data":`), bytes.Repeat([]byte("abcdefgh"), 10_000), []byte(`}`)}
	want := string(bytes.Join(parts, nil))
	for range 2 { // with a new encoder, and with a used one
		for _, coding := range []string{"gzip", "zstd"} {
			encoded := representation.Encode(coding, parts...)
			var r io.Reader
			var err error
			if coding == "gzip" {
				r, err = gzip.NewReader(bytes.NewReader(encoded))
			} else {
				r, err = zstd.NewReader(bytes.NewReader(encoded), zstd.WithDecoderConcurrency(1))
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || string(got) != want || cap(encoded) > len(encoded)*5/4+8 || len(encoded) > len(want)/20 {
				t.Errorf("%s: %d bytes, length %d, capacity %d, error %v", coding, len(got), len(encoded), cap(encoded), err)
			}
		}
	}
}
