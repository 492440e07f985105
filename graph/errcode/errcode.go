// Package errcode holds the error codes of the API, one sentence each, and builds
// the GraphQL errors that carry them. It knows nothing of HeyGen or of the schema.
package errcode

// Code is extensions.code of an error, by which clients distinguish errors. Clients
// must tolerate unknown codes.
type Code string

// The codes, a sentence each.
const (
	// BadUserInput: an argument, a variable or the request itself is invalid; the message names it and the limit.
	BadUserInput Code = "BAD_USER_INPUT"
	// InvalidCursor: a cursor is truncated, damaged, forged, or belongs to another list or filter.
	InvalidCursor Code = "INVALID_CURSOR"
	// CursorExpired: HeyGen no longer accepts the page token of a cursor, or no item near its position is left; start again without it.
	CursorExpired Code = "CURSOR_EXPIRED"
	// PaginationTooDeep: the page is more than 40 HeyGen pages from the start of the list or from the other cursor.
	PaginationTooDeep Code = "PAGINATION_TOO_DEEP"
	// CatalogueTooLarge: the whole list is needed, and has more items than the server's CATALOGUE_MAX_ITEMS; plain pagination still works.
	CatalogueTooLarge Code = "CATALOGUE_TOO_LARGE"
	// ParseFailed: the document is not valid GraphQL syntax, or has too many tokens.
	ParseFailed Code = "GRAPHQL_PARSE_FAILED"
	// ValidationFailed: the document does not conform to the schema.
	ValidationFailed Code = "GRAPHQL_VALIDATION_FAILED"
	// QueryTooComplex: the operation exceeds a limit on its size or cost; the message names the limit.
	QueryTooComplex Code = "QUERY_TOO_COMPLEX"
	// OperationNotSupported: the document uses what this API does not support, such as a mutation or @defer.
	OperationNotSupported Code = "OPERATION_NOT_SUPPORTED"
	// PersistedQueryNotFound: the document that the request names is not cached; send its source along with the hash.
	PersistedQueryNotFound Code = "PERSISTED_QUERY_NOT_FOUND"
	// DocumentNotTrusted: this server executes only the documents of its manifest.
	DocumentNotTrusted Code = "DOCUMENT_NOT_TRUSTED"
	// Unauthenticated: the caller's token or key is missing or was rejected, by this server or, in passthrough mode, by HeyGen.
	Unauthenticated Code = "UNAUTHENTICATED"
	// UpstreamUnauthenticated: HeyGen rejected the server's own key.
	UpstreamUnauthenticated Code = "UPSTREAM_UNAUTHENTICATED"
	// Forbidden: the HeyGen key lacks permission for this.
	Forbidden Code = "FORBIDDEN"
	// PaymentRequired: the HeyGen account lacks the credit or the plan for this.
	PaymentRequired Code = "PAYMENT_REQUIRED"
	// RateLimited: HeyGen's rate limit is exceeded, or, without extensions.upstream, this server's limit for the caller; extensions.retryAfter says in how many seconds to retry, at least 1.
	RateLimited Code = "RATE_LIMITED"
	// UpstreamTimeout: HeyGen did not respond in time.
	UpstreamTimeout Code = "UPSTREAM_TIMEOUT"
	// UpstreamUnavailable: HeyGen failed, or could not be reached; with status 503, the identity provider.
	UpstreamUnavailable Code = "UPSTREAM_UNAVAILABLE"
	// UpstreamInvalidResponse: HeyGen's response is invalid, or HeyGen rejected a request for a reason that is not the caller's.
	UpstreamInvalidResponse Code = "UPSTREAM_INVALID_RESPONSE"
	// Overloaded: this server has no capacity left; the header Retry-After of a 503 says when to retry.
	Overloaded Code = "OVERLOADED"
	// Internal: an error in this server; extensions.requestId finds it in the log.
	Internal Code = "INTERNAL"
)

// All lists every code.
var All = []Code{
	BadUserInput,
	InvalidCursor,
	CursorExpired,
	PaginationTooDeep,
	CatalogueTooLarge,
	ParseFailed,
	ValidationFailed,
	QueryTooComplex,
	OperationNotSupported,
	PersistedQueryNotFound,
	DocumentNotTrusted,
	Unauthenticated,
	UpstreamUnauthenticated,
	Forbidden,
	PaymentRequired,
	RateLimited,
	UpstreamTimeout,
	UpstreamUnavailable,
	UpstreamInvalidResponse,
	Overloaded,
	Internal,
}
