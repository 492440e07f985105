package report

import (
	"fmt"
	"strconv"
	"time"
)

const none = "–"

func micros(d time.Duration, ok bool) string {
	if !ok {
		return none
	}
	return thousands(float64(d) / float64(time.Microsecond))
}

func millis(d time.Duration, ok bool) string {
	if !ok {
		return none
	}
	return fmt.Sprintf("%.2f", float64(d)/float64(time.Millisecond))
}

// thousands is a whole number with commas.
func thousands(n float64) string {
	text := strconv.FormatInt(int64(n+0.5), 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func mebibytes(n int64) string { return strconv.FormatInt((n+1<<19)>>20, 10) }
