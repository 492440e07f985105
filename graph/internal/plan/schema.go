package plan

import (
	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

// types are those of the schema, as far as plans know them. What stands in them is
// what gqlgen.yml binds; what does not is gqlgen's to run.
type types struct {
	group  object[heygen.AvatarGroup]
	look   object[heygen.AvatarLook]
	voice  object[heygen.Voice]
	groups *object[model.AvatarGroupConnection]
	looks  *object[model.AvatarLookConnection]
	voices *object[model.VoiceConnection]
}

func newTypes(r exec.ResolverRoot) *types {
	t := &types{}
	t.groups, t.looks, t.voices = connection(model.TypeAvatarGroup, &t.group), connection(model.TypeAvatarLook, &t.look), connection(model.TypeVoice, &t.voice)
	t.group = newObject(model.TypeAvatarGroup, t.groupFields(r.AvatarGroup()), "Node")
	t.look = newObject(model.TypeAvatarLook, t.lookFields(r.AvatarLook()), "Node")
	t.voice = newObject(model.TypeVoice, voiceFields(r.Voice()), "Node")
	return t
}

var trainingError = newObject("TrainingError", map[string]field[heygen.TrainingError]{
	"code":    plain(func(e *heygen.TrainingError) string { return e.Code }, text[string]),
	"message": plain(func(e *heygen.TrainingError) string { return e.Message }, text[string]),
})

var readiness = newObject("LookReadiness", map[string]field[heygen.Readiness]{
	"state":  plain(func(r *heygen.Readiness) heygen.ReadinessState { return r.State }, enum[heygen.ReadinessState]),
	"reason": plain(func(r *heygen.Readiness) heygen.ReadinessReason { return r.Reason }, reason),
})
