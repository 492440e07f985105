package heygen

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// UnixTime is a moment that HeyGen sends as seconds since 1970, in UTC. A
// fraction is kept to the nanosecond; to the microsecond where the number is
// written with an exponent, which is read as a float64.
type UnixTime struct{ time.Time }

// UnmarshalJSON reads a number of seconds. It refuses what no calendar of four
// digits holds: RFC 3339 could not write it.
func (t *UnixTime) UnmarshalJSON(text []byte) error {
	if seconds, nanos, ok := decimal(string(text)); ok {
		t.Time = time.Unix(seconds, nanos).UTC()
	} else {
		seconds, err := strconv.ParseFloat(string(text), 64)
		if err != nil || math.Abs(seconds) > 1e12 {
			return errors.New("heygen: not a number of seconds")
		}
		t.Time = time.UnixMicro(int64(math.Round(seconds * 1e6))).UTC()
	}
	if !t.inRange() {
		return errors.New("heygen: a time out of range")
	}
	return nil
}

// MarshalJSON writes what UnmarshalJSON reads: the seconds, with a fraction
// where there is one. The method of time.Time would write RFC 3339.
func (t UnixTime) MarshalJSON() ([]byte, error) {
	if !t.inRange() {
		return nil, errors.New("heygen: a time out of range")
	}
	seconds, nanos, sign := t.Unix(), int64(t.Nanosecond()), ""
	if seconds < 0 { // time counts nanoseconds forwards: half a second before 1970 is -1 and 500 000 000
		if seconds, sign = -seconds, "-"; nanos > 0 {
			seconds, nanos = seconds-1, 1e9-nanos
		}
	}
	text := sign + strconv.FormatInt(seconds, 10)
	if nanos > 0 {
		text += strings.TrimRight("."+strconv.FormatInt(1e9+nanos, 10)[1:], "0")
	}
	return []byte(text), nil
}

func (t UnixTime) inRange() bool {
	year := t.UTC().Year()
	return year >= 1 && year <= 9999
}

// decimal reads a number without an exponent.
func decimal(text string) (seconds, nanos int64, ok bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.ContainsAny(fraction, "eE") {
		return 0, 0, false
	}
	nanos, err = strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
	if strings.HasPrefix(whole, "-") {
		nanos = -nanos
	}
	return seconds, nanos, err == nil
}
