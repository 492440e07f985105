package process

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime reads the CPU clock of another process. Its resolution is nanoseconds;
// that of /proc/PID/stat is 10 ms. The clock id is derived from the process id as in
// clock_getcpuclockid(3).
func cpuTime(pid int) (time.Duration, error) {
	const scheduled = 2 // CPUCLOCK_SCHED: user and system time as measured by the scheduler
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|scheduled), &t); err != nil {
		return 0, err
	}
	return time.Duration(t.Nano()), nil
}
