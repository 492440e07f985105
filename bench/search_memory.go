package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/workload"
)

// A low GOGC makes collections frequent, so that many can be compared.
const (
	memoryGOGC    = 25
	memorySetting = "GOGC=25"
)

// indexMemory returns the memory that the first search takes for good, after all pages of
// the list have been cached. The server needs [memorySetting].
func (i *instance) indexMemory(ctx context.Context) (int64, error) {
	groups := i.upstream.catalogue.Len()
	pages := workload.Workload{CursorsNeeded: groups / 50 * 50}
	if _, err := i.readCursors(pages); err != nil {
		return 0, err
	}
	before, err := i.liveHeap(ctx)
	if err != nil {
		return 0, err
	}
	first, err := i.firstSearch()
	if err != nil {
		return 0, err
	}
	if first.Calls != 0 {
		return 0, fmt.Errorf("%v upstream calls, though all %d groups were cached: the memory would not be that of the index alone", first.Calls, groups)
	}
	after, err := i.liveHeap(ctx)
	return after - before, err
}

// liveHeap returns the number of bytes that are live. Resident memory would not do: the
// garbage of a walk exceeds a short index by far. A collection counts as live what is
// allocated while it runs, so the lowest of several results is the closest one.
func (i *instance) liveHeap(ctx context.Context) (int64, error) {
	const collections = 8
	first, _, err := i.collections()
	last, lowest := first+1, math.Inf(1) // caches of the runtime are released by the second collection
	for err == nil && last < first+collections {
		// Each call allocates, and thus gets closer to the next collection.
		var n, goal float64
		if n, goal, err = i.collections(); err == nil {
			err = ctx.Err()
		}
		if n > last {
			last, lowest = n, min(lowest, goal)
		}
	}
	return int64(lowest / (1 + memoryGOGC/100.0)), err // the next one starts when the heap has grown by GOGC percent
}

// collections returns the number of garbage collections of the server so far, and the
// size in bytes of the heap at which the next one starts.
func (i *instance) collections() (n, goal float64, err error) {
	body, err := load.Send(i.Address, load.GetRequest(i.Address, "/metrics"))
	if err != nil {
		return 0, 0, err
	}
	if n, err = metric(body, "go_gc_duration_seconds_count"); err != nil {
		return 0, 0, err
	}
	goal, err = metric(body, "go_memstats_next_gc_bytes")
	return n, goal, err
}

// metric returns the value of a metric without labels.
func metric(body []byte, name string) (float64, error) {
	for lines := bufio.NewScanner(bytes.NewReader(body)); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
			return strconv.ParseFloat(value, 64)
		}
	}
	return 0, fmt.Errorf("/metrics has no %s", name)
}
