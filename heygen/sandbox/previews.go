package sandbox

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-graphql/heygen/sandbox/internal/portrait"
	"heygen-graphql/heygen/sandbox/internal/tone"
)

// previewFile is a picture, or a sample of a voice.
type previewFile struct {
	contentType string
	signed      bool // served only with a signed URL
	content     []byte
}

// pathPattern is the path of one kind of file: prefix, id, suffix.
type pathPattern struct{ prefix, suffix string }

var (
	groupImages  = pathPattern{"/portraits/", ".svg"}
	groupVideos  = pathPattern{"/previews/", ".svg"}
	lookImages   = pathPattern{"/looks/", ".svg"}
	lookVideos   = pathPattern{"/look-previews/", ".svg"}
	voiceSamples = pathPattern{"/samples/", ".wav"}
)

func previewPath(p pathPattern, id string) string { return p.prefix + url.PathEscape(id) + p.suffix }

// previewRoutes lists the handlers of all files. Like HeyGen's, files need no key. Each belongs to a resource in the current
// collection.
var previewRoutes = []struct {
	pathPattern
	load func(s *Sandbox, id string) (previewFile, bool)
}{
	{groupImages, func(s *Sandbox, id string) (previewFile, bool) { return s.groupPortrait(id, false) }},
	{groupVideos, func(s *Sandbox, id string) (previewFile, bool) { return s.groupPortrait(id, true) }},
	{lookImages, func(s *Sandbox, id string) (previewFile, bool) { return s.lookPortrait(id, false) }},
	{lookVideos, func(s *Sandbox, id string) (previewFile, bool) { return s.lookPortrait(id, true) }},
	{voiceSamples, (*Sandbox).voiceSample},
}

// servePreview handles requests for files. It reports whether r was one.
func (s *Sandbox) servePreview(w http.ResponseWriter, r *http.Request) bool {
	for _, f := range previewRoutes {
		name, ok := strings.CutPrefix(r.URL.EscapedPath(), f.prefix)
		if !ok {
			continue
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return true
		}
		escaped, hasSuffix := strings.CutSuffix(name, f.suffix)
		id, err := url.PathUnescape(escaped)
		found, ok := f.load(s, id)
		if !hasSuffix || err != nil || !ok {
			http.Error(w, "there is no such file", http.StatusNotFound)
			return true
		}
		found.serve(w, r)
		return true
	}
	return false
}

func (f previewFile) serve(w http.ResponseWriter, r *http.Request) {
	maxAge := time.Hour // no longer: Add changes a picture with its name or gender
	if f.signed {
		remaining, ok := verifySignature(r, time.Now())
		if !ok {
			http.Error(w, "the signature is missing, wrong or expired", http.StatusForbidden)
			return
		}
		maxAge = min(maxAge, remaining)
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", int(maxAge.Seconds())))
	// Opened as a page of its own, an SVG can run scripts. These contain none, and the policy blocks any that a name might
	// inject. A sample opens in a player page, which must be allowed to load it.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // a front end on another origin may embed it
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.content))
}

// groupPortrait draws a group, whether or not it has a preview.
func (s *Sandbox) groupPortrait(id string, moving bool) (previewFile, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := s.groups.find(id)
	if !ok {
		return previewFile{}, false
	}
	g := &e.value
	subject := portrait.Subject{ID: g.ID, Name: g.Name, Gender: deref(g.Gender)}
	return previewFile{"image/svg+xml", g.AvatarType == PhotoAvatar, portrait.Draw(subject, moving)}, true
}

// lookPortrait draws the person on the portrait of the look's group.
func (s *Sandbox) lookPortrait(id string, moving bool) (previewFile, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := s.looks.find(id)
	if !ok {
		return previewFile{}, false
	}
	l := s.lookAt(e, time.Now())
	subject := portrait.Subject{ID: l.ID, Name: l.Name, Gender: deref(l.Gender), Look: l.ID}
	if l.GroupID != nil {
		subject.ID = *l.GroupID
		if g, ok := s.groups.find(*l.GroupID); ok {
			subject.Gender = deref(g.value.Gender)
		}
	}
	if l.ImageWidth != nil && l.ImageHeight != nil {
		subject.Width, subject.Height = *l.ImageWidth, *l.ImageHeight
	}
	return previewFile{"image/svg+xml", l.AvatarType == PhotoAvatar, portrait.Draw(subject, moving)}, true
}

// voiceSample synthesizes the sample of a voice whose preview URL is served here.
func (s *Sandbox) voiceSample(id string) (previewFile, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := s.voices.find(id)
	if !ok || deref(s.voiceAt(e, time.Now()).PreviewAudioURL) != previewPath(voiceSamples, id) {
		return previewFile{}, false
	}
	return previewFile{"audio/wav", false, tone.Synthesize(id, e.value.Gender)}, true
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
