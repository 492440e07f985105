package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// byteSize is a size as a setting: a whole number of bytes, or of KiB, MiB, GiB.
type byteSize int64

var errBytes = errors.New("must be a number of bytes such as 1048576, 512KiB or 64MiB, at most 1TiB")

var units = []struct {
	suffix string
	shift  int
}{{"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"", 0}}

func (b *byteSize) Set(text string) error {
	for _, unit := range units {
		number, ok := strings.CutSuffix(text, unit.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 64)
		if err != nil || n > 1<<40>>unit.shift {
			return errBytes
		}
		*b = byteSize(n << unit.shift)
		return nil
	}
	return errBytes
}

func (b *byteSize) Get() any { return *b }

func (b *byteSize) String() string {
	for _, unit := range []int{2, 1, 0} {
		if size := byteSize(1) << units[unit].shift; *b > 0 && *b%size == 0 {
			return fmt.Sprint(int64(*b/size), units[unit].suffix)
		}
	}
	return strconv.FormatInt(int64(*b), 10)
}

// leastCache is a page of HeyGen's or two: with less nothing useful would be kept.
const leastCache = 1 << 20

func (s *settings) checkCache() error {
	if s.cache.bytes > 0 && s.cache.bytes < leastCache {
		return errors.New("CACHE_BYTES: must be 0, or at least 1MiB")
	}
	for _, life := range []struct {
		name  string
		value time.Duration
	}{{"CACHE_FRESH", s.cache.fresh}, {"CACHE_STALE", s.cache.stale}, {"CACHE_TRAINING", s.cache.training}, {"CACHE_MISSING", s.cache.missing}} {
		if life.value < 0 || life.value > 30*24*time.Hour {
			return errors.New(life.name + ": must be between 0 and 720h")
		}
	}
	if s.cache.refreshTimeout <= 0 || s.cache.refreshTimeout > time.Hour {
		return errors.New("CACHE_REFRESH_TIMEOUT: must be more than 0 and at most 1h")
	}
	return nil
}
