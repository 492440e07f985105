package sandbox

// Fault is a way in which an API call fails. Each constant documents what the client sees.
//
// Faults of lists leave other responses unchanged, faults of single items leave lists unchanged, and neither changes an
// error response.
type Fault string

// OK is no fault.
const OK Fault = "ok"

// HTTP statuses. Unless stated otherwise, the body is HeyGen's error envelope with the matching code.
const (
	RateLimited      Fault = "429"                // 429 with Retry-After: 1, or Options.RetryAfter in seconds
	RateLimitedUntil Fault = "429 date"           // 429 with Retry-After as an HTTP date, up to a second later than that
	QuotaExceeded    Fault = "429 quota exceeded" // 429 quota_exceeded, without Retry-After
	BadRequest       Fault = "400"                // 400 invalid_parameter, without param
	TokenExpired     Fault = "400 token expired"  // 400 invalid_parameter for token, if the request has a token; else no fault
	Unauthorized     Fault = "401"                // 401 unauthorized, even for an accepted key
	PaymentRequired  Fault = "402"                // 402 insufficient_credit
	Forbidden        Fault = "403"                // 403 forbidden
	NotFound         Fault = "404"                // 404 resource_not_found, even if it exists
	Conflict         Fault = "409"                // 409 request_in_progress
	Gone             Fault = "410"                // 410 resource_not_found
	ContentTooLarge  Fault = "413"                // 413 invalid_parameter, without param
	Teapot           Fault = "418"                // 418, a status for which HeyGen documents no code
	Unprocessable    Fault = "422"                // 422 invalid_parameter, without param
	InternalError    Fault = "500"                // 500 internal_error
	BadGateway       Fault = "502"                // 502 with a gateway's HTML page
	Unavailable      Fault = "503"                // 503 service_unavailable, without Retry-After
	GatewayTimeout   Fault = "504"                // 504 with an empty body
)

// Connections. These abort or stall the normal response.
const (
	// Hang sends nothing until the client disconnects.
	Hang Fault = "hang"

	// HangInBody sends the headers and half of the body, and nothing more until the client disconnects.
	HangInBody Fault = "hang in body"

	// SlowBody sends the headers at once and the body at one byte a second.
	SlowBody Fault = "slow body"

	// Reset closes the connection without a byte of response: over TCP with a RST; over the pipes of [Sandbox.Transport],
	// which have no reset, and where the connection cannot be hijacked, with a plain close. On a reused connection,
	// net/http retries a GET by itself: the caller may see no error, and Calls then has one more call.
	Reset Fault = "reset"

	// TruncatedHeader closes the connection in the middle of the headers. net/http never retries after that.
	TruncatedHeader Fault = "truncated header"

	// TruncatedBody closes the connection after half of the body that Content-Length announced.
	TruncatedBody Fault = "truncated body"
)

// Bodies, all with status 200 except Redirect. The enums of UnknownEnum are status, consent_status and gender of a group;
// status, avatar_type and preferred_orientation of a look; and status of a voice, which only a single voice has.
const (
	TruncatedJSON Fault = "truncated JSON"  // half of the JSON, in a complete HTTP response
	HTMLPage      Fault = "html"            // an HTML page
	EmptyBody     Fault = "empty body"      // no body
	HugeBody      Fault = "huge body"       // valid JSON of over 12 MiB, nearly all of it whitespace
	EndlessBody   Fault = "endless body"    // whitespace, until the client disconnects
	Redirect      Fault = "redirect"        // 302 to the same path on another host, elsewhere.invalid
	ErrorIn200    Fault = "error in 200"    // an error envelope
	DataString    Fault = "data string"     // data is a string
	DataSwapped   Fault = "data swapped"    // data is a list instead of an object, or an object instead of a list
	DataNull      Fault = "data null"       // data is null
	UnknownEnum   Fault = "unknown enum"    // every enum above has an unknown value
	WrongID       Fault = "wrong id"        // of a single group, look or voice: a resource other than the requested one
	BadItem       Fault = "bad item"        // of a list: its first item is the number 42
	ItemWithoutID Fault = "item without id" // of a list: its first item lacks id, or voice_id
	BadItems      Fault = "bad items"       // of a list: all items are numbers
)

// Pagination, status 200.
const (
	// RepeatedToken returns the token of the request as next_token. It does not change a first page.
	RepeatedToken Fault = "repeated token"

	// LoopingToken returns the same next_token on every page: a token of the first page.
	LoopingToken Fault = "looping token"

	// MoreWithoutToken returns has_more true and next_token null.
	MoreWithoutToken Fault = "more without token"

	// EndlessPages returns an empty page with has_more true. Its next_token leads to another such page, and so on without
	// end, each with a new token: one fault makes a walk endless.
	EndlessPages Fault = "endless pages"

	// EmptyPage returns no items and has_more true, and its next_token leads to the requested page: a client that
	// continues loses nothing.
	EmptyPage Fault = "empty page"

	// EmptyLastPage returns has_more true on the last page, and its next_token leads to a page without items, which is the
	// end. It does not change other pages.
	EmptyLastPage Fault = "empty last page"
)
