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

// file is a picture or a sample of a voice.
type file struct {
	contentType string
	signed      bool // it is served only to those whose URL has a signature
	content     []byte
}

// place is where files of one kind are: each at the path of its prefix, an id, and its suffix.
type place struct{ prefix, suffix string }

var (
	groupPictures = place{"/portraits/", ".svg"}
	groupFilms    = place{"/previews/", ".svg"}
	lookPictures  = place{"/looks/", ".svg"}
	lookFilms     = place{"/look-previews/", ".svg"}
	voiceSamples  = place{"/samples/", ".wav"}
)

func pathOf(p place, id string) string { return p.prefix + url.PathEscape(id) + p.suffix }

// files says how to open them. Like HeyGen's they need no key. Each is there for what is in the list now.
var files = []struct {
	place
	open func(s *Sandbox, id string) (file, bool)
}{
	{groupPictures, func(s *Sandbox, id string) (file, bool) { return s.portraitOfGroup(id, false) }},
	{groupFilms, func(s *Sandbox, id string) (file, bool) { return s.portraitOfGroup(id, true) }},
	{lookPictures, func(s *Sandbox, id string) (file, bool) { return s.portraitOfLook(id, false) }},
	{lookFilms, func(s *Sandbox, id string) (file, bool) { return s.portraitOfLook(id, true) }},
	{voiceSamples, (*Sandbox).sampleOfVoice},
}

// serveFile answers requests for files, and tells whether r was one.
func (s *Sandbox) serveFile(w http.ResponseWriter, r *http.Request) bool {
	for _, f := range files {
		name, ok := strings.CutPrefix(r.URL.EscapedPath(), f.prefix)
		if !ok {
			continue
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return true
		}
		escaped, whole := strings.CutSuffix(name, f.suffix)
		id, err := url.PathUnescape(escaped)
		found, ok := f.open(s, id)
		if !whole || err != nil || !ok {
			http.Error(w, "there is no such file", http.StatusNotFound)
			return true
		}
		found.send(w, r)
		return true
	}
	return false
}

func (f file) send(w http.ResponseWriter, r *http.Request) {
	keep := time.Hour // no longer: Add changes a picture by another name or gender
	if f.signed {
		life, ok := signed(r, time.Now())
		if !ok {
			http.Error(w, "the signature is missing, wrong or expired", http.StatusForbidden)
			return
		}
		keep = min(keep, life)
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", int(keep.Seconds())))
	// Opened as a page of its own, an SVG can run scripts. These have none, and none that a name might smuggle in would run. A
	// sample becomes a page with a player, which must be let load it.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // a front end on another origin may show it
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.content))
}

// portraitOfGroup draws a group, whether or not it says that it has a preview.
func (s *Sandbox) portraitOfGroup(id string, moving bool) (file, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := s.groups.find(id)
	if !ok {
		return file{}, false
	}
	g := &e.thing
	sitter := portrait.Sitter{ID: g.ID, Name: g.Name, Gender: text(g.Gender)}
	return file{"image/svg+xml", g.AvatarType == PhotoAvatar, portrait.Draw(sitter, moving)}, true
}

// portraitOfLook draws the one who is on the portrait of the look's group.
func (s *Sandbox) portraitOfLook(id string, moving bool) (file, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := s.looks.find(id)
	if !ok {
		return file{}, false
	}
	l := s.lookNow(e, time.Now())
	sitter := portrait.Sitter{ID: l.ID, Name: l.Name, Gender: text(l.Gender), Look: l.ID}
	if l.GroupID != nil {
		sitter.ID = *l.GroupID
		if g, ok := s.groups.find(*l.GroupID); ok {
			sitter.Gender = text(g.thing.Gender)
		}
	}
	if l.ImageWidth != nil && l.ImageHeight != nil {
		sitter.Width, sitter.Height = *l.ImageWidth, *l.ImageHeight
	}
	return file{"image/svg+xml", l.AvatarType == PhotoAvatar, portrait.Draw(sitter, moving)}, true
}

// sampleOfVoice plays a voice that says that it has a sample here.
func (s *Sandbox) sampleOfVoice(id string) (file, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := s.voices.find(id)
	if !ok || text(s.voiceNow(e, time.Now()).PreviewAudioURL) != pathOf(voiceSamples, id) {
		return file{}, false
	}
	return file{"audio/wav", false, tone.Play(id, e.thing.Gender)}, true
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
