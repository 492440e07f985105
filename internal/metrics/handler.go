package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Handler serves the metrics in the text format, or in another Prometheus format
// that Accept names. It checks no method and does not compress: both are up to
// middleware. If a collector fails, it serves the other metrics, and the reason
// appears only in the log.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, DisableCompression: true, EnableOpenMetrics: m.openMetrics})
}
