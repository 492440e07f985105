package jwtauth

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

const (
	maxKeys       = 100
	minRSAKeySize = 2048 // bits, as RFC 7518 requires
	maxRSAKeySize = 8192 // bits: a verification takes 0.5 ms
)

// keys is one version of the provider's keys. It is immutable.
type keys struct {
	fetchedAt time.Time
	selector  keyfunc.Keyfunc
	ids       map[string]bool
	count     int
}

// parseKeys parses a JWK Set. Keys that cannot verify tokens are left out: those of other
// types, of another use, too small, or malformed (RFC 7517, section 5). It returns an error
// if no key is left.
func parseKeys(data []byte) (*keys, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil {
		return nil, errors.New("the JWK Set is not valid JSON")
	}
	if len(set.Keys) > maxKeys {
		return nil, fmt.Errorf("the JWK Set has more than %d keys", maxKeys)
	}
	storage := jwkset.NewMemoryStorage()
	k := &keys{ids: map[string]bool{}}
	for _, encoded := range set.Keys {
		var member jwkset.JWKMarshal
		if err := json.Unmarshal(encoded, &member); err != nil || !forVerification(member) || k.ids[member.KID] {
			continue
		}
		// Public parameters only. Certificates are left out: jwkset may fetch x5u.
		key, err := jwkset.NewJWKFromMarshal(jwkset.JWKMarshal{
			KTY: member.KTY, USE: member.USE, KEYOPS: member.KEYOPS, ALG: member.ALG, KID: member.KID,
			CRV: member.CRV, X: member.X, Y: member.Y, N: member.N, E: member.E,
		}, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
		if err != nil || !acceptable(key.Key()) {
			continue
		}
		if member.KID != "" {
			k.ids[member.KID] = true
		}
		k.count++
		_ = storage.KeyWrite(context.Background(), key) // in memory
	}
	if k.count == 0 {
		return nil, errors.New("the JWK Set has no key for signatures")
	}
	k.selector, _ = keyfunc.New(keyfunc.Options{Storage: storage}) // which fails without a storage only
	return k, nil
}

// find returns the key of a token, if the key is for the token's algorithm. id is the kid
// of the token, or "" if it has none.
func (k *keys) find(token *jwt.Token, id string) (any, error) {
	switch {
	case !k.has(id):
		return nil, errUnknownKey
	case id == "" && k.count > 1:
		return nil, errKeyIDMissing
	}
	key, err := k.selector.Keyfunc(token) // which compares alg
	if set, ok := key.(jwt.VerificationKeySet); ok && len(set.Keys) == 1 {
		key = set.Keys[0]
	}
	if err != nil || !fits(token.Method.Alg(), key) {
		return nil, errAlgorithm
	}
	return key, nil
}

// has reports whether there is a key for tokens with this kid. A token without one needs
// no other keys than those that are known.
func (k *keys) has(id string) bool { return id == "" || k.ids[id] }

// forVerification reports whether a key is of an asymmetric type, and for signatures.
func forVerification(key jwkset.JWKMarshal) bool {
	return slices.Contains([]jwkset.KTY{jwkset.KtyRSA, jwkset.KtyEC, jwkset.KtyOKP}, key.KTY) &&
		(key.USE == "" || key.USE == jwkset.UseSig) &&
		(len(key.KEYOPS) == 0 || slices.Contains(key.KEYOPS, jwkset.KeyOpsVerify))
}

// acceptable reports whether a key is strong enough, and a point of its curve.
func acceptable(key any) bool {
	switch key := key.(type) {
	case *rsa.PublicKey:
		size := key.N.BitLen()
		return size >= minRSAKeySize && size <= maxRSAKeySize && key.E >= 3 && key.E&1 == 1
	case *ecdsa.PublicKey:
		_, err := key.ECDH()
		return err == nil
	case ed25519.PublicKey:
		return len(key) == ed25519.PublicKeySize
	}
	return false
}

// fits reports whether an algorithm is one of the key's type and, for ECDSA, of its curve.
// golang-jwt does not compare the curve.
func fits(alg string, key any) bool {
	switch key := key.(type) {
	case *rsa.PublicKey:
		return alg[:2] == "RS" || alg[:2] == "PS"
	case *ecdsa.PublicKey:
		return alg == map[int]string{256: "ES256", 384: "ES384", 521: "ES512"}[key.Curve.Params().BitSize]
	case ed25519.PublicKey:
		return alg == "EdDSA"
	}
	return false
}
