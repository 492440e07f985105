package config

import (
	"errors"
	"flag"
	"time"

	"heygen-graphql/heygen/catalogue"
)

// Cache holds the size of the cache and how long its entries are used.
type Cache struct {
	MaxBytes             byteSize
	Fresh                time.Duration
	StaleWhileRevalidate time.Duration
	StaleIfError         time.Duration
	PendingTTL           time.Duration
	NegativeTTL          time.Duration
	RefreshTimeout       time.Duration
	CatalogueMaxItems    int
	CatalogueWarm        bool
}

func (c *Cache) define(flags *flag.FlagSet) {
	c.MaxBytes = 64 << 20
	flags.Var(&c.MaxBytes, "cache-bytes", "maximum `size` of the cache, such as 64MiB, at least 1MiB. If it is not set, it grows by 8KiB for every item of catalogue-max-items above 5000. 0 disables caching across operations and automatic persisted queries; concurrent identical requests are still coalesced")
	flags.DurationVar(&c.Fresh, "cache-fresh", time.Minute, "how long a cached response is fresh, that is, served without a call to HeyGen")
	flags.DurationVar(&c.StaleWhileRevalidate, "cache-stale", 10*time.Minute, "stale-while-revalidate: how long after cache-fresh a stale response is served while it is refreshed in the background")
	flags.DurationVar(&c.StaleIfError, "cache-stale-if-error", 24*time.Hour, "stale-if-error: how long after cache-stale a stale response is served if HeyGen fails or does not respond within 2s")
	flags.DurationVar(&c.PendingTTL, "cache-pending-ttl", 5*time.Second, "how long the status of a training in progress is fresh, if shorter than cache-fresh; a stale one is fetched before it is served")
	flags.DurationVar(&c.NegativeTTL, "cache-negative-ttl", 10*time.Second, "negative caching: how long a resource that HeyGen does not have is not requested again")
	flags.DurationVar(&c.RefreshTimeout, "cache-refresh-timeout", 30*time.Second, "maximum duration of a background refresh, including its queueing and its retries")
	flags.IntVar(&c.CatalogueMaxItems, "catalogue-max-items", catalogue.DefaultMaxItems, "maximum number of items of a list that is searched, filtered, sorted or counted: HeyGen does none of it, so the whole list is read, cached and indexed")
	flags.BoolVar(&c.CatalogueWarm, "catalogue-warm", false, "read the lists of groups and voices at the start, and again when they become stale, at most every 30s: searches then wait only for pages with items in training; requires a cache and heygen-auth=server")
}

// minCacheBytes is the size of one or two of HeyGen's pages: a smaller cache would
// hold nothing useful.
const minCacheBytes = 1 << 20

const (
	maxCatalogueItems = 1_000_000
	// cacheBytesPerItem is by how much the default size of the cache grows with each item of
	// a longer list. A group takes 3.3 KB if all groups and the public ones are cached, in
	// catalogues, in pages and by id; half of the cache is for derived responses.
	cacheBytesPerItem = 8 << 10
)

func (c *Cache) check() error {
	if c.MaxBytes > 0 && c.MaxBytes < minCacheBytes {
		return errors.New("CACHE_BYTES: must be 0, or at least 1MiB")
	}
	for _, ttl := range []struct {
		setting string
		value   time.Duration
	}{{"CACHE_FRESH", c.Fresh}, {"CACHE_STALE", c.StaleWhileRevalidate}, {"CACHE_STALE_IF_ERROR", c.StaleIfError}, {"CACHE_PENDING_TTL", c.PendingTTL}, {"CACHE_NEGATIVE_TTL", c.NegativeTTL}} {
		if ttl.value < 0 || ttl.value > 30*24*time.Hour {
			return errors.New(ttl.setting + ": must be between 0 and 720h")
		}
	}
	if c.RefreshTimeout <= 0 || c.RefreshTimeout > time.Hour {
		return errors.New("CACHE_REFRESH_TIMEOUT: must be more than 0 and at most 1h")
	}
	switch {
	case c.CatalogueMaxItems < 1 || c.CatalogueMaxItems > maxCatalogueItems:
		return errors.New("CATALOGUE_MAX_ITEMS: must be between 1 and 1000000")
	case c.CatalogueWarm && c.MaxBytes == 0:
		return errors.New("CATALOGUE_WARM: requires a cache: set CACHE_BYTES to at least 1MiB")
	}
	return nil
}
