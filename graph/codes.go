package graph

// Code is what clients decide by: extensions.code of an error. They are told
// to tolerate codes they do not know.
type Code string

// The codes, a sentence each.
const (
	// BadUserInput: an argument, a variable or the request itself is wrong; the message names it and the limit.
	BadUserInput Code = "BAD_USER_INPUT"
	// InvalidCursor: a cursor is cut, damaged, forged, or of another list or filter.
	InvalidCursor Code = "INVALID_CURSOR"
	// CursorExpired: HeyGen no longer knows the place a cursor names, or nothing is left around it; begin anew.
	CursorExpired Code = "CURSOR_EXPIRED"
	// PaginationTooDeep: the page lies more than 40 of HeyGen's pages away from where reading has to begin.
	PaginationTooDeep Code = "PAGINATION_TOO_DEEP"
	// ParseFailed: the document is not GraphQL, or is longer than is read.
	ParseFailed Code = "GRAPHQL_PARSE_FAILED"
	// ValidationFailed: the document does not fit the schema.
	ValidationFailed Code = "GRAPHQL_VALIDATION_FAILED"
	// QueryTooComplex: the document asks for more than one operation may; the message names the limit.
	QueryTooComplex Code = "QUERY_TOO_COMPLEX"
	// OperationNotSupported: the document asks for what this API does not do, such as a mutation or @defer.
	OperationNotSupported Code = "OPERATION_NOT_SUPPORTED"
	// PersistedQueryNotFound: the document that the request names is not known here; send its text along with the hash.
	PersistedQueryNotFound Code = "PERSISTED_QUERY_NOT_FOUND"
	// DocumentNotTrusted: this server runs the documents of its manifest alone.
	DocumentNotTrusted Code = "DOCUMENT_NOT_TRUSTED"
	// Unauthenticated: the caller's token or key is missing, or is refused: by this server, or by HeyGen where callers bring keys of theirs.
	Unauthenticated Code = "UNAUTHENTICATED"
	// UpstreamUnauthenticated: HeyGen refuses the server's own key.
	UpstreamUnauthenticated Code = "UPSTREAM_UNAUTHENTICATED"
	// Forbidden: HeyGen's key may not do this.
	Forbidden Code = "FORBIDDEN"
	// PaymentRequired: HeyGen's account lacks the credit or the plan for it.
	PaymentRequired Code = "PAYMENT_REQUIRED"
	// RateLimited: HeyGen asks for a pause; extensions.retryAfter says how many seconds, if it said so.
	RateLimited Code = "RATE_LIMITED"
	// UpstreamTimeout: HeyGen did not answer in time.
	UpstreamTimeout Code = "UPSTREAM_TIMEOUT"
	// UpstreamUnavailable: HeyGen failed, or could not be reached.
	UpstreamUnavailable Code = "UPSTREAM_UNAVAILABLE"
	// UpstreamInvalidResponse: HeyGen's answer makes no sense.
	UpstreamInvalidResponse Code = "UPSTREAM_INVALID_RESPONSE"
	// Overloaded: this server has too much to do; the header Retry-After of a 503 says when to try again.
	Overloaded Code = "OVERLOADED"
	// Internal: a fault of this server; extensions.requestId finds it in the log.
	Internal Code = "INTERNAL"
)

// Codes are all that there are.
var Codes = []Code{
	BadUserInput,
	InvalidCursor,
	CursorExpired,
	PaginationTooDeep,
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
