package plan

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// totalCount returns the field totalCount of a connection.
func totalCount[N any](resolve func(context.Context, *relay.Connection[*N]) (*int, error)) compileFunc[relay.Connection[*N]] {
	return resolved(readNoArguments, func(ctx context.Context, c *relay.Connection[*N], _ struct{}) (*int, error) {
		return resolve(ctx, c)
	}, func(*compiler, ast.SelectionSet) writeFunc[*int] {
		add := nullable(appendInt)
		return func(w *chunk, _ *graphql.FieldContext, count *int) { w.buf = add(w.buf, count) }
	})
}

// facets returns the field facets of a connection.
func facets[N, F any](resolve func(context.Context, *relay.Connection[*N]) (*F, error), facetsType *objectType[F]) compileFunc[relay.Connection[*N]] {
	return resolved(readNoArguments, func(ctx context.Context, c *relay.Connection[*N], _ struct{}) (*F, error) {
		return resolve(ctx, c)
	}, facetsType.compile)
}

var avatarGroupFacetsType = newObjectType("AvatarGroupFacets", map[string]compileFunc[catalogue.GroupFacets]{
	"gender": list(func(f *catalogue.GroupFacets) []*catalogue.GenderCount { return pointers(f.Gender) }, &genderCountType),
	"status": list(func(f *catalogue.GroupFacets) []*catalogue.TrainingStatusCount { return pointers(f.Status) }, &trainingStatusCountType),
})

var voiceFacetsType = newObjectType("VoiceFacets", map[string]compileFunc[model.VoiceFacets]{
	"language": list(func(f *model.VoiceFacets) []*catalogue.StringCount { return pointers(f.Language) }, &stringCountType),
	"gender":   list(func(f *model.VoiceFacets) []*catalogue.GenderCount { return pointers(f.Gender) }, &genderCountType),
})

var genderCountType = newObjectType("GenderCount", map[string]compileFunc[catalogue.GenderCount]{
	"value": scalar(func(c *catalogue.GenderCount) heygen.Gender { return c.Value }, appendEnum[heygen.Gender]),
	"count": scalar(func(c *catalogue.GenderCount) int { return c.Count }, appendInt),
})

var trainingStatusCountType = newObjectType("TrainingStatusCount", map[string]compileFunc[catalogue.TrainingStatusCount]{
	"value": scalar(func(c *catalogue.TrainingStatusCount) *heygen.TrainingStatus { return c.Value }, nullable(appendEnum[heygen.TrainingStatus])),
	"count": scalar(func(c *catalogue.TrainingStatusCount) int { return c.Count }, appendInt),
})

var stringCountType = newObjectType("StringCount", map[string]compileFunc[catalogue.StringCount]{
	"value": scalar(func(c *catalogue.StringCount) *string { return c.Value }, nullable(appendString[string])),
	"count": scalar(func(c *catalogue.StringCount) int { return c.Count }, appendInt),
})

// pointers returns pointers to the items of a slice.
func pointers[T any](items []T) []*T {
	result := make([]*T, len(items))
	for i := range items {
		result[i] = &items[i]
	}
	return result
}

func readGroupFilter(a *arguments) catalogue.GroupFilter {
	return catalogue.GroupFilter{
		Gender: listArgument(a, "gender", model.UnmarshalGender), Status: listArgument(a, "status", model.UnmarshalTrainingStatus),
		HasDefaultVoice: optionalArgument(a, "hasDefaultVoice", graphql.UnmarshalBoolean), HasPreviewImage: optionalArgument(a, "hasPreviewImage", graphql.UnmarshalBoolean),
		MinLooksCount: optionalArgument(a, "minLooksCount", model.UnmarshalInt),
		CreatedFrom:   optionalArgument(a, "createdFrom", model.UnmarshalDateTime), CreatedBefore: optionalArgument(a, "createdBefore", model.UnmarshalDateTime),
	}
}

func readGroupOrder(a *arguments) catalogue.GroupOrder {
	return catalogue.GroupOrder{Field: requiredArgument(a, "field", model.UnmarshalAvatarGroupOrderField), Direction: readDirection(a)}
}

func readLookFilter(a *arguments) catalogue.LookFilter {
	return catalogue.LookFilter{
		Readiness: listArgument(a, "readiness", model.UnmarshalReadinessState), Orientation: listArgument(a, "orientation", model.UnmarshalOrientation),
		Tags: listArgument(a, "tags", model.UnmarshalString),
	}
}

func readVoiceOrder(a *arguments) catalogue.VoiceOrder {
	return catalogue.VoiceOrder{Field: requiredArgument(a, "field", model.UnmarshalVoiceOrderField), Direction: readDirection(a)}
}

// readDirection returns the direction of an order. The default of the schema is that of
// the input object, which gqlparser does not apply.
func readDirection(a *arguments) catalogue.Direction {
	if direction := optionalArgument(a, "direction", model.UnmarshalOrderDirection); direction != nil {
		return *direction
	}
	return catalogue.Ascending
}
