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
	// process holds the lease, Acquire waits for the record that it stores. accept reports
	// whether a record will do; it is called with those that are there already, the
	// transient one included, and with later ones. If one does, Acquire returns it and no
	// lease. It returns neither if the store is unavailable or ctx is done.
	Acquire(ctx context.Context, key string, accept func(Record) bool) (Record, Lease)
}

// Lease is the exclusive right of a process to fetch a value.
type Lease interface {
	// Release stores records and ends the lease. It must be called once. ctx is never done:
	// it has the values of the caller's context.
	Release(ctx context.Context, records ...Record)
}

// Record is an encoded entry in a [SecondLevel].
type Record struct {
	Key      string
	Data     []byte
	StoredAt time.Time     // when the upstream responded
	Lifetime time.Duration // from StoredAt
	// Transient marks a record for the processes that wait for the lease, or fetch the
	// value again within the next two seconds: a failure. It does not replace the other
	// record of its key.
	Transient bool
}

// Codec encodes and decodes the values of one kind of requests, for a [SecondLevel].
type Codec[V any] struct {
	// Key returns the key of a value within its tenant, in all processes, from its Request.Key.
	Key func(id any) string
	// Encode returns a value or an error in bytes. It reports false if that cannot be shared.
	Encode func(value V, err error) ([]byte, bool)
	// Decode returns what was encoded. It reports false for data that it cannot read.
	Decode func(data []byte) (value V, err error, ok bool)
	// Items returns the records of the values that a fetched value contains. nil: none.
	Items func(id any, value V, at time.Time) []Record
}
