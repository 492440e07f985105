package heygen

import (
	"errors"
	"math"
	"strconv"
	"time"
)

// UnixTime is a time that HeyGen sends as seconds since 1970, in UTC. A fraction has
// the precision of a microsecond (until 2106: beyond, a float64 is coarser). The zero
// UnixTime is an unknown time.
type UnixTime struct{ time.Time }

var errTime = errors.New("heygen: not a number of seconds within the years 1 to 9999") // the years of RFC 3339

// UnmarshalJSON decodes a number of seconds.
func (t *UnixTime) UnmarshalJSON(data []byte) error {
	if seconds, err := strconv.ParseInt(string(data), 10, 64); err == nil {
		t.Time = time.Unix(seconds, 0).UTC()
	} else {
		seconds, err := strconv.ParseFloat(string(data), 64)
		if err != nil || math.Abs(seconds) > 1e12 {
			return errTime
		}
		t.Time = time.UnixMicro(int64(math.Round(seconds * 1e6))).UTC()
	}
	if !t.inRange() {
		return errTime
	}
	return nil
}

// MarshalJSON encodes a number of seconds. The method of time.Time would encode
// RFC 3339.
func (t UnixTime) MarshalJSON() ([]byte, error) {
	switch {
	case !t.inRange():
		return nil, errTime
	case t.Nanosecond() == 0:
		return strconv.AppendInt(nil, t.Unix(), 10), nil
	default:
		return strconv.AppendFloat(nil, float64(t.UnixMicro())/1e6, 'f', -1, 64), nil
	}
}

func (t UnixTime) inRange() bool {
	year := t.UTC().Year()
	return year >= 1 && year <= 9999
}
