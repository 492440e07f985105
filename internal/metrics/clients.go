package metrics

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/prometheus/client_golang/prometheus"
)

const (
	// maxClients is the maximum number of client names that have series of their own. The
	// first ones have: clients choose their names, and may choose any number of them.
	maxClients = 50
	// otherClient is the label of all further clients.
	otherClient = "other"
)

// clientSeries are the series of one client name.
type clientSeries struct{ operations, untrusted prometheus.Counter }

// clientSet maps the names of clients to their series. "" is the name of clients without
// one.
type clientSet struct {
	create func(client string) clientSeries

	mu    sync.RWMutex
	known map[string]clientSeries // with "" and otherClient
}

func newClientSet(r registrar) *clientSet {
	operations := r.clientVec("operations_by_client_total", "Total number of operations, by the name that the client says it has.")
	untrusted := r.clientVec("untrusted_documents_total", "Total number of executed operations whose document is not trusted, by the name that the client says it has.")
	s := &clientSet{create: func(client string) clientSeries {
		return clientSeries{operations.WithLabelValues(client), untrusted.WithLabelValues(client)}
	}}
	s.known = map[string]clientSeries{"": s.create(""), otherClient: s.create(otherClient)}
	return s
}

func (r registrar) clientVec(name, help string) *prometheus.CounterVec {
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, []string{"client"})
	r.MustRegister(vec)
	return vec
}

// get returns the series of a client, and creates them if there is room.
func (s *clientSet) get(client string) clientSeries {
	s.mu.RLock()
	series, ok := s.known[client]
	full := len(s.known) >= maxClients+2
	s.mu.RUnlock()
	switch {
	case ok:
		return series
	case full:
		client = otherClient
	}
	if !utf8.ValidString(client) { // which the library does not accept
		client = otherClient
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if series, ok = s.known[client]; ok {
		return series
	}
	if len(s.known) >= maxClients+2 {
		return s.known[otherClient]
	}
	client = strings.Clone(client) // it may be a part of a long header
	series = s.create(client)
	s.known[client] = series
	return series
}

// OperationOfClient counts an operation by the name of its client, which may be any
// string.
func (m *Metrics) OperationOfClient(client string) { m.clients.get(client).operations.Inc() }

// UntrustedDocument counts an executed operation whose document is not trusted.
func (m *Metrics) UntrustedDocument(client string) { m.clients.get(client).untrusted.Inc() }
