package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Sandbox is an in-memory HeyGen. Its methods may be called by several goroutines at once.
type Sandbox struct {
	options Options
	log     callLog
	dealer  dealer

	started time.Time

	mu        sync.RWMutex
	publicURL string
	keys      []string
	groups    collection[Group]
	looks     collection[Look]
	voices    collection[Voice]
	servers   []*memoryServer
}

// New makes a sandbox with the whole catalogue in it. It panics if the options name a fault that is none of [AllFaults].
// Only a sandbox whose [Sandbox.Transport] was used needs [Sandbox.Close].
func New(options Options) *Sandbox {
	mustKnow(options.Faults)
	options.Faults = slices.Clone(options.Faults)
	s := &Sandbox{options: options, started: time.Now()}
	s.groups.catalogue, s.looks.catalogue, s.voices.catalogue = catalogueGroups, catalogueLooks, catalogueVoices
	s.dealer.init(options)
	s.SetPublicURL(options.PublicURL)
	s.SetKeys(options.Keys...)
	return s
}

// SetPublicURL replaces Options.PublicURL, for a server that knows its port only once it listens.
func (s *Sandbox) SetPublicURL(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.publicURL = strings.TrimSuffix(base, "/")
}

// base is what goes before a path to make it a URL that the sender of r can open.
func (s *Sandbox) base(r *http.Request) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.publicURL == "" {
		return "http://" + r.Host
	}
	return s.publicURL
}

// ServeHTTP answers an API call, or a request for a picture or a sample of a voice. Like any handler that cuts a connection, it panics with
// http.ErrAbortHandler to do so; it does that only for a fault that says so, and for a caller that has gone.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.serveFile(w, r) {
		return
	}
	entry := s.log.begin(r)
	defer s.log.end()

	fault, wait := s.dealer.deal()
	if pause(r.Context(), wait) != nil {
		panic(http.ErrAbortHandler)
	}
	watched := &statusWriter{ResponseWriter: w}
	lookUp(fault)(s, watched, r)
	s.log.finish(entry, watched.status)
}
