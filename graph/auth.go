package graph

import (
	"context"
	"fmt"
	"net/http"

	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/heygen"
	"heygen-graphql/internal/bearer"
)

// maxKeyLength is the maximum length in bytes of a caller's key or token. OAuth
// tokens have some 1,500.
const maxKeyLength = 4 << 10

// authenticate returns the upstream with the credential of a request's caller, and the
// caller.
func (h *handler) authenticate(w http.ResponseWriter, r *http.Request) (upstream Upstream, from caller.Caller, rejected *httptransport.RequestError) {
	if h.Identify != nil {
		var rejection *caller.Rejection
		if from, rejection = h.Identify(r); rejection != nil {
			rejection.SetHeaders(w.Header())
			return nil, from, &rejection.RequestError
		}
	}
	if h.HeyGenForKey == nil {
		return h.HeyGen, from, nil
	}
	key, rejected := parseUpstreamKey(r.Header)
	switch {
	case rejected != nil:
		return nil, from, rejected
	case key.IsZero():
		return anonymousUpstream{}, from, nil
	case h.RateLimiter != nil:
		from.ID = caller.KeyID(h.CursorSecret, key)
	}
	return h.HeyGenForKey(key), from, nil
}

// requiresCredentials reports whether responses depend on the caller: on its credentials,
// or its rate limit.
func (h *handler) requiresCredentials() bool {
	return h.Identify != nil || h.HeyGenForKey != nil || h.RateLimiter != nil
}

// parseUpstreamKey returns the HeyGen credential of a request. The zero Key: it has none.
func parseUpstreamKey(header http.Header) (heygen.Key, *httptransport.RequestError) {
	keys, authorization := header.Values("X-Api-Key"), header.Values("Authorization")
	switch {
	case len(keys) > 0 && len(authorization) > 0:
		return heygen.Key{}, httptransport.BadRequest("Send `X-Api-Key` or `Authorization`, not both.")
	case len(keys) > 1 || len(authorization) > 1:
		return heygen.Key{}, httptransport.BadRequest("`X-Api-Key` or `Authorization` occurs twice.")
	case len(keys) == 1:
		return validateKey("X-Api-Key", heygen.NewKey(keys[0]))
	case len(authorization) == 0:
		return heygen.Key{}, nil
	}
	token, ok := bearer.FromHeader(header)
	if !ok {
		return heygen.Key{}, httptransport.BadRequest("`Authorization` must be `Bearer` and a HeyGen token; a HeyGen key is sent as `X-Api-Key`.")
	}
	return validateKey("Authorization", heygen.NewBearer(token))
}

func validateKey(header string, key heygen.Key) (heygen.Key, *httptransport.RequestError) {
	if !key.Valid() || key.Len() > maxKeyLength {
		return heygen.Key{}, httptransport.BadRequest(fmt.Sprintf("`%s` must consist of visible ASCII characters, at most %d of them.", header, maxKeyLength))
	}
	return key, nil
}

// anonymousUpstream is the upstream of callers without a HeyGen credential.
// Operations that need no upstream call are still executed.
type anonymousUpstream struct{}

var errNoCredentials = &Error{Code: errcode.Unauthenticated, Message: "This field is fetched from HeyGen: send your key as `X-Api-Key`, or a token as `Authorization: Bearer`."}

func (anonymousUpstream) ListAvatarGroups(context.Context, heygen.AvatarGroupsParams) (p heygen.Page[heygen.AvatarGroup], err error) {
	return p, errNoCredentials
}

func (anonymousUpstream) AvatarGroup(context.Context, heygen.GroupID) (g heygen.AvatarGroup, err error) {
	return g, errNoCredentials
}

func (anonymousUpstream) ListAvatarLooks(context.Context, heygen.AvatarLooksParams) (p heygen.Page[heygen.AvatarLook], err error) {
	return p, errNoCredentials
}

func (anonymousUpstream) AvatarLook(context.Context, heygen.LookID) (l heygen.AvatarLook, err error) {
	return l, errNoCredentials
}

func (anonymousUpstream) ListVoices(context.Context, heygen.VoicesParams) (p heygen.Page[heygen.Voice], err error) {
	return p, errNoCredentials
}

func (anonymousUpstream) Voice(context.Context, heygen.VoiceID) (v heygen.Voice, err error) {
	return v, errNoCredentials
}
