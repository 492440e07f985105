package responsecache

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"heygen-graphql/internal/cache"
)

// Provenance records the upstream responses that a response was computed from: how
// old the oldest is, who may see it, for how long it is fresh, and which upstream
// endpoints were used. The zero value is empty. It is safe for concurrent use.
type Provenance struct {
	mu          sync.Mutex
	any         bool // an upstream response was used
	oldest      time.Time
	freshUntil  time.Time // when the first of them becomes stale
	private     bool
	entries     []cache.Dependency
	uncacheable bool // one of them is not cached, or failed
	lookups     []LookupCount
}

// LookupCount counts the lookups of one endpoint that ended alike.
type LookupCount struct {
	Endpoint string // such as "GET /v3/avatars"
	Result   cache.Result
	Count    int
}

// Add records a lookup. It is an observer for [cache.WithObserver].
func (p *Provenance) Add(lookup cache.Info) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.countLookup(lookup.Endpoint, lookup.Result, 1)
	if lookup.Failed {
		p.uncacheable = true
		return
	}
	p.entries = append(p.entries, lookup.Entry)
	p.uncacheable = p.uncacheable || lookup.Entry == nil
	if !p.any || lookup.StoredAt.Before(p.oldest) {
		p.oldest = lookup.StoredAt
	}
	if !p.any || lookup.FreshUntil.Before(p.freshUntil) {
		p.freshUntil = lookup.FreshUntil
	}
	p.private = p.private || !lookup.Public
	p.any = true
}

// DependOn makes the response invalid as soon as d is.
func (p *Provenance) DependOn(d cache.Dependency) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entries = append(p.entries, d)
}

// countLookup counts lookups. p.mu is held.
func (p *Provenance) countLookup(endpoint string, result cache.Result, count int) {
	for i := range p.lookups { // a few at most
		if u := &p.lookups[i]; u.Result == result && u.Endpoint == endpoint {
			u.Count += count
			return
		}
	}
	p.lookups = append(p.lookups, LookupCount{endpoint, result, count})
}

// snapshot returns an immutable copy.
func (p *Provenance) snapshot() *Provenance {
	p.mu.Lock()
	defer p.mu.Unlock()
	return &Provenance{
		any: p.any, oldest: p.oldest, freshUntil: p.freshUntil, private: p.private,
		entries: slices.Clone(p.entries), uncacheable: p.uncacheable, lookups: slices.Clone(p.lookups),
	}
}

// copyFrom makes p that of a response which was cached, or shared with other callers
// in flight, as result says.
func (p *Provenance) copyFrom(snapshot *Provenance, result cache.Result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.any, p.oldest, p.freshUntil, p.private = snapshot.any, snapshot.oldest, snapshot.freshUntil, snapshot.private
	p.lookups = nil
	for _, u := range snapshot.lookups {
		if u.Result == cache.Miss || result == cache.Hit && u.Result != cache.Skipped {
			u.Result = result // the other results say more than that another caller waited
		}
		p.countLookup(u.Endpoint, u.Result, u.Count)
	}
}

// SetHeaders sets Age, and Cache-Control if the response may be stored: publicly if
// every tenant sees the same, else in the caller's browser only. A response that is not
// fresh, or needed no upstream response, is stored to be revalidated. complete means
// that it is the response to a GET or HEAD without errors and extensions. credentialed
// means that it depends on the credentials of the request.
func (p *Provenance) SetHeaders(h http.Header, complete, credentialed bool, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	age := 0
	if p.any {
		age = int(now.Sub(p.oldest) / time.Second)
		h.Set("Age", strconv.Itoa(age))
	}
	if !complete {
		return
	}
	visibility := "public"
	if p.private || credentialed {
		visibility = "private"
	}
	directive := "no-cache"
	if remaining := int(p.freshUntil.Sub(now) / time.Second); p.any && remaining > 0 {
		// A cache subtracts Age from max-age: what remains is as long as the response is fresh here.
		directive = "max-age=" + strconv.Itoa(age+remaining)
	}
	h.Set("Cache-Control", visibility+", "+directive)
}

// Lookups returns the lookups recorded so far.
func (p *Provenance) Lookups() []LookupCount {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.lookups) // if the client disconnected, calls may still end
}

// Extension returns extensions.upstream: the number of lookups for each endpoint and
// result.
func (p *Provenance) Extension() map[string]map[cache.Result]int {
	upstream := map[string]map[cache.Result]int{}
	for _, u := range p.Lookups() {
		if upstream[u.Endpoint] == nil {
			upstream[u.Endpoint] = map[cache.Result]int{}
		}
		upstream[u.Endpoint][u.Result] = u.Count
	}
	return upstream
}
