package redisstore

import (
	"encoding/binary"
	"time"

	"heygen-graphql/internal/cache"
)

const (
	recordHeader = 24
	// maxRecord limits what is stored under one key.
	maxRecord = 8 << 20
	// maxValue limits what is read: a record with its header, nonce and tag.
	maxValue = maxRecord + 128
	// maxLateness is how much younger than by its writer's clock a record may seem. It
	// bounds the error if Redis was stopped and executed the command late.
	maxLateness = 10 * time.Second
)

// seal returns the value of a record's key and its time to live. It reports false if the
// record has expired or is too large. The value is encrypted; its header has
//
//	the time to live plus the age when it was stored, in ns
//	StoredAt by the writer's clock, in Unix ns
//	Lifetime in ns
func (k *tenantKeys) seal(name, generation string, r cache.Record, now time.Time) (value string, ttl time.Duration, ok bool) {
	age := max(0, now.Sub(r.StoredAt))
	if ttl = r.Lifetime - age; r.Transient {
		ttl = transientTTL
	}
	if ttl < time.Millisecond || len(r.Data) > maxRecord {
		return "", 0, false
	}
	plain := make([]byte, recordHeader, recordHeader+len(r.Data))
	binary.BigEndian.PutUint64(plain, uint64(age+ttl))
	binary.BigEndian.PutUint64(plain[8:], uint64(r.StoredAt.UnixNano()))
	binary.BigEndian.PutUint64(plain[16:], uint64(r.Lifetime))
	plain = append(plain, r.Data...)
	return string(k.sealer.Seal(nil, nil, plain, additionalData(name, generation))), ttl, true
}

// unseal returns the record of a value that has remaining to live. It reports false for a
// value that the tenant has not written under this name in this generation.
func (k *tenantKeys) unseal(key, name, generation string, value []byte, remaining time.Duration, now time.Time) (cache.Record, bool) {
	plain, err := k.sealer.Open(nil, nil, value, additionalData(name, generation))
	if err != nil || len(plain) < recordHeader {
		return cache.Record{}, false
	}
	total := time.Duration(binary.BigEndian.Uint64(plain))
	written := time.Unix(0, int64(binary.BigEndian.Uint64(plain[8:])))
	storedAt := now.Add(min(0, remaining-total))
	if latest := written.Add(maxLateness); storedAt.After(latest) {
		storedAt = latest
	}
	return cache.Record{
		Key:      key,
		Data:     plain[recordHeader:],
		StoredAt: storedAt,
		Lifetime: time.Duration(binary.BigEndian.Uint64(plain[16:])),
	}, true
}

func additionalData(name, generation string) []byte {
	return []byte(name + "\x00" + generation)
}
