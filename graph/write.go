package graph

import (
	"cmp"
	"net/http"
	"time"

	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/responsecache"
	"heygen-graphql/internal/representation"
)

var noStore = []string{"no-store"} // shared by all responses, at full capacity

// setVary names the request headers that the response depends on.
func (h *handler) setVary(header http.Header) {
	const always = "Accept, " + extensionsHeader
	if h.requiresCredentials() { // otherwise a browser would serve one user the cached response of another
		header.Add("Vary", always+", Authorization, X-Api-Key")
	} else {
		header.Add("Vary", always)
	}
	if h.Compress {
		representation.AddVary(header, "Accept-Encoding")
	}
}

// negotiateCoding returns the content coding that a cached response may have, or "".
func (h *handler) negotiateCoding(r *http.Request) string {
	if !h.Compress {
		return ""
	}
	return representation.NegotiateEncoding(r.Header)
}

// write writes a response: 304 if If-None-Match lists its entity tag, else the cached body
// in a content coding, else the body. It changes served to what it has written.
func (h *handler) write(w http.ResponseWriter, r *http.Request, mediaType string, served *result, provenance *responsecache.Provenance) {
	safe := r.Method == http.MethodGet || r.Method == http.MethodHead
	complete := safe && served.Status == http.StatusOK && len(served.GraphQL.Errors) == 0 && len(served.GraphQL.Extensions) == 0
	var etag string
	if complete {
		etag = served.ETag()
	}
	notModified := complete && representation.MatchesETag(r.Header, etag)
	size := int64(len(served.GraphQL.Data))
	if served.Encoded != nil {
		size = int64(len(served.Encoded))
	}
	switch {
	case notModified:
	case h.responseBytes.TryAcquire(size):
		defer h.responseBytes.Release(size)
	default:
		rejected := h.overloaded(w, "clients read their large responses slowly")
		rejected.Operation, rejected.Cost = served.Operation, served.Cost // it was executed
		rejected.documentID, rejected.documentHash = served.documentID, served.documentHash
		*served, complete, provenance = rejected, false, &responsecache.Provenance{}
	}
	provenance.SetHeaders(w.Header(), complete, h.requiresCredentials(), time.Now())
	if complete {
		w.Header()["Etag"] = []string{etag}
	}
	if r.Method == http.MethodHead {
		w = headWriter{w}
	}
	mediaType = cmp.Or(mediaType, httptransport.MediaTypeJSON)
	switch {
	case notModified:
		served.Status = http.StatusNotModified
		w.WriteHeader(served.Status)
	case served.Encoded != nil:
		served.GraphQL.Data = nil // as in httptransport.Write
		httptransport.WriteEncoded(w, mediaType, served.coding, served.Encoded)
	default:
		httptransport.Write(w, mediaType, served.Status, served.GraphQL)
	}
}

// headWriter discards the body: the response to HEAD is the header of the one to GET.
type headWriter struct{ http.ResponseWriter }

func (headWriter) Write(p []byte) (int, error) { return len(p), nil }
