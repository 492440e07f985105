package cache

import (
	"context"
	"time"
)

// SecondLevel is a cache that several processes share, such as Redis, below the
// in-process one. It belongs to one tenant. Its methods return no errors: a store that is
// unavailable has no records and no leases, and delays no caller noticeably.
type SecondLevel interface {
	// Load returns the record of a key, if there is one.
	Load(ctx context.Context, key string) (Record, bool)
	// Acquire returns a lease on a key, whose holder is to fetch the value. While another
	// process holds the lease, Acquire waits for the record that it stores; accept
	// reports whether a record will do. If it does, Acquire returns the record and no
	// lease. It returns neither if the store is unavailable or ctx is done.
	Acquire(ctx context.Context, key string, accept func(Record) bool) (Record, Lease)
}

// Lease is the exclusive right of a process to fetch a value.
type Lease interface {
	// Release stores records and ends the lease. It must be called once.
	Release(ctx context.Context, records ...Record)
}

// Record is an encoded entry in a [SecondLevel].
type Record struct {
	Key      string
	Data     []byte
	StoredAt time.Time     // when the upstream responded
	Lifetime time.Duration // from StoredAt
	// Transient marks a record for the processes that wait for the lease now: an error, or
	// a value that must not be cached.
	Transient bool
}

// Shared says how a request's value is stored in a [SecondLevel].
type Shared[V any] struct {
	// Key identifies the value within its tenant, in all processes.
	Key string
	// Encode returns a value or an error in bytes. It reports false if that cannot be shared.
	Encode func(value V, err error) ([]byte, bool)
	// Decode returns what was encoded. It reports false for data that it cannot read.
	Decode func(data []byte) (value V, err error, ok bool)
	// Items returns the records of the values that a fetched value contains. nil: none.
	Items func(value V, at time.Time) []Record
}
