package heygen_test

import (
	"encoding/json"
	"testing"
	"time"

	"heygen-graphql/heygen"
)

func TestUnixTimeEncodesSeconds(t *testing.T) {
	for want, moment := range map[string]time.Time{
		"0":                       time.Unix(0, 0),
		"1711382400":              time.Date(2024, 3, 25, 16, 0, 0, 0, time.UTC),
		"1711382400.5":            time.Date(2024, 3, 25, 17, 0, 0, 500_000_000, time.FixedZone("", 3600)),
		"1711382400.000001":       time.Unix(1711382400, 1999),
		"1711382400.25":           time.Unix(1711382400, 250_000_000),
		"-0.5":                    time.Unix(0, -500_000_000),
		"-1":                      time.Unix(-1, 0),
		"-1.25":                   time.Unix(-1, -250_000_000),
		"-62135596800":            {}, // year 1
		"253402300799":            time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		"out of range, too late":  time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		"out of range, in UTC":    time.Date(9999, 12, 31, 23, 30, 0, 0, time.FixedZone("", -3600)),
		"out of range, too early": time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC),
	} {
		got, err := json.Marshal(heygen.UnixTime{Time: moment})
		if failed := want[0] == 'o'; failed != (err != nil) || !failed && string(got) != want {
			t.Errorf("%v: %s, %v; want %s", moment, got, err, want)
		}
	}
}

func TestUnixTimeIsUTCInEveryLocalZone(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("elsewhere", 5*3600)
	t.Cleanup(func() { time.Local = local })
	for _, seconds := range []string{"1711382400", "1711382400.5", "1.7113824e9"} {
		var got heygen.UnixTime
		if err := json.Unmarshal([]byte(seconds), &got); err != nil || got.Location() != time.UTC || got.Hour() != 16 {
			t.Errorf("%s: %v, %v", seconds, got, err)
		}
	}
}
