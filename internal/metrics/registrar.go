package metrics

import "github.com/prometheus/client_golang/prometheus"

const namespace = "heygen_graphql"

// registrar creates and registers metrics with all their series. It panics if a
// name is duplicate or invalid, which the first test that calls [New] reveals.
type registrar struct{ prometheus.Registerer }

func (r registrar) counterVec(name, help, label string, values []string) labelSet[prometheus.Counter] {
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, []string{label})
	r.MustRegister(vec)
	return newLabelSet(values, func(value string) prometheus.Counter { return vec.WithLabelValues(value) })
}

// counterVec2 is counterVec with two labels.
func (r registrar) counterVec2(name, help, label string, values []string, label2 string, values2 []string) labelSet[labelSet[prometheus.Counter]] {
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, []string{label, label2})
	r.MustRegister(vec)
	return newLabelSet(values, func(value string) labelSet[prometheus.Counter] {
		return newLabelSet(values2, func(value2 string) prometheus.Counter { return vec.WithLabelValues(value, value2) })
	})
}

func (r registrar) histogram(name, help string, buckets []float64) prometheus.Observer {
	h := prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets})
	r.MustRegister(h)
	return h
}

// histogramVec returns a function that returns the series of a label value, and
// creates it if there is none.
func (r registrar) histogramVec(name, help string, buckets []float64, label string) func(value string) prometheus.Observer {
	vec := prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, []string{label})
	r.MustRegister(vec)
	return func(value string) prometheus.Observer { return vec.WithLabelValues(value) }
}
