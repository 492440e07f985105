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

// A client that does not read holds the encoder of its answer.
func TestOnly64AnswersAreCompressedAtOnce(t *testing.T) {
	var reading sync.WaitGroup
	stopped, release := make(chan struct{}), make(chan struct{})
	h := middleware.Compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", `"abc"`)
		_, _ = io.WriteString(w, page())
		if r.URL.Path == "/slow" {
			stopped <- struct{}{}
			<-release
		}
	}))
	ask := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for range 64 {
		if w := ask("/"); w.Header().Get("Content-Encoding") != "gzip" {
			t.Fatalf("with room: %v", w.Header())
		}
		reading.Go(func() { ask("/slow") })
		<-stopped
	}
	w := ask("/")
	if w.Header().Get("Content-Encoding") != "" || w.Body.String() != page() || w.Header().Get("ETag") != `"abc"` || w.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("without room: %v, %d bytes", w.Header(), w.Body.Len())
	}
	close(release)
	reading.Wait()
	for range 65 { // each makes room again
		if w := ask("/"); w.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("with room again: %v", w.Header())
		}
	}
}

func TestAnEncoderTakesLessThanAMegabyte(t *testing.T) {
	text := bytes.Repeat([]byte(page()), 10)
	for name, start := range map[string]func() io.WriteCloser{
		"gzip": func() io.WriteCloser { return gzkp.NewWriter(io.Discard, 1) },
		"zstd": func() io.WriteCloser { return zstdkp.NewWriter(io.Discard, 1) },
	} {
		var before, after runtime.MemStats
		encoders := make([]io.WriteCloser, 32)
		for range 3 { // a pool lets go at the second
			runtime.GC()
		}
		runtime.ReadMemStats(&before)
		for i := range encoders {
			encoders[i] = start()
			if _, err := encoders[i].Write(text); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		each := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / int64(len(encoders))
		t.Logf("%s: %d KB", name, each>>10)
		if each > 1<<20 {
			t.Errorf("%s: %d KB", name, each>>10)
		}
		for _, e := range encoders {
			e.Close()
		}
	}
}

// BenchmarkCompress measures what a 40 KB answer costs by each coding and level,
// and how long it then is; and the same through the middleware.
func BenchmarkCompress(b *testing.B) {
	text := []byte(page())
	encode := func(name string, start func(io.Writer) io.WriteCloser) {
		b.Run(name, func(b *testing.B) {
			var out bytes.Buffer
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				w := start(&out)
				_, _ = w.Write(text)
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
		_, _ = w.Write(text)
	}))
	for _, coding := range []string{"identity", "gzip", "zstd"} {
		b.Run("answer-"+coding, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", coding)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(sink{http.Header{}}, r)
			}
		})
	}
}

// sink forgets an answer.
type sink struct{ header http.Header }

func (s sink) Header() http.Header       { return s.header }
func (sink) Write(p []byte) (int, error) { return len(p), nil }
func (sink) WriteHeader(int)             {}
