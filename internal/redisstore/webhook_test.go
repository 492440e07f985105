package redisstore_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"
)

func TestOneReplicaSeesAnEventFirst(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	for i, want := range []bool{true, false, false} {
		if got := all[i%2].FirstSeen(t.Context(), "event 1"); got != want {
			t.Errorf("delivery %d: first seen %t, want %t", i, got, want)
		}
	}
	if !all[1].FirstSeen(t.Context(), "event 2") {
		t.Error("another event has been seen")
	}
	hash := sha256.Sum256([]byte("event 1"))
	key := "heygen-graphql:webhook:" + hex.EncodeToString(hash[:])
	if !m.Exists(key) || m.TTL(key) != time.Hour {
		t.Errorf("%s expires in %v; keys %q", key, m.TTL(key), m.Keys())
	}
	if m.FastForward(time.Hour); !all[0].FirstSeen(t.Context(), "event 1") {
		t.Error("the event is remembered for more than an hour")
	}
}

func TestEachReplicaSeesEventsFirstWithoutRedis(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	refuse(m, func(command string, _ []string) string {
		if command == "SET" {
			return "NOPERM no permission"
		}
		return ""
	})
	for range 2 {
		if !s.FirstSeen(t.Context(), "event") {
			t.Error("not seen first, although Redis rejects commands")
		}
	}
	s.Close()
	for range 2 {
		if !s.FirstSeen(t.Context(), "event") {
			t.Error("not seen first, although Redis is unavailable")
		}
	}
}
