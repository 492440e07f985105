package heygen

import (
	"encoding/json"
	"errors"
	"math"
)

// count is an integer that is not negative, of at most 31 bits (GraphQL's Int has
// 32). It may be written 3.0.
type count int

var errCount = errors.New("heygen: not an integer from 0 to 2147483647")

// UnmarshalJSON decodes a number.
func (n *count) UnmarshalJSON(data []byte) error {
	var f float64
	if err := json.Unmarshal(data, &f); err != nil || f != math.Trunc(f) || f < 0 || f > math.MaxInt32 {
		return errCount
	}
	*n = count(f)
	return nil
}
