package graph

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

var voiceNode = newNodeType(model.TypeVoice, "voice",
	func(op *operation) *loader[heygen.VoiceID, *heygen.Voice] { return op.voices })

// voices is the list behind the field of this name.
func (r *Resolver) voices(ctx context.Context, args relay.Args, voiceType *heygen.VoiceType, language, gender, engine *string) (*relay.Connection[*heygen.Voice], error) {
	for _, word := range []struct {
		argument string
		value    *string
	}{{"language", language}, {"gender", gender}, {"engine", engine}} {
		if word.value != nil && !isWord(*word.value) {
			return nil, &Error{Code: errcode.BadUserInput, Message: "`" + word.argument + "` must have 1 to " + strconv.Itoa(maxWord) + " characters, none of them a control character and not all of them blank."}
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
		scope: scopeOf("voices", params.Limit, url.Values{
			"type": {string(params.Type)}, "language": {params.Language}, "gender": {params.Gender}, "engine": {params.Engine},
		}),
		id: func(v *heygen.Voice) string { return string(v.ID) },
		page: func(ctx context.Context, token string) (listPage[heygen.Voice], error) {
			params := params
			params.Token = token
			return op.voiceLists.page(ctx, op, params)
		},
		given: map[string]string{"language": "language", "gender": "gender", "engine": "engine"},
	}, args)
}

// maxWord bounds a filter in characters.
const maxWord = 100

func isWord(text string) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= maxWord && !strings.ContainsFunc(text, unicode.IsControl)
}

// voiceDetails are what HeyGen tells only of a voice fetched alone: it is, when
// one of them is selected. Of a voice that has gone since they are all null.
func voiceDetails(ctx context.Context, v *heygen.Voice) (heygen.VoiceDetails, error) {
	if v.Details != nil {
		return *v.Details, nil
	}
	alone, err := link(ctx, operationOf(ctx).voices, &v.ID)
	if alone == nil {
		return heygen.VoiceDetails{}, err
	}
	return *alone.Details, nil
}
