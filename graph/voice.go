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
	func(op *operationScope) *loader.Loader[heygen.VoiceID, *heygen.Voice] { return op.voices })

// voices is the list behind the field of this name.
func (r *Resolver) voices(ctx context.Context, args relay.Args, voiceType *heygen.VoiceType, language, gender, engine *string) (*relay.Connection[*heygen.Voice], error) {
	for _, word := range []struct {
		argument string
		value    *string
	}{{"language", language}, {"gender", gender}, {"engine", engine}} {
		if word.value != nil && !isFilterText(*word.value) {
			return nil, &Error{Code: errcode.BadUserInput, Message: "`" + word.argument + "` must have 1 to " + strconv.Itoa(maxFilterLength) + " characters, none of them a control character and not all of them blank."}
		}
	}
	params := heygen.VoicesParams{
		Limit: heygen.MaxVoicesPageSize, Type: deref(voiceType),
		Language: deref(language), Gender: deref(gender), Engine: deref(engine),
	}
	if params.Type == "" {
		params.Type = heygen.PublicVoice // an explicit null
	}
	op := operationFrom(ctx)
	return resolveConnection(ctx, r, listSource[heygen.Voice]{
		scope: cursorScope("voices", params.Limit, url.Values{
			"type": {string(params.Type)}, "language": {params.Language}, "gender": {params.Gender}, "engine": {params.Engine},
		}),
		id: func(v *heygen.Voice) string { return string(v.ID) },
		page: func(ctx context.Context, token string) (upstreamPage[heygen.Voice], error) {
			params := params
			params.Token = token
			return op.voicePages.load(ctx, op, params)
		},
		filterArguments: map[string]string{"language": "language", "gender": "gender", "engine": "engine"},
	}, args)
}

// maxFilterLength bounds a filter in characters.
const maxFilterLength = 100

func isFilterText(text string) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= maxFilterLength && !strings.ContainsFunc(text, unicode.IsControl)
}

// voiceDetails are what HeyGen tells only of a voice fetched alone: it is, when
// one of them is selected. Of a voice that has gone since they are all null.
func voiceDetails(ctx context.Context, v *heygen.Voice) (heygen.VoiceDetails, error) {
	if v.Details != nil {
		return *v.Details, nil
	}
	alone, err := resolveLink(ctx, operationFrom(ctx).voices, &v.ID)
	if alone == nil {
		return heygen.VoiceDetails{}, err
	}
	return *alone.Details, nil
}
