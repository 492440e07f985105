package report

import (
	"fmt"
	"strconv"
	"time"
)

// notMeasured fills the cells without a result.
const notMeasured = "–"

func micros(d time.Duration, ok bool) string {
	if !ok {
		return notMeasured
	}
	return thousands(float64(d) / float64(time.Microsecond))
}

func millis(d time.Duration, ok bool) string {
	if !ok {
		return notMeasured
	}
	return fmt.Sprintf("%.2f", float64(d)/float64(time.Millisecond))
}

// thousands formats a rounded number with commas.
func thousands(n float64) string {
	digits := strconv.FormatInt(int64(n+0.5), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// perCoreSecond formats how many requests a core can serve in a second, from the CPU
// time of one.
func perCoreSecond(cpu time.Duration) string {
	return thousands(float64(time.Second) / float64(max(cpu, 1)))
}

// wireBytes formats the size of a response, which is 0 if it was not recorded.
func wireBytes(n float64) string {
	if n == 0 {
		return notMeasured
	}
	return thousands(n)
}

func mebibytes(n int64) string { return strconv.FormatInt((n+1<<19)>>20, 10) }
