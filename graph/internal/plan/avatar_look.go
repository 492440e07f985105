package plan

import (
	"context"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

type look = heygen.AvatarLook

func (t *types) lookFields(r exec.AvatarLookResolver) map[string]field[look] {
	return map[string]field[look]{
		"id":                   plain(func(l *look) heygen.LookID { return l.ID }, globalID[heygen.LookID](model.TypeAvatarLook)),
		"lookId":               plain(func(l *look) heygen.LookID { return l.ID }, text[heygen.LookID]),
		"name":                 plain(func(l *look) string { return l.Name }, text[string]),
		"avatarType":           plain(func(l *look) heygen.AvatarType { return l.AvatarType }, enum[heygen.AvatarType]),
		"groupId":              plain(func(l *look) *heygen.GroupID { return l.GroupID }, orNull(text[heygen.GroupID])),
		"gender":               plain(func(l *look) *string { return l.Gender }, orNull(text[string])),
		"tags":                 plain(func(l *look) []string { return l.Tags }, texts),
		"supportedApiEngines":  plain(func(l *look) []string { return l.SupportedAPIEngines }, texts),
		"previewImageUrl":      plain(func(l *look) *string { return l.PreviewImageURL }, orNull(address)),
		"previewVideoUrl":      plain(func(l *look) *string { return l.PreviewVideoURL }, orNull(address)),
		"imageWidth":           plain(func(l *look) *int { return l.ImageWidth }, orNull(integer)),
		"imageHeight":          plain(func(l *look) *int { return l.ImageHeight }, orNull(integer)),
		"preferredOrientation": plain(func(l *look) *heygen.Orientation { return l.PreferredOrientation }, orNull(enum[heygen.Orientation])),
		"defaultVoiceId":       plain(func(l *look) *heygen.VoiceID { return l.DefaultVoiceID }, orNull(text[heygen.VoiceID])),
		"status":               plain(func(l *look) *heygen.TrainingStatus { return l.Status }, orNull(enum[heygen.TrainingStatus])),
		"error":                within(func(l *look) *heygen.TrainingError { return l.Error }, &trainingError),
		"readiness":            within(func(l *look) *heygen.Readiness { return new(l.Readiness()) }, &readiness),
		"group": link(none, func(ctx context.Context, l *look, _ struct{}) (*heygen.AvatarGroup, error) {
			return r.Group(ctx, l)
		}, t.group.compile),
		"defaultVoice": link(none, func(ctx context.Context, l *look, _ struct{}) (*heygen.Voice, error) {
			return r.DefaultVoice(ctx, l)
		}, t.voice.compile),
	}
}
