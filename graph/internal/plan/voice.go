package plan

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

type voice = heygen.Voice

func voiceFields(r exec.VoiceResolver) map[string]compileFunc[voice] {
	return map[string]compileFunc[voice]{
		"id":                       scalar(func(v *voice) heygen.VoiceID { return v.ID }, globalIDAppender[heygen.VoiceID](model.TypeVoice)),
		"voiceId":                  scalar(func(v *voice) heygen.VoiceID { return v.ID }, appendString[heygen.VoiceID]),
		"name":                     scalar(func(v *voice) *string { return v.Name }, nullable(appendString[string])),
		"language":                 scalar(func(v *voice) *string { return v.Language }, nullable(appendString[string])),
		"gender":                   scalar(func(v *voice) *string { return v.Gender }, nullable(appendString[string])),
		"genderCategory":           scalar(func(v *voice) heygen.Gender { return v.GenderCategory() }, appendEnum[heygen.Gender]),
		"previewAudioUrl":          scalar(func(v *voice) *string { return v.PreviewAudioURL }, nullable(appendURL)),
		"supportPause":             scalar(func(v *voice) bool { return v.SupportPause }, appendBool),
		"supportInteractiveAvatar": voiceDetail(r.SupportInteractiveAvatar, appendBool),
		"status":                   voiceDetail(r.Status, appendEnum[heygen.VoiceStatus]),
		"failureMessage":           voiceDetail(r.FailureMessage, appendString[string]),
		"createdAt":                voiceDetail(r.CreatedAt, appendDateTime),
	}
}

// voiceDetail returns a field for which the voice may have to be fetched by its id.
func voiceDetail[V any](resolve func(context.Context, *voice) (*V, error), add func([]byte, V) []byte) compileFunc[voice] {
	return resolved(readNoArguments, func(ctx context.Context, v *voice, _ struct{}) (*V, error) { return resolve(ctx, v) },
		func(*compiler, ast.SelectionSet) writeFunc[*V] {
			addNullable := nullable(add)
			return func(w *chunk, _ *graphql.FieldContext, value *V) { w.buf = addNullable(w.buf, value) }
		})
}
