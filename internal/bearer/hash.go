package bearer

import (
	"crypto/sha256"
	"crypto/subtle"
)

// hash stands for a token. All hashes have one length, and those of tokens that
// are nearly alike are not, so how long a comparison takes says nothing of a token.
type hash [sha256.Size]byte

func hashOf[T string | []byte](token T) hash {
	// The copy lies on the stack: it costs no allocation, and leaves no token behind
	// on the heap.
	return sha256.Sum256(append(make([]byte, 0, longest), token...))
}

// among tells whether a hash is one of the good ones.
func among(shown hash, good []hash) bool {
	return compare(shown, good, subtle.ConstantTimeCompare) == 1
}

// compare holds a hash against every good one, also when one has matched: how
// long it takes must not say which one it was.
func compare(shown hash, good []hash, equal func(a, b []byte) int) (found int) {
	for i := range good {
		found |= equal(shown[:], good[i][:])
	}
	return found
}
