package middleware_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"

	"github.com/klauspost/compress/gzhttp/writer/gzkp"
	"github.com/klauspost/compress/gzhttp/writer/zstdkp"

	"heygen-graphql/internal/middleware"
)

// A slow client holds the encoder of its response.
func TestCompressLimitsConcurrentEncodersTo64(t *testing.T) {
	var slow sync.WaitGroup
	blocked, release := make(chan struct{}), make(chan struct{})
	h := middleware.Compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", `"abc"`)
		_, _ = io.WriteString(w, largeJSON())
		if r.URL.Path == "/slow" {
			blocked <- struct{}{}
			<-release
		}
	}))
	get := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for range 64 {
		if w := get("/"); w.Header().Get("Content-Encoding") != "gzip" {
			t.Fatalf("with a free encoder: %v", w.Header())
		}
		slow.Go(func() { get("/slow") })
		<-blocked
	}
	w := get("/")
	if w.Header().Get("Content-Encoding") != "" || w.Body.String() != largeJSON() || w.Header().Get("ETag") != `"abc"` || w.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("without a free encoder: %v, %d bytes", w.Header(), w.Body.Len())
	}
	close(release)
	slow.Wait()
	for range 65 { // each releases its encoder
		if w := get("/"); w.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("after encoders were released: %v", w.Header())
		}
	}
}

func TestEncoderUsesLessThan1MB(t *testing.T) {
	input := bytes.Repeat([]byte(largeJSON()), 10)
	for name, newEncoder := range map[string]func() io.WriteCloser{
		"gzip": func() io.WriteCloser { return gzkp.NewWriter(io.Discard, 1) },
		"zstd": func() io.WriteCloser { return zstdkp.NewWriter(io.Discard, 1) },
	} {
		var before, after runtime.MemStats
		encoders := make([]io.WriteCloser, 32)
		for range 3 { // a sync.Pool is empty after the second
			runtime.GC()
		}
		runtime.ReadMemStats(&before)
		for i := range encoders {
			encoders[i] = newEncoder()
			if _, err := encoders[i].Write(input); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		perEncoder := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / int64(len(encoders))
		t.Logf("%s: %d KB", name, perEncoder>>10)
		if perEncoder > 1<<20 {
			t.Errorf("%s: %d KB", name, perEncoder>>10)
		}
		for _, e := range encoders {
			e.Close()
		}
	}
}

// BenchmarkCompress measures how long compressing a 40 KB response takes with
// each coding and level, and its compressed size; and the same through the
// middleware.
func BenchmarkCompress(b *testing.B) {
	input := []byte(largeJSON())
	encode := func(name string, newEncoder func(io.Writer) io.WriteCloser) {
		b.Run(name, func(b *testing.B) {
			var out bytes.Buffer
			b.SetBytes(int64(len(input)))
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				w := newEncoder(&out)
				_, _ = w.Write(input)
				w.Close()
			}
			b.ReportMetric(float64(out.Len()), "bytes")
		})
	}
	for level := 1; level <= 6; level++ {
		encode("gzip-"+string('0'+rune(level)), func(w io.Writer) io.WriteCloser { return gzkp.NewWriter(w, level) })
	}
	for level := 1; level <= 2; level++ {
		encode("zstd-"+string('0'+rune(level)), func(w io.Writer) io.WriteCloser { return zstdkp.NewWriter(w, level) })
	}
	h := middleware.Compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(input)
	}))
	for _, coding := range []string{"identity", "gzip", "zstd"} {
		b.Run("middleware-"+coding, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", coding)
			b.SetBytes(int64(len(input)))
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(discardResponse{http.Header{}}, r)
			}
		})
	}
}

// discardResponse is an http.ResponseWriter that discards the body.
type discardResponse struct{ header http.Header }

func (d discardResponse) Header() http.Header       { return d.header }
func (discardResponse) Write(p []byte) (int, error) { return len(p), nil }
func (discardResponse) WriteHeader(int)             {}
