package plan

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// root is the value that root fields are fields of.
type root struct{}

func newQuery(resolvers exec.ResolverRoot) *object[root] {
	t, r := newTypes(resolvers), resolvers.Query()
	query := newObject("Query", map[string]field[root]{
		"node": link(id, func(ctx context.Context, _ *root, id string) (model.Node, error) {
			return r.Node(ctx, id)
		}, t.node),
		"nodes": link(ids, func(ctx context.Context, _ *root, ids []string) ([]model.Node, error) {
			return r.Nodes(ctx, ids)
		}, t.nodes),
		"avatarGroup": link(id, func(ctx context.Context, _ *root, id string) (*heygen.AvatarGroup, error) {
			return r.AvatarGroup(ctx, id)
		}, t.group.compile),
		"avatarGroups": link(groupsOf, func(ctx context.Context, _ *root, a groupsArguments) (*model.AvatarGroupConnection, error) {
			return r.AvatarGroups(ctx, a.First, a.After, a.Last, a.Before, a.ownership)
		}, t.groups.compile),
		"avatarLook": link(id, func(ctx context.Context, _ *root, id string) (*heygen.AvatarLook, error) {
			return r.AvatarLook(ctx, id)
		}, t.look.compile),
		"avatarLooks": link(looksOf, func(ctx context.Context, _ *root, a looksArguments) (*model.AvatarLookConnection, error) {
			return r.AvatarLooks(ctx, a.First, a.After, a.Last, a.Before, a.groupID, a.avatarType, a.ownership)
		}, t.looks.compile),
		"voice": link(id, func(ctx context.Context, _ *root, id string) (*heygen.Voice, error) {
			return r.Voice(ctx, id)
		}, t.voice.compile),
		"voices": link(voicesOf, func(ctx context.Context, _ *root, a voicesArguments) (*model.VoiceConnection, error) {
			return r.Voices(ctx, a.First, a.After, a.Last, a.Before, a.voiceType, a.language, a.gender, a.engine)
		}, t.voices.compile),
	})
	return &query
}

// node makes the writer of an object of any type that has a global id.
func (t *types) node(c *compiler, selections ast.SelectionSet) writer[model.Node] {
	group, look, voice := t.group.compile(c, selections), t.look.compile(c, selections), t.voice.compile(c, selections)
	return func(p *piece, at *graphql.FieldContext, value model.Node) {
		switch v := value.(type) {
		case nil:
			p.null()
		case *heygen.AvatarGroup:
			group(p, at, v)
		case *heygen.AvatarLook:
			look(p, at, v)
		case *heygen.Voice:
			voice(p, at, v)
		default:
			panic(fmt.Sprintf("a node of type %T", v))
		}
	}
}

func (t *types) nodes(c *compiler, selections ast.SelectionSet) writer[[]model.Node] {
	write := t.node(c, selections)
	return func(p *piece, at *graphql.FieldContext, values []model.Node) { items(p, at, values, write) }
}

type groupsArguments struct {
	relay.Args
	ownership *heygen.Ownership
}

func groupsOf(a *arguments) groupsArguments {
	return groupsArguments{paging(a), optional(a, "ownership", model.UnmarshalOwnership)}
}

func looksOf(a *arguments) looksArguments {
	of := looksOfGroup(a)
	of.groupID, of.ownership = optional(a, "groupId", model.UnmarshalID), optional(a, "ownership", model.UnmarshalOwnership)
	return of
}

type voicesArguments struct {
	relay.Args
	voiceType                *heygen.VoiceType
	language, gender, engine *string
}

func voicesOf(a *arguments) voicesArguments {
	return voicesArguments{
		Args: paging(a), voiceType: optional(a, "type", model.UnmarshalVoiceType),
		language: optional(a, "language", model.UnmarshalString), gender: optional(a, "gender", model.UnmarshalString), engine: optional(a, "engine", model.UnmarshalString),
	}
}
