package redisstore

import (
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"github.com/redis/rueidis"
)

// ErrNoScripts is the error of a Redis that forbids scripts to this user.
var ErrNoScripts = errors.New("redis does not permit scripts")

// maxInteger is the length of the longest 64-bit integer in decimal.
const maxInteger = 20

// noScriptsFor is how long the store then sends no script.
const noScriptsFor = time.Minute

// compareAndSwap sets a key to a value if it has another. Only a script is atomic.
const compareAndSwap = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
	return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
`

var compareAndSwapHash = func() string {
	hash := sha1.Sum([]byte(compareAndSwap))
	return hex.EncodeToString(hash[:])
}()

// RateLimitStore is the state of rate limits. It implements GCRAStoreCtx of
// github.com/throttled/throttled/v2. Its errors are [ErrUnavailable] and [ErrNoScripts].
type RateLimitStore struct{ store *Store }

// RateLimitStore returns the store of rate limits.
func (s *Store) RateLimitStore() RateLimitStore { return RateLimitStore{s} }

// rateLimitKey returns the name of a limit's key. It is a hash, because the key may be an
// address.
func rateLimitKey(key string) string {
	hash := sha256.Sum256([]byte(key))
	return namespace + "rate:" + hex.EncodeToString(hash[:16])
}

// GetWithTime returns the value of a key, or -1, and the time by the clock of Redis.
func (r RateLimitStore) GetWithTime(ctx context.Context, key string) (int64, time.Time, error) {
	if r.scriptsForbidden() {
		return 0, time.Time{}, ErrNoScripts
	}
	replies, err := r.store.do(ctx, "rate_limit", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{get(b, rateLimitKey(key), maxInteger), b.Time().Build()}
	})
	if err != nil {
		return 0, time.Time{}, err
	}
	clock, err := replies[1].AsIntSlice()
	if err != nil || len(clock) != 2 {
		return 0, time.Time{}, ErrUnavailable
	}
	now := time.Unix(clock[0], clock[1]*1000)
	digits, err := replies[0].ToString()
	if err == nil && digits == "" {
		return -1, now, nil
	}
	if err != nil {
		return 0, time.Time{}, ErrUnavailable
	}
	value, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, time.Time{}, ErrUnavailable
	}
	return value, now, nil
}

// SetIfNotExistsWithTTL sets a key if it does not exist.
func (r RateLimitStore) SetIfNotExistsWithTTL(ctx context.Context, key string, value int64, ttl time.Duration) (bool, error) {
	replies, err := r.store.do(ctx, "rate_limit", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Set().Key(rateLimitKey(key)).Value(strconv.FormatInt(value, 10)).Nx().Px(rateLimitTTL(ttl)).Build()}
	})
	if err != nil {
		return false, err
	}
	if err := replies[0].Error(); rueidis.IsRedisNil(err) {
		return false, nil
	} else if err != nil {
		return false, ErrUnavailable
	}
	return true, nil
}

// CompareAndSwapWithTTL sets a key to a value if it has another.
func (r RateLimitStore) CompareAndSwapWithTTL(ctx context.Context, key string, old, new int64, ttl time.Duration) (bool, error) {
	if r.scriptsForbidden() {
		return false, ErrNoScripts
	}
	name := rateLimitKey(key)
	arguments := []string{strconv.FormatInt(old, 10), strconv.FormatInt(new, 10), strconv.FormatInt(rateLimitTTL(ttl).Milliseconds(), 10)}
	reply, err := r.send(ctx, func(b rueidis.Builder) rueidis.Completed {
		return b.Evalsha().Sha1(compareAndSwapHash).Numkeys(1).Key(name).Arg(arguments...).Build()
	})
	if err != nil {
		return false, err
	}
	if response, ok := rueidis.IsRedisErr(reply.Error()); ok && response.IsNoScript() {
		reply, err = r.send(ctx, func(b rueidis.Builder) rueidis.Completed {
			return b.Eval().Script(compareAndSwap).Numkeys(1).Key(name).Arg(arguments...).Build()
		})
		if err != nil {
			return false, err
		}
	}
	if response, ok := rueidis.IsRedisErr(reply.Error()); ok && errorCode(response) == "NOPERM" {
		r.store.noScripts.Store(time.Now().Add(noScriptsFor).UnixNano())
		return false, ErrNoScripts
	}
	swapped, err := reply.AsInt64()
	if err != nil {
		return false, ErrUnavailable
	}
	return swapped == 1, nil
}

func (r RateLimitStore) send(ctx context.Context, build func(rueidis.Builder) rueidis.Completed) (rueidis.RedisResult, error) {
	replies, err := r.store.do(ctx, "rate_limit", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{build(b)}
	})
	if err != nil {
		return rueidis.RedisResult{}, err
	}
	return replies[0], nil
}

func (r RateLimitStore) scriptsForbidden() bool {
	return time.Now().UnixNano() < r.store.noScripts.Load()
}

// rateLimitTTL returns a time to live that Redis accepts.
func rateLimitTTL(ttl time.Duration) time.Duration { return max(ttl, time.Second) }
