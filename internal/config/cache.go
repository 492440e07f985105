package config

import (
	"errors"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// byteSize is a size as a setting: a whole number of bytes, or of KiB, MiB, GiB.
type byteSize int64

var errByteSize = errors.New("must be a number of bytes such as 1048576, 512KiB or 64MiB, at most 1TiB")

var byteUnits = []struct {
	suffix string
	shift  int
}{{"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"", 0}}

func (b *byteSize) Set(text string) error {
	for _, unit := range byteUnits {
		number, ok := strings.CutSuffix(text, unit.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 64)
		if err != nil || n > 1<<40>>unit.shift {
			return errByteSize
		}
		*b = byteSize(n << unit.shift)
		return nil
	}
	return errByteSize
}

func (b *byteSize) Get() any { return *b }

func (b *byteSize) String() string {
	for _, unit := range []int{2, 1, 0} {
		if size := byteSize(1) << byteUnits[unit].shift; *b > 0 && *b%size == 0 {
			return fmt.Sprint(int64(*b/size), byteUnits[unit].suffix)
		}
	}
	return strconv.FormatInt(int64(*b), 10)
}

// Cache is what is kept of HeyGen's answers, and how long.
type Cache struct {
	MaxBytes                                                           byteSize
	Fresh, StaleWhileRevalidate, StaleIfError, PendingTTL, NegativeTTL time.Duration
	RefreshTimeout                                                     time.Duration
}

// define names the settings of the cache.
func (c *Cache) define(flags *flag.FlagSet) {
	c.MaxBytes = 64 << 20
	flags.Var(&c.MaxBytes, "cache-bytes", "how much of HeyGen's answers is kept in memory, in `bytes` or as 64MiB, 1MiB or more; 0: nothing is kept from one operation to the next")
	flags.DurationVar(&c.Fresh, "cache-fresh", time.Minute, "how long an answer of HeyGen's is given as it is")
	flags.DurationVar(&c.StaleWhileRevalidate, "cache-stale", 10*time.Minute, "how long after that it is given at once while a new one is fetched behind it")
	flags.DurationVar(&c.StaleIfError, "cache-stale-if-error", 24*time.Hour, "how long after that it is given where a new one cannot be had within 2s, or at all")
	flags.DurationVar(&c.PendingTTL, "cache-pending-ttl", 5*time.Second, "how long the state of a training is given as it is, if that is less than cache-fresh; then it is fetched anew first")
	flags.DurationVar(&c.NegativeTTL, "cache-negative-ttl", 10*time.Second, "how long what HeyGen does not have is not asked for again")
	flags.DurationVar(&c.RefreshTimeout, "cache-refresh-timeout", 30*time.Second, "how long a call behind an answer may take, its turn and its retries included")
}

// minCacheBytes is a page of HeyGen's or two: with less nothing useful would be kept.
const minCacheBytes = 1 << 20

// check looks at them.
func (c *Cache) check() error {
	if c.MaxBytes > 0 && c.MaxBytes < minCacheBytes {
		return errors.New("CACHE_BYTES: must be 0, or at least 1MiB")
	}
	for _, ttl := range []struct {
		name  string
		value time.Duration
	}{{"CACHE_FRESH", c.Fresh}, {"CACHE_STALE", c.StaleWhileRevalidate}, {"CACHE_STALE_IF_ERROR", c.StaleIfError}, {"CACHE_PENDING_TTL", c.PendingTTL}, {"CACHE_NEGATIVE_TTL", c.NegativeTTL}} {
		if ttl.value < 0 || ttl.value > 30*24*time.Hour {
			return errors.New(ttl.name + ": must be between 0 and 720h")
		}
	}
	if c.RefreshTimeout <= 0 || c.RefreshTimeout > time.Hour {
		return errors.New("CACHE_REFRESH_TIMEOUT: must be more than 0 and at most 1h")
	}
	return nil
}
