package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// leastHeap is how far the heap may grow, in bytes, before garbage is collected, however
// little of it is in use. By Go's own measure that is twice what is in use, which is
// 4 MB where little is kept: then it is collected 50 times a second under load, and
// takes a tenth of the time and more. With this the process stays below 64 MiB as long
// as little is kept.
const leastHeap = 28 << 20

// mostPercent bounds what Go is told: GOGC.
const mostPercent = 800

// gcPercent is how much the heap may grow until the next collection, in percent of what is in use.
func gcPercent(inUse uint64) int {
	if inUse == 0 {
		return mostPercent
	}
	return int(min(max(leastHeap*100/inUse, 200)-100, mostPercent))
}

// roomForGarbage looks at the heap after each collection, for as long as the process
// lives. It is for a process whose GOGC nobody has set.
var roomForGarbage = sync.OnceFunc(func() {
	inUse := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	now := 100
	type each struct{ _ [16]byte } // is collected each time, and told so
	var look func(*each)
	look = func(e *each) {
		metrics.Read(inUse)
		if want := gcPercent(inUse[0].Value.Uint64()); want > now+now/10 || want < now-now/10 || want == 100 && now != want {
			debug.SetGCPercent(want)
			now = want
		}
		runtime.SetFinalizer(e, look)
	}
	look(&each{})
})
