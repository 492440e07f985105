package process

import (
	"os"
	"syscall"
	"testing"
	"time"
)

// spent is what the kernel says of this very process.
func spent(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestTheCPUClockIsThatOfTheProcess(t *testing.T) {
	for range 3 {
		before := spent(t)
		got, err := cpuOf(os.Getpid())
		after := spent(t)
		if err != nil || got < before-time.Millisecond || got > after+time.Millisecond {
			t.Errorf("%v is not between %v and %v: %v", got, before, after, err)
		}
	}
	if _, err := cpuOf(1 << 22); err == nil { // the most that a process id can be, and no process
		t.Error("a process that is not there has a clock")
	}
}

func TestThePeakIsResidentMemory(t *testing.T) {
	peak, err := peakOf(os.Getpid())
	if err != nil || peak < 1<<20 || peak > 4<<30 {
		t.Errorf("%d bytes, %v", peak, err)
	}
}
