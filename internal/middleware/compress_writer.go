package middleware

import (
	"net/http"
	"strconv"
	"strings"

	"heygen-graphql/internal/representation"
)

// compressWriter sits between a handler and gzhttp's writer. When the header is
// complete, it selects that writer or the uncompressed one below it, and adjusts
// the ETag.
type compressWriter struct {
	http.ResponseWriter // compresses, until uncompressed replaces it
	uncompressed        http.ResponseWriter
	encoders            chan struct{} // semaphore: an element for each compressed response
	requestHeader       http.Header
	headCoding          string // coding of the response to GET, if the request is HEAD
	selected, acquired  bool
}

// WriteHeader implements [http.ResponseWriter].
func (w *compressWriter) WriteHeader(status int) {
	if status >= http.StatusOK { // not informational
		w.selectWriter(status)
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements [http.ResponseWriter].
func (w *compressWriter) Write(p []byte) (int, error) {
	w.selectWriter(http.StatusOK)
	return w.ResponseWriter.Write(p)
}

// Flush implements [http.Flusher].
func (w *compressWriter) Flush() { _ = w.FlushError() }

// FlushError is Flush for [http.ResponseController].
func (w *compressWriter) FlushError() error {
	w.selectWriter(http.StatusOK)
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap lets an [http.ResponseController] hijack and set deadlines.
func (w *compressWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *compressWriter) selectWriter(status int) {
	if w.selected {
		return
	}
	w.selected = true
	h := w.Header()
	etag := h.Get("ETag")
	switch {
	case w.headCoding != "" && w.shouldCompress(status):
		w.describeEncoded(h)
		w.ResponseWriter = discardWriter{w.uncompressed}
		return
	case w.headCoding == "" && w.shouldCompress(status) && w.acquireEncoder():
		weakenETag(h)
		return
	case status == http.StatusNotModified && strings.HasPrefix(etag, `"`) && representation.ListsETag(w.requestHeader, "W/"+etag):
		// A cache looks up the stored response that this 304 revalidates by exactly this ETag.
		h.Set("ETag", "W/"+etag)
	}
	w.ResponseWriter = w.uncompressed
}

func weakenETag(h http.Header) {
	if etag := h.Get("ETag"); strings.HasPrefix(etag, `"`) {
		h.Set("ETag", "W/"+etag)
	}
}

// describeEncoded sets the headers of the compressed response to GET on the response to
// HEAD. The length of that is not known. If the handler declares none, not even
// whether the body is long enough to be compressed.
func (w *compressWriter) describeEncoded(h http.Header) {
	if h.Get("Content-Length") == "" {
		return
	}
	weakenETag(h)
	h.Set("Content-Encoding", w.headCoding)
	h.Del("Content-Length")
	h.Del("Accept-Ranges")
}

// discardWriter discards the body of a response to HEAD: net/http would set the
// Content-Length of a short one.
type discardWriter struct{ http.ResponseWriter }

func (discardWriter) Write(p []byte) (int, error) { return len(p), nil }

// Unwrap is for [http.ResponseController].
func (w discardWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// shouldCompress decides by status and header alone. Without a Content-Type
// gzhttp sniffs it from the body, and without a Content-Length it measures the
// body.
func (w *compressWriter) shouldCompress(status int) bool {
	h := w.Header()
	contentType, length := h.Get("Content-Type"), h.Get("Content-Length")
	n, err := strconv.Atoi(length)
	return status != http.StatusPartialContent && status != http.StatusNotModified && h.Get("Content-Encoding") == "" &&
		(contentType == "" || isCompressible(contentType)) && (length == "" || err == nil && n >= representation.MinEncodedSize)
}

// acquireEncoder reports whether the response may have an encoder. It does not
// wait for one.
func (w *compressWriter) acquireEncoder() bool {
	select {
	case w.encoders <- struct{}{}:
		w.acquired = true
	default:
	}
	return w.acquired
}

func (w *compressWriter) releaseEncoder() {
	if w.acquired {
		<-w.encoders
	}
}
