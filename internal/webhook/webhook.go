package webhook

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"heygen-graphql/internal/logsample"
)

// maxBody is the maximum size of a body. The events that HeyGen documents have less than 2 KiB.
const maxBody = 256 << 10

// maxReading is the maximum number of bodies that are read at once: anyone can send one.
const maxReading = 64

// Options configure the handler.
type Options struct {
	// Secret is the secret of the endpoint at HeyGen (whsec_…). Without one, every delivery is rejected.
	Secret string

	// FirstSeen records the id of an event where all replicas see it, and reports whether it is the first to do so. It is
	// called only for ids that are not among the last 10,000 of the last hour that this handler has seen. nil: these alone
	// decide.
	FirstSeen func(ctx context.Context, eventID string) bool

	// Wake is called once for each avatar event, with the ids in its data: at most 50, or none. It must not block.
	Wake func(ids []string)

	Logger  *slog.Logger         // nil: nothing is logged
	Observe func(outcome string) // is called once for each request, with one of Outcomes
}

// The outcomes of a request.
const (
	accepted  = "accepted"
	duplicate = "duplicate"
	unknown   = "unknown"
	rejected  = "rejected"
)

// Outcomes returns the outcomes of a request: accepted, an event about avatars; duplicate, one that was received before;
// unknown, an event about something else; rejected, a request that is not a valid delivery.
func Outcomes() []string { return []string{accepted, duplicate, unknown, rejected} }

// avatarEvents lists the types of the events about avatar groups and looks.
var avatarEvents = []string{
	"instant_avatar.success", "instant_avatar.fail",
	"photo_avatar_generation.success", "photo_avatar_generation.fail",
	"photo_avatar_train.success", "photo_avatar_train.fail",
	"photo_avatar_add_motion.success", "photo_avatar_add_motion.fail",
}

type handler struct {
	options  Options
	seen     seenIDs
	reading  chan struct{} // semaphore: bodies that are being read
	rejected logsample.Sampler
	unknown  logsample.Sampler
}

// New returns the handler of the URL to which HeyGen delivers its webhooks. It is safe for concurrent use.
func New(o Options) http.Handler {
	if o.FirstSeen == nil {
		o.FirstSeen = func(context.Context, string) bool { return true }
	}
	if o.Wake == nil {
		o.Wake = func([]string) {}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(string) {}
	}
	return &handler{options: o, reading: make(chan struct{}, maxReading), rejected: logsample.Sampler{Every: time.Minute}, unknown: logsample.Sampler{Every: time.Minute}}
}

// ServeHTTP handles a delivery. HeyGen repeats one whose response is not 2xx.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	event, rejection := h.parse(w, r)
	if rejection != nil {
		h.reject(w, r, rejection)
		return
	}
	outcome := h.receive(r.Context(), event)
	h.options.Observe(outcome)
	w.WriteHeader(http.StatusOK)
}

// parse reads and verifies a delivery. The signature is verified before anything in the body is parsed.
func (h *handler) parse(w http.ResponseWriter, r *http.Request) (event, *rejection) {
	if r.Method != http.MethodPost {
		return event{}, &rejection{http.StatusMethodNotAllowed, "method", "Webhooks are delivered with POST."}
	}
	if r.ContentLength > maxBody {
		return event{}, tooLarge
	}
	if len(signatures(r.Header)) == 0 {
		return event{}, notSigned
	}
	select {
	case h.reading <- struct{}{}:
		defer func() { <-h.reading }()
	default:
		return event{}, &rejection{http.StatusServiceUnavailable, "overload", "Too many deliveries are in flight. Deliver it again."}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return event{}, tooLarge
	}
	if err != nil {
		return event{}, &rejection{http.StatusBadRequest, "body", "The body could not be read."}
	}
	if !signed(r.Header, body, h.options.Secret) {
		return event{}, notSigned
	}
	return parseEvent(r.Header, body, time.Now())
}

// rejection is the response to a request that is not a valid delivery.
type rejection struct {
	status  int
	reason  string // in the log
	message string
}

var tooLarge = &rejection{http.StatusRequestEntityTooLarge, "size", "The body is larger than 256 KiB."}

var notSigned = &rejection{http.StatusUnauthorized, "signature", "Heygen-Signature is missing, or is not the HMAC-SHA256 of the body."}

func (h *handler) reject(w http.ResponseWriter, r *http.Request, rejection *rejection) {
	if suppressed, ok := h.rejected.Allow(); ok {
		h.options.Logger.WarnContext(r.Context(), "webhook rejected", "reason", rejection.reason, "status", rejection.status, "suppressed", suppressed)
	}
	h.options.Observe(rejected)
	if rejection.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(rejection.status)
	_, _ = io.WriteString(w, rejection.message+"\n") // the sender has disconnected if this fails
}

// receive handles a valid event. One of an unknown type is not remembered: the events of an account's videos would displace
// the ids that matter.
func (h *handler) receive(ctx context.Context, e event) (outcome string) {
	if !slices.Contains(avatarEvents, e.kind) {
		if suppressed, ok := h.unknown.Allow(); ok {
			h.options.Logger.InfoContext(ctx, "webhook event of an unknown type ignored", "type", sanitized(e.kind), "suppressed", suppressed)
		}
		return unknown
	}
	for _, id := range e.ids {
		if !h.seen.add(id, time.Now()) || !h.options.FirstSeen(ctx, id) {
			return duplicate
		}
	}
	ids := idsIn(e.data)
	h.options.Logger.DebugContext(ctx, "webhook event accepted", "type", e.kind, "ids", len(ids))
	h.options.Wake(ids)
	return accepted
}

// sanitized returns the first 64 characters of a type that are letters, digits, dots or underscores. It may be logged.
func sanitized(kind string) string {
	word := strings.Map(func(r rune) rune {
		if r == '.' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, kind)
	return word[:min(len(word), 64)]
}
