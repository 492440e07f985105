package catalogue

import "unsafe"

// allocSize returns about how many bytes the allocator takes for n bytes, and never less:
// its size classes are 8 bytes, then 16 apart, then up to an eighth.
func allocSize(n int) int {
	switch {
	case n <= 8:
		return (n + 7) / 8 * 8
	case n <= 256:
		return (n + 15) / 16 * 16
	default:
		return n + n/8
	}
}

func sizeOf[T any]() int { return allocSize(int(unsafe.Sizeof(*new(T)))) }

// sliceSize returns the size of a slice's elements, without what they point to.
func sliceSize[E any](s []E) int { return allocSize(cap(s) * int(unsafe.Sizeof(*new(E)))) }

func stringSize[S ~string](s S) int { return allocSize(len(s)) }

// optionalSize returns the size of an optional string. A nil one has none.
func optionalSize[S ~string](s *S) int {
	if s == nil {
		return 0
	}
	return sizeOf[S]() + stringSize(*s)
}

func stringsSize(list []string) int {
	total := sliceSize(list)
	for _, s := range list {
		total += stringSize(s)
	}
	return total
}
