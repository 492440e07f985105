package limiter_test

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

// scheduledCall is a call of a random schedule. All times are random nanoseconds, so that
// no two events of different calls coincide.
type scheduledCall struct {
	priority limiter.Priority
	arrival  time.Duration
	timeout  time.Duration // from its arrival; 0: none
	attempts []scheduledAttempt
}

type scheduledAttempt struct {
	limiter.Outcome
	latency time.Duration
	pause   time.Duration // of the caller, before the next attempt
}

// newSchedule returns random calls of no operation or of one of several. An attempt that
// starts before a time may be rate-limited or, if paused, ignored. It is repeated, an
// ignored one after a pause.
func newSchedule(random *rand.Rand, failuresUntil time.Duration, operations int, paused bool) []scheduledCall {
	between := func(from, to time.Duration) time.Duration { return from + time.Duration(random.Int64N(int64(to-from))) }
	calls := make([]scheduledCall, 10+random.IntN(50))
	for i := range calls {
		c := &calls[i]
		c.arrival = between(1, failuresUntil*2)
		if operation := random.IntN(operations + 1); operation > 0 {
			c.priority = limiter.Priority{Operation: operation, Position: []int{random.IntN(8), random.IntN(8)}}
		}
		if random.IntN(2) == 0 {
			c.timeout = between(time.Second, 20*time.Second)
		}
		for range 3 {
			a := scheduledAttempt{Outcome: limiter.Outcome{Result: limiter.Success}, latency: between(20*time.Millisecond, 400*time.Millisecond)}
			switch failure := random.IntN(6); {
			case failure == 0:
				a.Outcome = limiter.Outcome{Result: limiter.RateLimited, RetryAfter: time.Duration(random.IntN(3)) * time.Second}
			case failure == 1 && paused:
				a.Result, a.pause = limiter.Ignored, between(200*time.Millisecond, 500*time.Millisecond)
			}
			c.attempts = append(c.attempts, a)
		}
	}
	return calls
}

// event is what happened to a call.
type event struct {
	at   time.Duration
	kind eventKind
	call int
}

type eventKind int

const (
	queuedEvent   eventKind = iota // an attempt is about to be queued
	rejectedEvent                  // it was rejected for the rate limit
	endedEvent                     // its context ended in the queue
	startedEvent                   // it was started
)

// run runs a schedule with this store, which may be nil, and returns its events in their order, and the time of the last 429.
func run(t *testing.T, calls []scheduledCall, maxConcurrent int, shared limiter.SharedLimits, failuresUntil time.Duration) (events []event, last429 time.Duration) {
	u := newReplica(maxConcurrent, shared)
	var mu sync.Mutex
	record := func(kind eventKind, call int) {
		mu.Lock()
		defer mu.Unlock()
		events = append(events, event{time.Since(u.start), kind, call})
	}
	call := func(i int, c scheduledCall) {
		<-time.After(c.arrival)
		ctx, cancel := t.Context(), context.CancelFunc(func() {})
		if c.timeout > 0 {
			ctx, cancel = context.WithTimeout(ctx, c.timeout)
		}
		defer cancel()
		ticket := limiter.NewTicket(c.priority)
		for _, a := range c.attempts {
			record(queuedEvent, i)
			err := u.Do(ctx, getEndpoint, ticket, func() limiter.Outcome {
				record(startedEvent, i)
				if time.Since(u.start) > failuresUntil {
					a.Outcome = limiter.Outcome{Result: limiter.Success}
				}
				<-time.After(a.latency)
				if a.Result == limiter.RateLimited {
					mu.Lock()
					last429 = time.Since(u.start)
					mu.Unlock()
				}
				return a.Outcome
			})
			rejected, ok := errors.AsType[limiter.BackoffError](err)
			switch {
			case ok:
				record(rejectedEvent, i)
				if want := max(time.Second, u.Stats().BackoffFor); rejected.RetryAfter != want {
					t.Errorf("call %d is rejected with Retry-After %v, and the back-off is %v", i, rejected.RetryAfter, want)
				}
			case err != nil:
				record(endedEvent, i)
			}
			if err != nil || a.Result == limiter.Success {
				return
			}
			<-time.After(a.pause)
		}
	}
	var wait sync.WaitGroup
	for i, c := range calls {
		wait.Go(func() { call(i, c) })
	}
	wait.Wait()
	if stats := u.Stats(); stats.InFlight != 0 || stats.Queued != 0 {
		t.Errorf("at the end %+v", stats)
	}
	return events, last429
}

