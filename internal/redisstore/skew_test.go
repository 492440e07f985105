package redisstore

import (
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"heygen-graphql/internal/cache"
)

func TestClockSkewMakesNoRecordYounger(t *testing.T) {
	const age = 20 * time.Second
	for _, skew := range []time.Duration{0, 5 * time.Second, -5 * time.Second, 25 * time.Second, -25 * time.Second, time.Hour, -time.Hour} {
		m := miniredis.RunT(t)
		refuseCluster(m)
		var of [2]*Tenant
		for n, ahead := range []time.Duration{0, skew} {
			s := Open(Options{URL: "redis://" + m.Addr(), Version: "test", Timeout: 20 * time.Second})
			defer s.Close()
			s.now = func() time.Time { return time.Now().Add(ahead) }
			for !s.Up() {
				<-time.After(time.Millisecond)
			}
			of[n] = s.Tenant([32]byte{1}, Events{})
			defer of[n].Close()
		}
		written := time.Now()
		_, lease := of[0].Acquire(t.Context(), "key", func(cache.Record) bool { return false })
		lease.Release(t.Context(), cache.Record{Key: "key", Data: []byte("data"), StoredAt: of[0].store.now(), Lifetime: time.Hour})
		m.FastForward(age)
		record, ok := of[1].Load(t.Context(), "key")
		if !ok {
			t.Fatalf("skew %v: no record", skew)
		}
		took := time.Since(written)
		// The clock of the reader may be ahead by the age and maxLateness before it matters.
		extra := max(0, skew-age-maxLateness)
		if got := of[1].store.now().Sub(record.StoredAt); got < age || got > age+extra+took+time.Second {
			t.Errorf("skew %v: the record is %v old, want %v", skew, got, age+extra)
		}
	}
}
