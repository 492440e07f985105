package plan

import (
	"context"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

type group = heygen.AvatarGroup

func (t *schemaTypes) avatarGroupFields(r exec.AvatarGroupResolver) map[string]compileFunc[group] {
	return map[string]compileFunc[group]{
		"id":               scalar(func(g *group) heygen.GroupID { return g.ID }, globalIDAppender[heygen.GroupID](model.TypeAvatarGroup)),
		"groupId":          scalar(func(g *group) heygen.GroupID { return g.ID }, appendString[heygen.GroupID]),
		"name":             scalar(func(g *group) string { return g.Name }, appendString[string]),
		"gender":           scalar(func(g *group) *string { return g.Gender }, nullable(appendString[string])),
		"genderCategory":   scalar(func(g *group) heygen.Gender { return g.GenderCategory() }, appendEnum[heygen.Gender]),
		"previewImageUrl":  scalar(func(g *group) *string { return g.PreviewImageURL }, nullable(appendURL)),
		"previewVideoUrl":  scalar(func(g *group) *string { return g.PreviewVideoURL }, nullable(appendURL)),
		"previewExpiresAt": scalar(func(g *group) *heygen.UnixTime { return g.PreviewExpiresAt() }, nullable(appendDateTime)),
		"ownership":        ownership(func(ctx context.Context, g *group) (*heygen.Ownership, error) { return r.Ownership(ctx, g) }, appendEnum[heygen.Ownership]),
		"looksCount":       scalar(func(g *group) int { return g.LooksCount }, appendInt),
		"defaultVoiceId":   scalar(func(g *group) *heygen.VoiceID { return g.DefaultVoiceID }, nullable(appendString[heygen.VoiceID])),
		"consentStatus":    scalar(func(g *group) *string { return g.ConsentStatus }, nullable(appendString[string])),
		"status":           scalar(func(g *group) *heygen.TrainingStatus { return g.Status }, nullable(appendEnum[heygen.TrainingStatus])),
		"error":            object(func(g *group) *heygen.TrainingError { return g.Error }, &trainingErrorType),
		"createdAt":        scalar(func(g *group) heygen.UnixTime { return g.CreatedAt }, appendDateTime),
		"looks": resolved(readGroupLooksArguments, func(ctx context.Context, g *group, a looksArguments) (*model.AvatarLookConnection, error) {
			return r.Looks(ctx, g, a.First, a.After, a.Last, a.Before, a.avatarType, a.search, a.filter)
		}, t.avatarLookConnection.compile),
		"defaultVoice": resolved(readNoArguments, func(ctx context.Context, g *group, _ struct{}) (*heygen.Voice, error) {
			return r.DefaultVoice(ctx, g)
		}, t.voice.compile),
	}
}

type looksArguments struct {
	relay.Args
	groupID    *string
	avatarType *heygen.AvatarType
	ownership  *heygen.Ownership
	search     *string
	filter     *catalogue.LookFilter
}

func readGroupLooksArguments(a *arguments) looksArguments {
	return looksArguments{
		Args: readPaging(a), avatarType: optionalArgument(a, "avatarType", model.UnmarshalAvatarType),
		search: optionalArgument(a, "search", model.UnmarshalString), filter: objectArgument(a, "filter", readLookFilter),
	}
}
