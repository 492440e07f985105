package process

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuOf reads the CPU clock of another process, which has a resolution of
// nanoseconds where /proc/PID/stat has one of 10 ms. Its number is made of the
// process id as clock_getcpuclockid(3) does it.
func cpuOf(pid int) (time.Duration, error) {
	const scheduled = 2 // user and system time as the scheduler has measured it
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|scheduled), &t); err != nil {
		return 0, err
	}
	return time.Duration(t.Nano()), nil
}
