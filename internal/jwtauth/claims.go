package jwtauth

import (
	"encoding/json"

	"github.com/golang-jwt/jwt/v5"
)

// registeredClaims are the claims that are verified. Their names are case-sensitive, as
// RFC 7519 requires: encoding/json would take a custom claim Aud or SUB, which a provider
// may let its users choose, for aud or sub.
type registeredClaims struct{ jwt.RegisteredClaims }

// UnmarshalJSON implements [json.Unmarshaler].
func (c *registeredClaims) UnmarshalJSON(data []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	for name, claim := range map[string]any{
		"iss": &c.Issuer, "sub": &c.Subject, "aud": &c.Audience, "exp": &c.ExpiresAt, "nbf": &c.NotBefore, "iat": &c.IssuedAt,
	} {
		if value, ok := members[name]; ok {
			if err := json.Unmarshal(value, claim); err != nil {
				return err
			}
		}
	}
	return nil
}
