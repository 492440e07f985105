package load

import (
	"time"

	"golang.org/x/sys/unix"
)

// preciseSleep sleeps with an error of some 0.05 ms. In an idle process time.Sleep may
// take a millisecond longer, as epoll counts in milliseconds.
func preciseSleep(d time.Duration) {
	wait := unix.NsecToTimespec(int64(d))
	_ = unix.Nanosleep(&wait, nil) // a signal ends it early, and the caller is early then
}
