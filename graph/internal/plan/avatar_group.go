package plan

import (
	"context"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

type group = heygen.AvatarGroup

func (t *types) groupFields(r exec.AvatarGroupResolver) map[string]field[group] {
	return map[string]field[group]{
		"id":              plain(func(g *group) heygen.GroupID { return g.ID }, globalID[heygen.GroupID](model.TypeAvatarGroup)),
		"groupId":         plain(func(g *group) heygen.GroupID { return g.ID }, text[heygen.GroupID]),
		"name":            plain(func(g *group) string { return g.Name }, text[string]),
		"gender":          plain(func(g *group) *string { return g.Gender }, orNull(text[string])),
		"previewImageUrl": plain(func(g *group) *string { return g.PreviewImageURL }, orNull(address)),
		"previewVideoUrl": plain(func(g *group) *string { return g.PreviewVideoURL }, orNull(address)),
		"looksCount":      plain(func(g *group) int { return g.LooksCount }, integer),
		"defaultVoiceId":  plain(func(g *group) *heygen.VoiceID { return g.DefaultVoiceID }, orNull(text[heygen.VoiceID])),
		"consentStatus":   plain(func(g *group) *string { return g.ConsentStatus }, orNull(text[string])),
		"status":          plain(func(g *group) *heygen.TrainingStatus { return g.Status }, orNull(enum[heygen.TrainingStatus])),
		"error":           within(func(g *group) *heygen.TrainingError { return g.Error }, &trainingError),
		"createdAt":       plain(func(g *group) heygen.UnixTime { return g.CreatedAt }, dateTime),
		"looks": link(looksOfGroup, func(ctx context.Context, g *group, a looksArguments) (*model.AvatarLookConnection, error) {
			return r.Looks(ctx, g, a.First, a.After, a.Last, a.Before, a.avatarType)
		}, t.looks.compile),
		"defaultVoice": link(none, func(ctx context.Context, g *group, _ struct{}) (*heygen.Voice, error) {
			return r.DefaultVoice(ctx, g)
		}, t.voice.compile),
	}
}

type looksArguments struct {
	relay.Args
	groupID    *string
	avatarType *heygen.AvatarType
	ownership  *heygen.Ownership
}

func looksOfGroup(a *arguments) looksArguments {
	return looksArguments{Args: paging(a), avatarType: optional(a, "avatarType", model.UnmarshalAvatarType)}
}
