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
	"heygen-graphql/heygen/catalogue"
)

// queryRoot is the object of the root fields.
type queryRoot struct{}

func newQueryType(resolvers exec.ResolverRoot) *objectType[queryRoot] {
	t, r := newSchemaTypes(resolvers), resolvers.Query()
	query := newObjectType("Query", map[string]compileFunc[queryRoot]{
		"node": resolvedByID(readID, func(ctx context.Context, id string) (model.Node, error) {
			return r.Node(ctx, id)
		}, t.compileNode),
		"nodes": resolvedByID(readIDs, func(ctx context.Context, ids []string) ([]model.Node, error) {
			return r.Nodes(ctx, ids)
		}, t.compileNodes),
		"avatarGroup": resolvedByID(readID, func(ctx context.Context, id string) (*heygen.AvatarGroup, error) {
			return r.AvatarGroup(ctx, id)
		}, t.avatarGroup.compile),
		"avatarGroups": resolved(readGroupsArguments, func(ctx context.Context, _ *queryRoot, a groupsArguments) (*model.AvatarGroupConnection, error) {
			return r.AvatarGroups(ctx, a.First, a.After, a.Last, a.Before, a.ownership, a.search, a.filter, a.orderBy)
		}, t.avatarGroupConnection.compile),
		"avatarLook": resolvedByID(readID, func(ctx context.Context, id string) (*heygen.AvatarLook, error) {
			return r.AvatarLook(ctx, id)
		}, t.avatarLook.compile),
		"avatarLooks": resolved(readLooksArguments, func(ctx context.Context, _ *queryRoot, a looksArguments) (*model.AvatarLookConnection, error) {
			return r.AvatarLooks(ctx, a.First, a.After, a.Last, a.Before, a.groupID, a.avatarType, a.ownership)
		}, t.avatarLookConnection.compile),
		"voice": resolvedByID(readID, func(ctx context.Context, id string) (*heygen.Voice, error) {
			return r.Voice(ctx, id)
		}, t.voice.compile),
		"voices": resolved(readVoicesArguments, func(ctx context.Context, _ *queryRoot, a voicesArguments) (*model.VoiceConnection, error) {
			return r.Voices(ctx, a.First, a.After, a.Last, a.Before, a.voiceType, a.language, a.gender, a.engine, a.search, a.orderBy)
		}, t.voiceConnection.compile),
	})
	return &query
}

// compileNode compiles a selection set of the interface Node.
func (t *schemaTypes) compileNode(c *compiler, selections ast.SelectionSet) writeFunc[model.Node] {
	writeGroup, writeLook, writeVoice := t.avatarGroup.compile(c, selections), t.avatarLook.compile(c, selections), t.voice.compile(c, selections)
	return func(w *chunk, fc *graphql.FieldContext, value model.Node) {
		switch v := value.(type) {
		case nil:
			w.writeNull()
		case *heygen.AvatarGroup:
			writeGroup(w, fc, v)
		case *heygen.AvatarLook:
			writeLook(w, fc, v)
		case *heygen.Voice:
			writeVoice(w, fc, v)
		default:
			panic(fmt.Sprintf("plan: node of unknown type %T", v))
		}
	}
}

func (t *schemaTypes) compileNodes(c *compiler, selections ast.SelectionSet) writeFunc[[]model.Node] {
	write := t.compileNode(c, selections)
	return func(w *chunk, fc *graphql.FieldContext, values []model.Node) { writeList(w, fc, values, write) }
}

type groupsArguments struct {
	relay.Args
	ownership *heygen.Ownership
	search    *string
	filter    *catalogue.GroupFilter
	orderBy   *catalogue.GroupOrder
}

func readGroupsArguments(a *arguments) groupsArguments {
	return groupsArguments{
		Args: readPaging(a), ownership: optionalArgument(a, "ownership", model.UnmarshalOwnership),
		search: optionalArgument(a, "search", model.UnmarshalString), filter: objectArgument(a, "filter", readGroupFilter), orderBy: objectArgument(a, "orderBy", readGroupOrder),
	}
}

func readLooksArguments(a *arguments) looksArguments {
	looks := readGroupLooksArguments(a)
	looks.groupID, looks.ownership = optionalArgument(a, "groupId", model.UnmarshalID), optionalArgument(a, "ownership", model.UnmarshalOwnership)
	return looks
}

type voicesArguments struct {
	relay.Args
	voiceType                *heygen.VoiceType
	language, gender, engine *string
	search                   *string
	orderBy                  *catalogue.VoiceOrder
}

func readVoicesArguments(a *arguments) voicesArguments {
	return voicesArguments{
		Args: readPaging(a), voiceType: optionalArgument(a, "type", model.UnmarshalVoiceType),
		language: optionalArgument(a, "language", model.UnmarshalString), gender: optionalArgument(a, "gender", model.UnmarshalString), engine: optionalArgument(a, "engine", model.UnmarshalString),
		search: optionalArgument(a, "search", model.UnmarshalString), orderBy: objectArgument(a, "orderBy", readVoiceOrder),
	}
}
