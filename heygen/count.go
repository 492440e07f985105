package heygen

import (
	"encoding/json"
	"math"
)

// count is a number such as a count: not negative, of 31 bits at most (GraphQL's
// Int has 32), and also written 3.0.
type count int

// UnmarshalJSON reads it.
func (n *count) UnmarshalJSON(text []byte) error {
	var f float64
	if err := json.Unmarshal(text, &f); err != nil || f != math.Trunc(f) || f < 0 || f > math.MaxInt32 {
		return errShape
	}
	*n = count(f)
	return nil
}
