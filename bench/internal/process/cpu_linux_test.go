package process

import (
	"os"
	"syscall"
	"testing"
	"time"
)

// ownCPUTime returns the CPU time that the kernel reports for this process.
func ownCPUTime(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestCPUTimeIsThatOfTheProcess(t *testing.T) {
	for range 3 {
		before := ownCPUTime(t)
		got, err := cpuTime(os.Getpid())
		after := ownCPUTime(t)
		if err != nil || got < before-time.Millisecond || got > after+time.Millisecond {
			t.Errorf("%v is not between %v and %v: %v", got, before, after, err)
		}
	}
	if _, err := cpuTime(1 << 22); err == nil { // the limit of process ids, which no process has
		t.Error("no error for a process that does not exist")
	}
}

func TestPeakMemoryIsResidentMemory(t *testing.T) {
	peak, err := peakMemory(os.Getpid())
	if err != nil || peak < 1<<20 || peak > 4<<30 {
		t.Errorf("%d bytes, %v", peak, err)
	}
}
