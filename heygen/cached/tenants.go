package cached

import (
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

const (
	// mostKnown is how many credentials that HeyGen has taken are remembered. Each
	// takes some 2 KB, what is kept for it aside.
	mostKnown = 10_000
	// mostNew is how many others are. They have a place of their own: whoever sends
	// one made-up key after the other pushes out nobody but such.
	mostNew = 1_000
)

// party is one credential: what it may see, and what HeyGen makes of it. The
// credential itself is not in it.
type party struct {
	heygen   *heygen.Client // without a key
	mine     *cache.Scope
	refusals refusals
	health   *health

	refused atomic.Int64 // when HeyGen last refused the key, in nanoseconds since 1970; 0: it has taken it since

	strangers *parties // where it stands, if it came from outside; nil: it is the server's own
	hash      [sha256.Size]byte
}

// parties tells credentials apart by their hash.
type parties struct {
	open   func() *party
	secret []byte // of this process alone: the hashes say nothing elsewhere

	mu      sync.Mutex
	known   *simplelru.LRU[[sha256.Size]byte, *party]
	unknown *simplelru.LRU[[sha256.Size]byte, *party]
}

func newParties(open func() *party) *parties {
	p := &parties{open: open, secret: make([]byte, 32)}
	_, _ = rand.Read(p.secret) // it never fails
	gone := func(_ [sha256.Size]byte, one *party) { one.mine.Invalidate() }
	p.known, _ = simplelru.NewLRU(mostKnown, gone)
	p.unknown, _ = simplelru.NewLRU[[sha256.Size]byte, *party](mostNew, nil) // next to nothing is kept for those, and ends by itself
	return p
}

// of gives the party that a key stands for.
func (p *parties) of(key heygen.Key) *party {
	hash := key.Hash(p.secret)
	p.mu.Lock()
	defer p.mu.Unlock()
	if one, ok := p.known.Get(hash); ok {
		return one
	}
	if one, ok := p.unknown.Get(hash); ok {
		return one
	}
	one := p.open()
	one.strangers, one.hash = p, hash
	p.unknown.Add(hash, one)
	return one
}

// accepted remembers that HeyGen takes the party's key.
func (p *party) accepted() {
	s := p.strangers
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if one, ok := s.unknown.Peek(p.hash); ok && one == p {
		s.unknown.Remove(p.hash)
		s.known.Add(p.hash, p)
	}
}

// refusedFor is how long a caller's key that HeyGen has refused is not shown to it
// again: one operation can hold hundreds of calls.
const refusedFor = 5 * time.Second

// turnedAway gives the error of a caller whose key HeyGen has just refused.
func (p *party) turnedAway(endpoint string) error {
	at := p.refused.Load()
	if p.strangers == nil || at == 0 || time.Since(time.Unix(0, at)) >= refusedFor {
		return nil
	}
	return &heygen.Error{Kind: heygen.ErrUnauthenticated, Endpoint: endpoint, Cause: "not asked: HeyGen has just refused the key", Status: 401, NotSent: true}
}

// all are the credentials that are remembered.
func (p *parties) all() []*party {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append(p.known.Values(), p.unknown.Values()...)
}

// Stats tells what each credential has to do now: the client's own first.
func (c *Client) Stats() []heygen.Stats {
	loads := []heygen.Stats{c.party.heygen.Stats()}
	for _, p := range c.parties.all() {
		loads = append(loads, p.heygen.Stats())
	}
	return loads
}
