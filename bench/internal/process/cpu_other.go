//go:build !linux

package process

import (
	"errors"
	"time"
)

// cpuTime is not implemented: other systems have no clock of sufficient resolution.
func cpuTime(int) (time.Duration, error) { return 0, errors.New("supported on Linux only") }
