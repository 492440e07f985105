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

func voiceFields(r exec.VoiceResolver) map[string]field[voice] {
	return map[string]field[voice]{
		"id":                       plain(func(v *voice) heygen.VoiceID { return v.ID }, globalID[heygen.VoiceID](model.TypeVoice)),
		"voiceId":                  plain(func(v *voice) heygen.VoiceID { return v.ID }, text[heygen.VoiceID]),
		"name":                     plain(func(v *voice) *string { return v.Name }, orNull(text[string])),
		"language":                 plain(func(v *voice) *string { return v.Language }, orNull(text[string])),
		"gender":                   plain(func(v *voice) *string { return v.Gender }, orNull(text[string])),
		"previewAudioUrl":          plain(func(v *voice) *string { return v.PreviewAudioURL }, orNull(address)),
		"supportPause":             plain(func(v *voice) bool { return v.SupportPause }, boolean),
		"supportInteractiveAvatar": detail(r.SupportInteractiveAvatar, boolean),
		"status":                   detail(r.Status, enum[heygen.VoiceStatus]),
		"failureMessage":           detail(r.FailureMessage, text[string]),
		"createdAt":                detail(r.CreatedAt, dateTime),
	}
}

// detail is a field for which a voice may have to be fetched alone.
func detail[V any](call func(context.Context, *voice) (*V, error), add func([]byte, V) []byte) field[voice] {
	return link(none, func(ctx context.Context, v *voice, _ struct{}) (*V, error) { return call(ctx, v) },
		func(*compiler, ast.SelectionSet) writer[*V] {
			add := orNull(add)
			return func(p *piece, _ *graphql.FieldContext, value *V) { p.text = add(p.text, value) }
		})
}
