package webhooks

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"syscall"
	"time"
)

const (
	attemptTimeout = 2 * time.Second
	maxAttempts    = 3
	backOff        = time.Second // after the first attempt; twice as long after the second
	maxInFlight    = 4
	maxQueue       = 10_000 // deliveries; an event beyond is dropped
)

// delivery is an event for one endpoint.
type delivery struct {
	to        *endpoint
	eventID   string
	body      []byte
	signature string
	attempts  int
	notBefore time.Time
}

// enqueue queues an event for the endpoints that receive it. The caller holds r.mu.
func (r *Registry) enqueue(event Event) {
	id := "evt_" + rand.Text()
	body, err := json.Marshal(struct {
		ID        string            `json:"event_id"`
		Type      string            `json:"event_type"`
		Data      map[string]string `json:"event_data"`
		CreatedAt string            `json:"created_at"`
	}{id, event.Type, event.Data, event.At.UTC().Format(time.RFC3339)})
	if err != nil {
		panic(err) // strings are always valid
	}
	for _, e := range r.endpoints {
		wanted := len(e.Events) == 0 || slices.Contains(e.Events, event.Type)
		if !wanted || event.At.Before(e.CreatedAt) || len(r.queue) == maxQueue {
			continue
		}
		mac := hmac.New(sha256.New, []byte(e.Secret))
		mac.Write(body)
		r.queue = append(r.queue, &delivery{to: e, eventID: id, body: body, signature: hex.EncodeToString(mac.Sum(nil))})
	}
}

// startWorkers starts a worker for each delivery that is due, up to maxInFlight workers. The caller holds r.mu.
func (r *Registry) startWorkers(now time.Time) {
	for range maxInFlight - r.workers {
		d := r.next(now)
		if d == nil {
			return
		}
		r.workers++
		r.running.Go(func() { r.work(d) })
	}
}

// next removes a delivery that is due from the queue; nil: there is none. An endpoint has one delivery in flight, so that one
// that never responds leaves workers to the others. The caller holds r.mu.
func (r *Registry) next(now time.Time) *delivery {
	i := slices.IndexFunc(r.queue, func(d *delivery) bool { return !d.to.busy && !now.Before(d.notBefore) })
	if i < 0 {
		return nil
	}
	d := r.queue[i]
	r.queue = slices.Delete(r.queue, i, i+1)
	d.to.busy = true
	return d
}

// work makes attempts until no delivery is due.
func (r *Registry) work(d *delivery) {
	for d != nil {
		ok := r.attempt(d)
		r.mu.Lock()
		d.to.busy = false
		d.attempts++
		now := time.Now()
		if !ok && d.attempts < maxAttempts && d.to.ctx.Err() == nil {
			d.notBefore = now.Add(backOff << (d.attempts - 1))
			r.queue = append(r.queue, d)
		}
		if d = r.next(now); d == nil {
			r.workers--
		}
		r.mu.Unlock()
	}
}

// attempt sends a delivery once. It reports whether the response is 2xx.
func (r *Registry) attempt(d *delivery) bool {
	request, err := http.NewRequestWithContext(d.to.ctx, http.MethodPost, d.to.URL, bytes.NewReader(d.body))
	if err != nil {
		return false
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Heygen-Signature", d.signature)
	request.Header.Set("Heygen-Timestamp", strconv.FormatInt(time.Now().Unix(), 10))
	request.Header.Set("Heygen-Event-Id", d.eventID)
	response, err := r.client.Do(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close() // nothing is read from it
	return response.StatusCode/100 == 2
}

// loopbackTransport returns a transport that uses no proxy and reuses no connection. It verifies the address of each
// connection, because localhost is resolved like any name.
func loopbackTransport() http.RoundTripper {
	dialer := &net.Dialer{ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		if to, err := netip.ParseAddrPort(address); err != nil || !to.Addr().Unmap().IsLoopback() {
			return ErrURL
		}
		return nil
	}}
	return &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}
}
