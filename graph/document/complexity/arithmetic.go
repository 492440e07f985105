package complexity

// Saturated is the largest value of a measurement. A chain of fragments, each of
// which spreads the next one twice, soon exceeds any integer.
const Saturated = 1_000_000_000

// Add returns a+b, or [Saturated] if that is less. Neither may be negative.
func Add(a, b int) int { return min(a+b, Saturated) }

// Mul returns a*b, or [Saturated] if that is less. Neither may be negative.
func Mul(a, b int) int { return min(a*b, Saturated) }
