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

func mebibytes(n int64) string { return strconv.FormatInt((n+1<<19)>>20, 10) }
