package sandbox

import (
	"net/http"
	"net/url"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/portrait"
)

// servePicture answers requests below /portraits/ and /previews/, and tells whether r was one. A picture needs no key, as
// HeyGen's need none, and is there for each group that is in the list now.
func (s *Sandbox) servePicture(w http.ResponseWriter, r *http.Request) bool {
	path := r.URL.EscapedPath()
	name, still := strings.CutPrefix(path, "/portraits/")
	if !still {
		var moving bool
		if name, moving = strings.CutPrefix(path, "/previews/"); !moving {
			return false
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return true
	}
	id, err := url.PathUnescape(strings.TrimSuffix(name, ".svg"))
	g, ok := s.group(id)
	if err != nil || !ok || !strings.HasSuffix(name, ".svg") {
		http.Error(w, "there is no such picture", http.StatusNotFound)
		return true
	}
	sitter := portrait.Sitter{ID: g.ID, Name: g.Name}
	if g.Gender != nil {
		sitter.Gender = *g.Gender
	}
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Cache-Control", "public, max-age=3600") // an hour: Add changes a picture by another name or gender
	// Opened as a page of its own, an SVG can run scripts. These have none, and none that a name might smuggle in would run.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // a front end on another origin may show it
	_, _ = w.Write(portrait.Draw(sitter, !still))
	return true
}
