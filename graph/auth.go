package graph

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/heygen"
)

// maxKey is the longest key or token in bytes that is passed on. OAuth tokens
// have some 1,500.
const maxKey = 4 << 10

// What whoever shows no token is told, here and beside the endpoint.
const (
	WWWAuthenticate        = `Bearer realm="heygen-graphql"` // of WWW-Authenticate
	UnauthenticatedMessage = "This server answers callers that show one of its tokens, as `Authorization: Bearer`."
)

// caller gives what HeyGen is asked through in the name of whoever sent a request.
func (h *handler) caller(w http.ResponseWriter, r *http.Request) (Upstream, *refusal) {
	switch {
	case h.Authorize != nil && !h.Authorize(r):
		w.Header().Set("WWW-Authenticate", WWWAuthenticate)
		return nil, &refusal{http.StatusUnauthorized, errcode.Unauthenticated, UnauthenticatedMessage}
	case h.HeyGenForKey == nil:
		return h.HeyGen, nil
	}
	key, refused := keyOf(r.Header)
	switch {
	case refused != nil:
		return nil, refused
	case key.IsZero():
		return nobody{}, nil
	default:
		return h.HeyGenForKey(key), nil
	}
}

// credentialed tells whether an answer is for whoever can show what its caller has shown.
func (h *handler) credentialed() bool { return h.Authorize != nil || h.HeyGenForKey != nil }

// keyOf reads the credential of HeyGen's that a caller brings. The zero Key: none.
func keyOf(header http.Header) (heygen.Key, *refusal) {
	direct, bearer := header.Values("X-Api-Key"), header.Values("Authorization")
	switch {
	case len(direct) > 0 && len(bearer) > 0:
		return heygen.Key{}, badRequest("Send `X-Api-Key` or `Authorization`, not both.")
	case len(direct) > 1 || len(bearer) > 1:
		return heygen.Key{}, badRequest("`X-Api-Key` or `Authorization` stands twice.")
	case len(direct) == 1:
		return usable("X-Api-Key", heygen.NewKey(direct[0]))
	case len(bearer) == 0:
		return heygen.Key{}, nil
	}
	scheme, token, _ := strings.Cut(bearer[0], " ")
	if token = strings.TrimLeft(token, " "); !strings.EqualFold(scheme, "Bearer") || token == "" {
		return heygen.Key{}, badRequest("`Authorization` must be `Bearer` and a token of HeyGen's; a key is sent as `X-Api-Key`.")
	}
	return usable("Authorization", heygen.NewBearer(token))
}

func usable(header string, key heygen.Key) (heygen.Key, *refusal) {
	if !key.Valid() || key.Len() > maxKey {
		return heygen.Key{}, badRequest(fmt.Sprintf("`%s` must hold visible ASCII characters alone, and at most %d of them.", header, maxKey))
	}
	return key, nil
}

// nobody stands in for HeyGen where it may not be asked: what needs no answer of
// HeyGen's is answered all the same.
type nobody struct{}

var errNobody = &Error{Code: errcode.Unauthenticated, Message: "HeyGen has to be asked for this: bring a key of yours as `X-Api-Key`, or a token as `Authorization: Bearer`."}

func (nobody) ListAvatarGroups(context.Context, heygen.AvatarGroupsParams) (p heygen.Page[heygen.AvatarGroup], err error) {
	return p, errNobody
}

func (nobody) AvatarGroup(context.Context, heygen.GroupID) (g heygen.AvatarGroup, err error) {
	return g, errNobody
}

func (nobody) ListAvatarLooks(context.Context, heygen.AvatarLooksParams) (p heygen.Page[heygen.AvatarLook], err error) {
	return p, errNobody
}

func (nobody) AvatarLook(context.Context, heygen.LookID) (l heygen.AvatarLook, err error) {
	return l, errNobody
}

func (nobody) ListVoices(context.Context, heygen.VoicesParams) (p heygen.Page[heygen.Voice], err error) {
	return p, errNobody
}

func (nobody) Voice(context.Context, heygen.VoiceID) (v heygen.Voice, err error) {
	return v, errNobody
}