// referenceQueue is the order of queued calls, by its definition: each call has the
// number of its arrival, and the numbers of one operation's calls in the queue belong to
// these calls in response order.
type referenceQueue struct {
	calls   []scheduledCall
	last    int
	numbers map[int]int // by call, also of calls in flight
	queued  []int
}

func (q *referenceQueue) enqueue(call int) {
	if _, known := q.numbers[call]; !known {
		q.last++
		q.numbers[call] = q.last
	}
	q.queued = append(q.queued, call)
	_, numbers := q.operationOf(call)
	q.assign(call, numbers)
}

// operationOf returns the queued calls of a call's operation, or the call alone, and
// their numbers.
func (q *referenceQueue) operationOf(call int) (own, numbers []int) {
	operation := q.calls[call].priority.Operation
	for _, other := range q.queued {
		if other == call || operation != nil && q.calls[other].priority.Operation == operation {
			own, numbers = append(own, other), append(numbers, q.numbers[other])
		}
	}
	return own, numbers
}

// assign assigns numbers to the queued calls of a call's operation.
func (q *referenceQueue) assign(call int, numbers []int) {
	own, _ := q.operationOf(call)
	slices.SortFunc(own, func(a, b int) int {
		return cmp.Or(slices.Compare(q.calls[a].priority.Position, q.calls[b].priority.Position), q.numbers[a]-q.numbers[b])
	})
	slices.Sort(numbers)
	for i, call := range own {
		q.numbers[call] = numbers[i]
	}
}

func (q *referenceQueue) first() int {
	return slices.MinFunc(q.queued, func(a, b int) int { return q.numbers[a] - q.numbers[b] })
}

// remove removes a call, which has been started or leaves the last number of its
// operation.
func (q *referenceQueue) remove(call int, started bool) {
	own, numbers := q.operationOf(call)
	q.queued = slices.DeleteFunc(q.queued, func(other int) bool { return other == call })
	if i := slices.IndexFunc(own, func(other int) bool { return other != call }); i >= 0 && !started {
		q.assign(own[i], numbers)
	}
}

// Of the calls that wait at the same time, whether for a slot or for the rate limit, the
// one that came first starts first, or another one of its operation in its place.
func TestCallsStartInTheOrderOfTheirArrival(t *testing.T) {
	for seed := range uint64(200) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			const failuresUntil = 15 * time.Second
			calls := newSchedule(random, failuresUntil, 3, true)
			shared := []limiter.SharedLimits{nil, newFakeStore(t, 12), &fakeStore{T: t, unavailable: true}}[seed%3]
			events, _ := run(t, calls, 1+random.IntN(4), shared, failuresUntil)
			queue := referenceQueue{calls: calls, numbers: map[int]int{}}
			// The goroutines record the events of one moment in any order: rejections are
			// before starts, and any of the starts may be the first.
			slices.SortStableFunc(events, func(a, b event) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind)) })
			for i, e := range events {
				switch e.kind {
				case queuedEvent:
					queue.enqueue(e.call)
				case startedEvent:
					first := queue.first()
					together := slices.Index(events[i:], event{e.at, startedEvent, first})
					if together < 0 {
						t.Fatalf("seed %d: at %v call %d starts before call %d", seed, e.at, e.call, first)
					}
					events[i+together] = e
					queue.remove(first, true)
				default:
					queue.remove(e.call, false)
				}
			}
		})
	}
}

// A rejected call would not have started before its deadline, had it waited. After the
// last 429 nothing but the calls before it delays it.
func TestNoCallIsRejectedThatCouldHaveStarted(t *testing.T) {
	rejections := 0
	for seed := range uint64(60) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 2))
			operations := 3 * int(seed%2) // a call may start for another one of its operation, if that comes back after a pause
			const failuresUntil = 3 * time.Second
			calls := newSchedule(random, failuresUntil, operations, operations == 0)
			slots := 1 + random.IntN(12)
			events, last429 := run(t, calls, slots, nil, failuresUntil)
			for _, e := range events {
				if e.kind != rejectedEvent || e.at <= last429 {
					continue
				}
				rejections++
				patient := slices.Clone(calls)
				patient[e.call].timeout = 0
				deadline := calls[e.call].arrival + calls[e.call].timeout
				others, _ := run(t, patient, slots, nil, failuresUntil)
				for _, other := range others {
					if offset := others[0].at - events[0].at; other.call == e.call && other.kind == startedEvent && other.at-offset >= e.at && other.at-offset < deadline {
						t.Errorf("seed %d: call %d is rejected at %v, its deadline is %v, and it would have started at %v", seed, e.call, e.at, deadline, other.at)
					}
				}
			}
		})
	}
	if rejections < 100 {
		t.Errorf("only %d rejections: the test needs more", rejections)
	}
}
