package heygen

import (
	"errors"
	"math"
	"strconv"
	"time"
)

// UnixTime is a moment that HeyGen sends as seconds since 1970, in UTC. A
// fraction is kept to the microsecond.
type UnixTime struct{ time.Time }

// UnmarshalJSON reads a number of seconds. It refuses what no calendar of four
// digits holds: RFC 3339 could not write it.
func (t *UnixTime) UnmarshalJSON(text []byte) error {
	if seconds, err := strconv.ParseInt(string(text), 10, 64); err == nil {
		t.Time = time.Unix(seconds, 0).UTC()
	} else {
		seconds, err := strconv.ParseFloat(string(text), 64)
		if err != nil || math.Abs(seconds) > 1e12 {
			return errors.New("heygen: not a number of seconds")
		}
		t.Time = time.UnixMicro(int64(math.Round(seconds * 1e6))).UTC()
	}
	if t.Year() < 1 || t.Year() > 9999 {
		return errors.New("heygen: a time out of range")
	}
	return nil
}
