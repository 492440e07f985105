package plan

import (
	"context"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

type look = heygen.AvatarLook

func (t *schemaTypes) avatarLookFields(r exec.AvatarLookResolver) map[string]compileFunc[look] {
	return map[string]compileFunc[look]{
		"id":                   scalar(func(l *look) heygen.LookID { return l.ID }, globalIDAppender[heygen.LookID](model.TypeAvatarLook)),
		"lookId":               scalar(func(l *look) heygen.LookID { return l.ID }, appendString[heygen.LookID]),
		"name":                 scalar(func(l *look) string { return l.Name }, appendString[string]),
		"avatarType":           scalar(func(l *look) heygen.AvatarType { return l.AvatarType }, appendEnum[heygen.AvatarType]),
		"groupId":              scalar(func(l *look) *heygen.GroupID { return l.GroupID }, nullable(appendString[heygen.GroupID])),
		"gender":               scalar(func(l *look) *string { return l.Gender }, nullable(appendString[string])),
		"genderCategory":       scalar(func(l *look) heygen.Gender { return l.GenderCategory() }, appendEnum[heygen.Gender]),
		"tags":                 scalar(func(l *look) []string { return l.Tags }, appendStrings),
		"supportedApiEngines":  scalar(func(l *look) []string { return l.SupportedAPIEngines }, appendStrings),
		"previewImageUrl":      scalar(func(l *look) *string { return l.PreviewImageURL }, nullable(appendURL)),
		"previewVideoUrl":      scalar(func(l *look) *string { return l.PreviewVideoURL }, nullable(appendURL)),
		"previewExpiresAt":     scalar(func(l *look) *heygen.UnixTime { return l.PreviewExpiresAt() }, nullable(appendDateTime)),
		"imageWidth":           scalar(func(l *look) *int { return l.ImageWidth }, nullable(appendInt)),
		"imageHeight":          scalar(func(l *look) *int { return l.ImageHeight }, nullable(appendInt)),
		"aspectRatio":          scalar(func(l *look) *float64 { return l.AspectRatio() }, nullable(model.AppendFloat)),
		"preferredOrientation": scalar(func(l *look) *heygen.Orientation { return l.PreferredOrientation }, nullable(appendEnum[heygen.Orientation])),
		"defaultVoiceId":       scalar(func(l *look) *heygen.VoiceID { return l.DefaultVoiceID }, nullable(appendString[heygen.VoiceID])),
		"status":               scalar(func(l *look) *heygen.TrainingStatus { return l.Status }, nullable(appendEnum[heygen.TrainingStatus])),
		"error":                object(func(l *look) *heygen.TrainingError { return l.Error }, &trainingErrorType),
		"readiness":            object(func(l *look) *heygen.Readiness { return new(l.Readiness()) }, &readinessType),
		"group": resolved(readNoArguments, func(ctx context.Context, l *look, _ struct{}) (*heygen.AvatarGroup, error) {
			return r.Group(ctx, l)
		}, t.avatarGroup.compile),
		"defaultVoice": resolved(readNoArguments, func(ctx context.Context, l *look, _ struct{}) (*heygen.Voice, error) {
			return r.DefaultVoice(ctx, l)
		}, t.voice.compile),
	}
}
