package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// byteSize is a flag value: an integer number of bytes, KiB, MiB or GiB.
type byteSize int64

var errByteSize = errors.New("must be a number of bytes such as 1048576, 512KiB or 64MiB, at most 1TiB")

var byteUnits = []struct {
	suffix string
	shift  int
}{{"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"", 0}}

func (b *byteSize) Set(s string) error {
	for _, unit := range byteUnits {
		number, ok := strings.CutSuffix(s, unit.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 64)
		if err != nil || n > 1<<40>>unit.shift {
			return errByteSize
		}
		*b = byteSize(n << unit.shift)
		return nil
	}
	return errByteSize
}

func (b *byteSize) Get() any { return *b }

func (b *byteSize) String() string {
	for _, unit := range []int{2, 1, 0} {
		if size := byteSize(1) << byteUnits[unit].shift; *b > 0 && *b%size == 0 {
			return fmt.Sprint(int64(*b/size), byteUnits[unit].suffix)
		}
	}
	return strconv.FormatInt(int64(*b), 10)
}
