package rng

// SplitMix64 is a generator that costs next to nothing to seed. Thousands of looks are each generated from a sequence of
// their own, for which the generators of math/rand/v2 take too long to set up.
type SplitMix64 uint64

// NewSplitMix64 returns a generator seeded with the hash of key, and with n.
func NewSplitMix64(key string, n int) *SplitMix64 {
	s := SplitMix64(hash(key) + uint64(n)*0xd1b54a32d192ed03)
	return &s
}

// Uint64 returns the next number.
func (s *SplitMix64) Uint64() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// IntN returns a number from 0 to n-1.
func (s *SplitMix64) IntN(n int) int { return int(s.Uint64() % uint64(n)) }

// Float64 returns a number from 0 to 1, without 1.
func (s *SplitMix64) Float64() float64 { return float64(s.Uint64()>>11) / (1 << 53) }
