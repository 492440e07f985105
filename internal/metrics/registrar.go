package metrics

import "github.com/prometheus/client_golang/prometheus"

const namespace = "heygen_graphql"

// registrar makes metrics with all their series. It panics where a name is taken
// or wrong, which the first test that makes any metrics shows.
type registrar struct{ prometheus.Registerer }

func (r registrar) counters(name, help, label string, values []string) known[prometheus.Counter] {
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, []string{label})
	r.MustRegister(vec)
	return newKnown(values, func(value string) prometheus.Counter { return vec.WithLabelValues(value) })
}

// table has a counter for each pair of two labels' values.
func (r registrar) table(name, help, label string, values []string, second string, seconds []string) known[known[prometheus.Counter]] {
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, []string{label, second})
	r.MustRegister(vec)
	return newKnown(values, func(value string) known[prometheus.Counter] {
		return newKnown(seconds, func(second string) prometheus.Counter { return vec.WithLabelValues(value, second) })
	})
}

func (r registrar) histogram(name, help string, buckets []float64) prometheus.Observer {
	one := prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets})
	r.MustRegister(one)
	return one
}

// histograms gives the one of each value that it is asked for.
func (r registrar) histograms(name, help string, buckets []float64, label string) func(value string) prometheus.Observer {
	vec := prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, []string{label})
	r.MustRegister(vec)
	return func(value string) prometheus.Observer { return vec.WithLabelValues(value) }
}
