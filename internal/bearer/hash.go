package bearer

import (
	"crypto/sha256"
	"crypto/subtle"
)

// hash is the SHA-256 of a token. Hashes have equal length, and those of similar
// tokens are not similar, so the time of a comparison reveals nothing of a token.
type hash [sha256.Size]byte

func hashOf[T string | []byte](token T) hash {
	// The copy is on the stack: it does not allocate, and leaves no token on the heap.
	return sha256.Sum256(append(make([]byte, 0, maxLength), token...))
}

func contains(active []hash, token hash) bool {
	return compareAll(active, token, subtle.ConstantTimeCompare) == 1
}

// compareAll returns 1 if active contains token, or else 0, in constant time: it
// compares token with every element, also after a match.
func compareAll(active []hash, token hash, equal func(a, b []byte) int) (found int) {
	for i := range active {
		found |= equal(token[:], active[i][:])
	}
	return found
}
