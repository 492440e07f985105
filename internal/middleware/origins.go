package middleware

import (
	"cmp"
	"net/http"

	"github.com/jub0bs/cors"
)

// preflightAge is how many seconds a browser may remember a preflight: two
// hours, Chromium's cap. It can be long, as [Origins.BlockCrossOrigin] looks at every
// request anyway; and each GET has a URL, hence a preflight, of its own.
const preflightAge = 2 * 60 * 60

// Origins are the other origins whose pages may call an API. A page of the
// API's own origin always may, and so may whatever is no browser.
//
// CORS stands around Guard, so that a refusal says too that it depends on Origin,
// and that the pages of a listed origin can read every error:
//
//	api = origins.CORS(origins.Guard(api, refuse))
type Origins struct {
	any    bool
	shield *http.CrossOriginProtection
	share  *cors.Middleware // nil: there are no others
}

// NewOrigins reads a list of exact origins, such as https://app.example.com or
// http://localhost:5173, or * alone for all of them. An empty list is none.
//
// Plain http is taken from any host, as in an intranet: whoever can change such
// a page on its way gains what the page may do here, which is what it can do
// with a key of its own, as browsers add none to its requests.
//
// An error is one sentence that names the entry, by its place where its text may
// be a secret.
func NewOrigins(list []string) (*Origins, error) {
	o := &Origins{shield: http.NewCrossOriginProtection()}
	for i, entry := range list {
		if entry == "*" && len(list) == 1 {
			o.any = true
		} else if err := checkOrigin(entry, i); err != nil {
			return nil, err
		} else if err := o.shield.AddTrustedOrigin(entry); err != nil {
			return nil, noHost(entry)
		}
	}
	if len(list) > 0 {
		var err error
		if o.share, err = share(list); err != nil {
			return nil, noHost(list[0]) // it took each of them already
		}
	}
	return o, nil
}

// share never lets a browser add cookies or a password of its own: a page that
// has a key sends it in Authorization, which * does not cover.
func share(list []string) (*cors.Middleware, error) {
	return cors.NewMiddleware(cors.Config{
		Origins:         list,
		Methods:         []string{http.MethodGet, http.MethodPost},
		RequestHeaders:  []string{"*", "Authorization"},
		MaxAgeInSeconds: preflightAge,
		ResponseHeaders: []string{"Retry-After", "X-Request-Id", "Age", "X-HeyGen-Sandbox"},
	})
}

// CORS tells browsers which pages may read the answers, and answers preflights
// itself. Without other origins it is next.
//
// A page without an origin of its own, out of a file or in a sandboxed frame,
// sends null, which is not listed, and has no preflight answered under * either.
func (o *Origins) CORS(next http.Handler) http.Handler {
	if o.share == nil {
		return next
	}
	return o.share.Wrap(next)
}

// BlockCrossOrigin calls refuse, which writes a 403, in place of next where a browser says
// that a page of an origin not listed makes the request. CORS alone hinders the
// page from reading the answer, not from having its query run and paid for.
//
// It is for an API: GET and HEAD are guarded like POST, so a link on another
// site, or an <img>, is refused too, even from an origin that is listed, as
// browsers name the origin only where a script asks. OPTIONS passes, as it runs
// no query and preflights use it. What has neither Sec-Fetch-Site nor Origin
// passes: it is no browser, or it is a GET without CORS from a browser that came
// over plain HTTP by another name than localhost.
//
// A refusal is not to be kept by caches: it is said so before refuse is called.
func (o *Origins) BlockCrossOrigin(next http.Handler, refuse func(http.ResponseWriter, *http.Request)) http.Handler {
	if o.any {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodOptions && !o.passes(r) {
			w.Header().Set("Cache-Control", "no-store")
			refuse(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (o *Origins) passes(r *http.Request) bool {
	if len(r.Header["Origin"]) > 1 || len(r.Header["Sec-Fetch-Site"]) > 1 {
		return false // no browser says it twice, and only the first would be looked at
	}
	asked := r.WithContext(r.Context()) // a copy
	asked.Method = http.MethodPost      // safe methods pass unseen
	asked.Host = cmp.Or(r.Host, " ")    // an empty one is the host of the origin null
	return o.shield.Check(asked) == nil
}
