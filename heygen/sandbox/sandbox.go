package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"heygen-graphql/heygen/sandbox/internal/webhooks"
)

// Sandbox is an in-memory HeyGen. It is safe for concurrent use.
type Sandbox struct {
	options  Options
	log      callLog
	injector faultInjector

	started time.Time
	hooks   *webhooks.Registry

	mu        sync.RWMutex
	lookSet   int // the number of times that short-lived looks were replaced
	publicURL string
	keys      []string
	groups    collection[Group]
	looks     lookCollection
	voices    collection[Voice]
	servers   []*pipeServer
}

// New returns a sandbox with the whole catalogue. It panics if the options contain a fault that is not in [AllFaults], or a
// GroupCount that is out of range.
// Only a sandbox whose [Sandbox.Transport] was used, or that has webhook endpoints, needs [Sandbox.Close].
func New(options Options) *Sandbox {
	mustBeKnown(options.Faults)
	if options.GroupCount < 0 || options.GroupCount > MaxGroupCount {
		panic("sandbox: GroupCount is out of range")
	}
	options.Faults = slices.Clone(options.Faults)
	s := &Sandbox{options: options, started: time.Now()}
	s.groups.catalogue, s.looks.catalogue, s.voices.catalogue = catalogueGroups, catalogueLooks, catalogueVoices
	if options.GroupCount > 0 {
		s.useGroupCount(options.GroupCount)
	}
	s.injector.init(options)
	s.hooks = webhooks.New(s.webhookOptions())
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

// baseURL returns the prefix that makes a path a URL that the sender of r can open.
func (s *Sandbox) baseURL(r *http.Request) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.publicURL == "" {
		return "http://" + r.Host
	}
	return s.publicURL
}

// serverName is sent with each response of the API. With Date, Content-Type and Content-Length it is all of the header, as of
// HeyGen's: no request id, no ETag, no Cache-Control. Only the statuses 302, 405 and 429 have another field.
const serverName = "sandbox"

// ServeHTTP handles API calls, and requests for pictures and samples of voices. Like any handler that aborts a connection,
// it panics with http.ErrAbortHandler to do so; it does that only for a fault documented to, and for a client that has
// disconnected.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.servePreview(w, r) {
		return
	}
	w.Header().Set("Server", serverName)
	s.replaceShortLivedLooks(time.Now())
	call := s.log.start(r)
	defer s.log.done()

	fault, wait := s.injector.next()
	if sleep(r.Context(), wait) != nil {
		panic(http.ErrAbortHandler)
	}
	recorder := &statusRecorder{ResponseWriter: w}
	handlerFor(fault)(s, recorder, r)
	s.log.setStatus(call, recorder.status)
}
