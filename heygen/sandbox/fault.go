package sandbox

// Fault is a way in which an API call misbehaves. Each constant says what its client sees.
//
// Those that spoil a list leave other answers as they are, those that spoil a single thing leave lists as they are, and
// none of the two kinds touches an answer that is an error already.
type Fault string

// OK is no fault.
const OK Fault = "ok"

// Statuses. Unless it says otherwise, the body is HeyGen's error envelope with a code that fits.
const (
	RateLimited      Fault = "429"               // 429 with Retry-After: 1, or Options.RetryAfter in seconds
	RateLimitedUntil Fault = "429 date"          // 429 with Retry-After as an HTTP date, later than that by up to a second
	QuotaExceeded    Fault = "429 mute"          // 429 without Retry-After
	BadRequest       Fault = "400"               // 400 invalid_parameter, naming no parameter
	TokenExpired     Fault = "400 token expired" // 400 invalid_parameter naming token, if there is a token; else no fault
	Unauthorized     Fault = "401"               // 401 unauthorized, though the key was right
	PaymentRequired  Fault = "402"               // 402 insufficient_credit
	Forbidden        Fault = "403"               // 403 forbidden
	NotFound         Fault = "404"               // 404 resource_not_found, though it is there
	Conflict         Fault = "409"               // 409 request_in_progress
	Teapot           Fault = "418"               // 418, a status that HeyGen documents no code for
	InternalError    Fault = "500"               // 500 internal_error
	BadGateway       Fault = "502"               // 502 with a gateway's HTML page
	Unavailable      Fault = "503"               // 503 service_unavailable, without Retry-After
	GatewayTimeout   Fault = "504"               // 504 with an empty body
)

// Connections. These cut or stall what would have been the right answer.
const (
	// Hang sends nothing at all until the client gives up.
	Hang Fault = "hang"

	// HangInBody sends the headers and half of the body, and nothing more until the client gives up.
	HangInBody Fault = "hang in body"

	// SlowBody sends the headers at once and the body at one byte a second.
	SlowBody Fault = "slow body"

	// Reset ends the connection without a byte of answer: over TCP with a reset, over the pipes of [Sandbox.Transport], which
	// know none, and wherever there is no connection to take over, by closing it. On a connection that was used before,
	// net/http sends a GET again of its own accord: its caller may see no error, and Calls then shows one call more.
	Reset Fault = "reset"

	// TruncatedHeader closes the connection in the middle of the headers, after which net/http never tries again by itself.
	TruncatedHeader Fault = "cut header"

	// TruncatedBody closes the connection after half of the body that Content-Length promised.
	TruncatedBody Fault = "cut body"
)

// Bodies, all with status 200 except Redirect. The enums of UnknownEnum are status, consent_status and gender of a group;
// status, avatar_type and preferred_orientation of a look; status of a voice, which has one only alone.
const (
	TruncatedJSON Fault = "cut JSON"        // half of the JSON; as HTTP, the answer is whole
	HTMLPage      Fault = "html"            // an HTML page
	EmptyBody     Fault = "empty body"      // no body
	HugeBody      Fault = "huge body"       // valid JSON, over 12 MiB of it, nearly all white space
	EndlessBody   Fault = "endless body"    // white space, until the client goes
	Redirect      Fault = "redirect"        // 302 to the same path on another host, elsewhere.invalid
	ErrorIn200    Fault = "error in 200"    // an error envelope
	DataString    Fault = "data string"     // data is a string
	DataSwapped   Fault = "data swapped"    // data is a list where an object belongs, and an object where a list does
	DataNull      Fault = "data null"       // data is null
	UnknownEnum   Fault = "unknown enum"    // every enum below is a value never seen before
	WrongID       Fault = "another id"      // a single group, look or voice: another than the one asked for
	BadItem       Fault = "bad item"        // a list: its first item is the number 42
	ItemWithoutID Fault = "item without id" // a list: its first item lacks id, or voice_id
	BadItems      Fault = "bad items"       // a list: all items are numbers
)

// Paging, status 200.
const (
	// RepeatedToken gives as next_token the token that was asked with. A first page is answered as it should be.
	RepeatedToken Fault = "repeated token"

	// LoopingToken gives as next_token, from every page, one and the same: a token of the first page.
	LoopingToken Fault = "looping token"

	// MoreWithoutToken says has_more and gives no next_token: null.
	MoreWithoutToken Fault = "more without token"

	// EndlessPages gives an empty page that says has_more. Its next_token leads to another such page, and so on for ever,
	// each with a token never seen before: one fault makes a walk endless.
	EndlessPages Fault = "endless pages"

	// EmptyPage gives no items, says has_more, and its next_token leads to the page that should have come: a client that
	// goes on loses nothing.
	EmptyPage Fault = "empty page"

	// EmptyLastPage says has_more on the last page, and its next_token leads to a page without items, which is the end. Other
	// pages are answered as they should be.
	EmptyLastPage Fault = "empty last page"
)
