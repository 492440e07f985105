package plan

import (
	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

// schemaTypes are the types of the schema that plans support. Their fields are those
// that gqlgen.yml binds. gqlgen executes operations with any other field.
type schemaTypes struct {
	avatarGroup           objectType[heygen.AvatarGroup]
	avatarLook            objectType[heygen.AvatarLook]
	voice                 objectType[heygen.Voice]
	avatarGroupConnection *objectType[model.AvatarGroupConnection]
	avatarLookConnection  *objectType[model.AvatarLookConnection]
	voiceConnection       *objectType[model.VoiceConnection]
}

func newSchemaTypes(r exec.ResolverRoot) *schemaTypes {
	t := &schemaTypes{}
	groups, looks, voices := r.AvatarGroupConnection(), r.AvatarLookConnection(), r.VoiceConnection()
	t.avatarGroupConnection = connectionType(model.TypeAvatarGroup, &t.avatarGroup, map[string]compileFunc[model.AvatarGroupConnection]{
		"totalCount": totalCount(groups.TotalCount), "facets": facets(groups.Facets, &avatarGroupFacetsType),
	})
	t.avatarLookConnection = connectionType(model.TypeAvatarLook, &t.avatarLook, map[string]compileFunc[model.AvatarLookConnection]{
		"totalCount": totalCount(looks.TotalCount),
	})
	t.voiceConnection = connectionType(model.TypeVoice, &t.voice, map[string]compileFunc[model.VoiceConnection]{
		"totalCount": totalCount(voices.TotalCount), "facets": facets(voices.Facets, &voiceFacetsType),
	})
	t.avatarGroup = newObjectType(model.TypeAvatarGroup, t.avatarGroupFields(r.AvatarGroup()))
	t.avatarLook = newObjectType(model.TypeAvatarLook, t.avatarLookFields(r.AvatarLook()))
	t.voice = newObjectType(model.TypeVoice, voiceFields(r.Voice()))
	return t
}

var trainingErrorType = newObjectType("TrainingError", map[string]compileFunc[heygen.TrainingError]{
	"code":    scalar(func(e *heygen.TrainingError) string { return e.Code }, appendString[string]),
	"message": scalar(func(e *heygen.TrainingError) string { return e.Message }, appendString[string]),
})

var readinessType = newObjectType("LookReadiness", map[string]compileFunc[heygen.Readiness]{
	"state":  scalar(func(r *heygen.Readiness) heygen.ReadinessState { return r.State }, appendEnum[heygen.ReadinessState]),
	"reason": scalar(func(r *heygen.Readiness) heygen.ReadinessReason { return r.Reason }, appendReason),
})
