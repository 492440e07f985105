package graph

import (
	"context"
	"net/url"
	"strconv"
	"unicode/utf8"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

var voiceNode = newNodeType(model.TypeVoice, "voice",
	func(op *operation) *loader[heygen.VoiceID, *heygen.Voice] { return op.voices })

// voices is the list behind the field of this name.
func (r *Resolver) voices(ctx context.Context, args relay.Args, voiceType *heygen.VoiceType, language, gender, engine *string) (*relay.Connection[*heygen.Voice], error) {
	for argument, value := range map[string]*string{"language": language, "gender": gender, "engine": engine} {
		if value != nil && (*value == "" || utf8.RuneCountInString(*value) > maxWord) {
			return nil, &Error{Code: BadUserInput, Message: "`" + argument + "` must have 1 to " + strconv.Itoa(maxWord) + " characters."}
		}
	}
	params := heygen.VoicesParams{
		Limit: heygen.MaxVoicesPageSize, Type: orNone(voiceType),
		Language: orNone(language), Gender: orNone(gender), Engine: orNone(engine),
	}
	if params.Type == "" {
		params.Type = heygen.PublicVoice // an explicit null
	}
	op := operationOf(ctx)
	return connect(ctx, r, listing[heygen.Voice]{
		endpoint: "GET /v3/voices",
		scope: scopeOf("voices", params.Limit, url.Values{
			"type": {string(params.Type)}, "language": {params.Language}, "gender": {params.Gender}, "engine": {params.Engine},
		}),
		pages: &op.voicePages,
		id:    func(v *heygen.Voice) string { return string(v.ID) },
		page: func(ctx context.Context, token string) (heygen.Page[heygen.Voice], error) {
			params := params
			params.Token = token
			return r.HeyGen.ListVoices(ctx, params)
		},
		given: map[string]string{"language": "language", "gender": "gender", "engine": "engine"},
	}, args)
}

// maxWord bounds a filter in characters.
const maxWord = 100

// voiceDetails are what HeyGen tells only of a voice fetched alone: it is, when
// one of them is selected. Of a voice that has gone since they are all null.
func voiceDetails(ctx context.Context, v *heygen.Voice) (heygen.VoiceDetails, error) {
	if v.Details != nil {
		return *v.Details, nil
	}
	v, err := link(ctx, operationOf(ctx).voices, &v.ID)
	if v == nil || v.Details == nil {
		return heygen.VoiceDetails{}, err
	}
	return *v.Details, nil
}
