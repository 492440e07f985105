package webhooks

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	maxEndpoints = 10
	maxURL       = 2048 // bytes

	// interval is the time between two searches for new events, and the maximum delay of one.
	interval = 500 * time.Millisecond
)

// The errors of [Registry.Add].
var (
	ErrURL     = errors.New("not an http or https URL of a loopback host")
	ErrTooMany = errors.New("there are 10 endpoints")
	ErrClosed  = errors.New("the registry is closed")
)

// Event is what is delivered.
type Event struct {
	Type string
	Data map[string]string
	At   time.Time
}

// Options configure a [Registry].
type Options struct {
	// Secret signs the deliveries to every endpoint. Empty: each endpoint has a random secret.
	Secret string

	// Events returns the events after one time, and until another. It is called while there are endpoints. nil: there are
	// no events.
	Events func(after, until time.Time) []Event

	// Transport sends the deliveries. nil: over connections to loopback addresses.
	Transport http.RoundTripper
}

// Endpoint is a registered endpoint.
type Endpoint struct {
	ID        string
	URL       string
	Events    []string // the types that it receives; empty: all
	CreatedAt time.Time
	Secret    string
}

// endpoint is an Endpoint with its lifetime and deliveries.
type endpoint struct {
	Endpoint

	ctx    context.Context // ends when the endpoint is removed
	remove context.CancelFunc
	busy   bool // a delivery is in flight
}

// Registry is the endpoints of a sandbox. It is safe for concurrent use.
type Registry struct {
	options Options
	client  *http.Client

	mu        sync.Mutex
	endpoints []*endpoint
	queue     []*delivery // oldest first
	workers   int
	stop      context.CancelFunc // ends the search for events; nil: there are no endpoints
	closed    bool
	running   sync.WaitGroup // the search and the workers; none is added once closed is true
}

// New returns a registry without endpoints.
func New(o Options) *Registry {
	if o.Transport == nil {
		o.Transport = loopbackTransport()
	}
	return &Registry{options: o, client: &http.Client{
		Transport:     o.Transport,
		Timeout:       attemptTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Add registers an endpoint for events of some types; none: of all types. It receives the events from now on.
func (r *Registry) Add(target string, events []string) (Endpoint, error) {
	if !isLoopback(target) {
		return Endpoint{}, ErrURL
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return Endpoint{}, ErrClosed
	}
	if len(r.endpoints) == maxEndpoints {
		return Endpoint{}, ErrTooMany
	}
	secret := r.options.Secret
	if secret == "" {
		secret = "whsec_" + rand.Text()
	}
	e := &endpoint{Endpoint: Endpoint{ID: rand.Text(), URL: target, Events: slices.Clone(events), CreatedAt: time.Now(), Secret: secret}}
	e.ctx, e.remove = context.WithCancel(context.Background())
	r.endpoints = append(r.endpoints, e)
	if r.stop == nil {
		r.start(e.CreatedAt)
	}
	return e.Endpoint, nil
}

// start starts the search for events. The caller holds r.mu.
func (r *Registry) start(after time.Time) {
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	if r.options.Events != nil {
		r.running.Go(func() { r.search(ctx, after) })
	}
}

// Endpoints returns the endpoints, oldest first.
func (r *Registry) Endpoints() []Endpoint {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]Endpoint, len(r.endpoints))
	for i, e := range r.endpoints {
		all[i] = e.Endpoint
	}
	return all
}

// Remove removes an endpoint and aborts its deliveries. It reports false if there is none with this id.
func (r *Registry) Remove(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.endpoints, func(e *endpoint) bool { return e.ID == id })
	if i < 0 {
		return false
	}
	removed := r.endpoints[i]
	removed.remove()
	r.endpoints = slices.Delete(r.endpoints, i, i+1)
	r.queue = slices.DeleteFunc(r.queue, func(d *delivery) bool { return d.to == removed })
	if len(r.endpoints) == 0 {
		r.stop()
		r.stop = nil
	}
	return true
}

// Close removes all endpoints and returns when no delivery is in flight. No endpoint can be added afterwards.
func (r *Registry) Close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	for _, e := range r.Endpoints() {
		r.Remove(e.ID)
	}
	r.running.Wait()
}

// search queues the events after a time, until ctx ends.
func (r *Registry) search(ctx context.Context, after time.Time) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := time.Now()
		events := r.options.Events(after, now)
		after = now
		r.mu.Lock()
		if ctx.Err() == nil {
			for _, event := range events {
				r.enqueue(event)
			}
			r.startWorkers(now)
		}
		r.mu.Unlock()
	}
}

// isLoopback reports whether a URL is one to which events may be sent. A host name but localhost is none: it can be resolved
// to any address.
func isLoopback(target string) bool {
	u, err := url.Parse(target)
	if err != nil || len(target) > maxURL || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return false
	}
	address, err := netip.ParseAddr(u.Hostname())
	return strings.EqualFold(u.Hostname(), "localhost") || err == nil && address.Unmap().IsLoopback()
}
