package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// redisBuckets are upper bounds of the durations of Redis commands, whose timeout is 40 ms.
var redisBuckets = []float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.04, 0.1}

// redisSeries are the series of the requests to Redis. Its zero value counts nothing: a
// server without Redis has no such series.
type redisSeries struct {
	requests labelSet[labelSet[prometheus.Counter]] // by operation and outcome
	duration prometheus.Observer                    // nil: there are no series
}

func newRedisSeries(r registrar, operations, outcomes []string) redisSeries {
	return redisSeries{
		r.counterVec2("redis_requests_total", "Total number of pipelines of commands for Redis, by operation and outcome; skipped ones were not sent.", "operation", operations, "outcome", outcomes),
		r.histogram("redis_request_duration_seconds", "Duration of pipelines of commands that were sent to Redis.", redisBuckets),
	}
}

// redisSkipped is the outcome of a pipeline that was not sent.
const redisSkipped = "skipped"

// RedisRequest counts a pipeline of commands for Redis.
func (m *Metrics) RedisRequest(operation, outcome string, duration time.Duration) {
	if m.redis.duration == nil {
		return
	}
	m.redis.requests.get(operation).get(outcome).Inc()
	if outcome != redisSkipped {
		m.redis.duration.Observe(duration.Seconds())
	}
}
