//go:build redis

package replicatest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// load sends requests of several kinds and compares each response with the one that a
// server without Redis sends.
type load struct {
	documents []string
	want      map[string]string
}

// newLoad returns documents with their responses: groups by id, pages, looks, searches.
func newLoad(t *testing.T, heyGen *sandbox.Sandbox, heyGenURL string) *load {
	alone := startReplica(t, "HEYGEN_BASE_URL="+heyGenURL, "HEYGEN_API_KEY="+key)
	l := &load{want: map[string]string{}}
	for _, id := range validIDs(heyGen, 80) {
		l.documents = append(l.documents, group(id))
	}
	for n := 1; n <= 20; n++ {
		l.documents = append(l.documents, fmt.Sprintf(`{avatarGroups(first:%d){nodes{groupId name looksCount} pageInfo{hasNextPage}}}`, n*5))
		l.documents = append(l.documents, fmt.Sprintf(`{avatarGroups(first:%d,search:"m"){totalCount nodes{groupId name}}}`, n))
		l.documents = append(l.documents, fmt.Sprintf(`{voices(first:%d,language:"English"){nodes{voiceId name}}}`, n))
	}
	for _, document := range l.documents {
		l.want[document] = alone.data(document)
	}
	alone.kill()
	return l
}

// outcome is what became of a load.
type outcome struct {
	mu        sync.Mutex
	latencies []time.Duration
	wrong     []string // responses that differ from those of a single server
	lost      int      // requests without a response
}

func (o *outcome) add(document, want string, res response) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if res.err != nil {
		o.lost++
		return
	}
	o.latencies = append(o.latencies, res.took)
	if res.body != want && len(o.wrong) < 10 {
		o.wrong = append(o.wrong, fmt.Sprintf("%s: %d %.300s", document, res.status, res.body))
	}
}

// quantile returns a quantile of the latencies.
func (o *outcome) quantile(q float64) time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.latencies) == 0 {
		return 0
	}
	slices.Sort(o.latencies)
	return o.latencies[min(len(o.latencies)-1, int(q*float64(len(o.latencies))))]
}

// run sends requests at a constant rate to random replicas until ctx is done, and waits for
// their responses. Rate and duration bound their number.
func (l *load) run(ctx context.Context, perSecond int, replicas ...*replica) *outcome {
	o := &outcome{}
	random := rand.New(rand.NewPCG(1, 2))
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	var sending sync.WaitGroup
	defer sending.Wait()
	for {
		select {
		case <-ctx.Done():
			return o
		case <-tick.C:
		}
		document, to := l.documents[random.IntN(len(l.documents))], replicas[random.IntN(len(replicas))]
		sending.Go(func() { o.add(document, l.want[document], to.send(document)) })
	}
}

// during runs a load while f runs, and for a moment afterwards.
func (l *load) during(ctx context.Context, perSecond int, replicas []*replica, f func()) *outcome {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan *outcome)
	go func() { done <- l.run(ctx, perSecond, replicas...) }()
	f()
	<-time.After(200 * time.Millisecond)
	cancel()
	return <-done
}

// checkNoFault fails the test if a response was wrong or missing.
func (o *outcome) checkNoFault(t *testing.T) {
	t.Helper()
	if o.lost > 0 || len(o.wrong) > 0 || len(o.latencies) == 0 {
		t.Errorf("%d responses, %d lost, wrong: %q", len(o.latencies), o.lost, o.wrong)
	}
}
