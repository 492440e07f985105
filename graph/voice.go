package graph

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

var voiceNode = newNodeType(model.TypeVoice, "voice",
	func(s *operationScope) *loader.Loader[heygen.VoiceID, *heygen.Voice] { return s.voices })

// listVoices resolves Query.voices.
func (r *Resolver) listVoices(ctx context.Context, args relay.Args, voiceType *heygen.VoiceType, language, gender, engine *string) (*relay.Connection[*heygen.Voice], error) {
	for _, filter := range []struct {
		argument string
		value    *string
	}{{"language", language}, {"gender", gender}, {"engine", engine}} {
		if filter.value != nil && !isFilterText(*filter.value) {
			return nil, &Error{Code: errcode.BadUserInput, Message: "`" + filter.argument + "` must have 1 to " + strconv.Itoa(maxFilterLength) + " characters, no control characters, and not only white space."}
		}
	}
	params := heygen.VoicesParams{
		Limit: heygen.MaxVoicesPageSize, Type: deref(voiceType),
		Language: deref(language), Gender: deref(gender), Engine: deref(engine),
	}
	if params.Type == "" {
		params.Type = heygen.PublicVoice // an explicit null
	}
	s := operationScopeFrom(ctx)
	return resolveConnection(ctx, r, listSource[heygen.Voice]{
		endpoint: heygen.EndpointListVoices,
		scope: cursorScope("voices", params.Limit, url.Values{
			"type": {string(params.Type)}, "language": {params.Language}, "gender": {params.Gender}, "engine": {params.Engine},
		}),
		id: func(v *heygen.Voice) string { return string(v.ID) },
		page: func(ctx context.Context, token string) (relay.UpstreamPage[*heygen.Voice], error) {
			params := params
			params.Token = token
			return s.voicePages.load(ctx, s, params)
		},
	}, args)
}

// maxFilterLength is the maximum length of a filter in characters.
const maxFilterLength = 100

func isFilterText(value string) bool {
	return strings.TrimSpace(value) != "" && utf8.RuneCountInString(value) <= maxFilterLength && !strings.ContainsFunc(value, unicode.IsControl)
}

// voiceDetails returns the fields that HeyGen returns only for a voice fetched by id.
// It fetches the voice if it came from a list. If the voice has been deleted since,
// the fields are null.
func voiceDetails(ctx context.Context, v *heygen.Voice) (heygen.VoiceDetails, error) {
	if v.Details != nil {
		return *v.Details, nil
	}
	fetched, err := resolveLink(ctx, operationScopeFrom(ctx).voices, &v.ID)
	if fetched == nil {
		return heygen.VoiceDetails{}, err
	}
	return *fetched.Details, nil
}
