package jwtauth

// Error is why a token is rejected.
type Error struct {
	// Message is a sentence for the caller.
	Message string
	// Unavailable: the token could not be verified, as there are no keys. A later attempt
	// may succeed.
	Unavailable bool
}

func (e *Error) Error() string { return e.Message }

var (
	errTooLong      = &Error{Message: "The token is longer than 8 KiB."}
	errMalformed    = &Error{Message: "The token is not a valid JWT."}
	errAlgorithm    = &Error{Message: "The token's algorithm does not match its key."}
	errCritical     = &Error{Message: "The token requires extensions (`crit`), which this server does not support."}
	errKeyIDMissing = &Error{Message: "The token does not name its key (`kid`), and the identity provider has several."}
	errUnknownKey   = &Error{Message: "The token is signed with a key that the identity provider does not publish."}
	errSignature    = &Error{Message: "The token's signature is invalid, or its algorithm is not accepted."}
	errMissingClaim = &Error{Message: "The token lacks a required claim: `exp`, `iss` and `aud` are required."}
	errNoSubject    = &Error{Message: "The token has no subject (`sub`)."}
	errIssuer       = &Error{Message: "The token is from another issuer (`iss`)."}
	errAudience     = &Error{Message: "The token is for another audience (`aud`)."}
	errExpired      = &Error{Message: "The token has expired."}
	errNotYetValid  = &Error{Message: "The token is not valid yet (`nbf`, `iat`)."}
	errNoKeys       = &Error{Message: "The identity provider's keys could not be fetched. Retry in a few seconds.", Unavailable: true}
)
