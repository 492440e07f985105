package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Handler serves the metrics as text, or in another of Prometheus' formats if it is
// asked for. It looks at no method, and compresses nothing: that is the business of
// those around it. Where a part of them cannot be had, the others are served, and
// nobody but the log is told why.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, DisableCompression: true})
}
