package middleware

import (
	"cmp"
	"net/http"

	"github.com/jub0bs/cors"
)

// preflightMaxAge is the Access-Control-Max-Age in seconds: two hours, Chromium's
// cap. It can be long, as [Origins.BlockCrossOrigin] checks every request anyway;
// and each GET has a URL, hence a preflight, of its own.
const preflightMaxAge = 2 * 60 * 60

// Origins are the other origins whose pages may call an API. Pages of the API's
// own origin and clients that are not browsers may always call it.
//
// CORS wraps BlockCrossOrigin, so that a rejection varies by Origin too, and that
// pages of a listed origin can read every error:
//
//	api = origins.CORS(origins.BlockCrossOrigin(api, reject))
type Origins struct {
	allowAny bool
	csrf     *http.CrossOriginProtection
	cors     *cors.Middleware // nil: no other origin is listed
}

// NewOrigins parses a list of exact origins, such as https://app.example.com or
// http://localhost:5173, or * alone for any origin. The list may be empty.
//
// It accepts plain http from any host, as in an intranet: an attacker who can
// modify such a page in transit gains what the page may do here, which is what it
// can do with its own key, as browsers add none to its requests.
//
// It returns an error if an entry is invalid: one sentence that quotes the entry,
// or names its position if the entry may contain a secret.
func NewOrigins(list []string) (*Origins, error) {
	o := &Origins{csrf: http.NewCrossOriginProtection()}
	for i, entry := range list {
		if entry == "*" && len(list) == 1 {
			o.allowAny = true
		} else if err := checkOrigin(entry, i); err != nil {
			return nil, err
		} else if err := o.csrf.AddTrustedOrigin(entry); err != nil {
			return nil, invalidHost(entry)
		}
	}
	if len(list) > 0 {
		var err error
		if o.cors, err = newCORS(list); err != nil {
			return nil, invalidHost(list[0]) // unreachable: it accepted each of them already
		}
	}
	return o, nil
}

// newCORS does not allow credentialed requests, so browsers add neither cookies
// nor a password. A page that has a key sends it in Authorization, which * does
// not cover.
func newCORS(list []string) (*cors.Middleware, error) {
	return cors.NewMiddleware(cors.Config{
		Origins:         list,
		Methods:         []string{http.MethodGet, http.MethodHead, http.MethodPost},
		RequestHeaders:  []string{"*", "Authorization"},
		MaxAgeInSeconds: preflightMaxAge,
		ResponseHeaders: []string{"Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-Id", "Age", "ETag", "X-HeyGen-Sandbox"},
	})
}

// CORS sets the CORS headers by which pages of listed origins may read responses,
// and responds to preflights itself. It returns next if no other origin is listed.
//
// A page with an opaque origin, from a file or in a sandboxed frame, sends null,
// which cannot be listed, and whose preflights fail under * too.
func (o *Origins) CORS(next http.Handler) http.Handler {
	if o.cors == nil {
		return next
	}
	return o.cors.Wrap(next)
}

// BlockCrossOrigin is the CSRF protection: it calls reject, which writes a 403, instead
// of next if a browser reports that a page of an unlisted origin makes the request. CORS alone only
// prevents the page from reading the response, not its query from being executed
// and paid for.
//
// It is for an API: it checks GET and HEAD like POST, so a link on another site
// or an <img> is rejected too, even on a listed origin, as browsers send Origin
// only for requests of scripts. OPTIONS passes: it executes no query, and
// preflights use it. A request with neither Sec-Fetch-Site nor Origin passes: its
// client is not a browser, or it is a GET without CORS from a browser over plain
// HTTP to a host other than localhost.
//
// A rejection is marked no-store before reject is called.
func (o *Origins) BlockCrossOrigin(next http.Handler, reject func(http.ResponseWriter, *http.Request)) http.Handler {
	if o.allowAny {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodOptions && !o.allows(r) {
			w.Header().Set("Cache-Control", "no-store")
			reject(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (o *Origins) allows(r *http.Request) bool {
	if len(r.Header["Origin"]) > 1 || len(r.Header["Sec-Fetch-Site"]) > 1 {
		return false // no browser sends two, and only the first would be checked
	}
	checked := r.WithContext(r.Context()) // a copy
	checked.Method = http.MethodPost      // safe methods would pass unchecked
	checked.Host = cmp.Or(r.Host, " ")    // an empty host would equal that of the origin null
	return o.csrf.Check(checked) == nil
}
