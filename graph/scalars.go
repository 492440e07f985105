package graph

import "heygen-graphql/graph/model"

// scalars report which values a scalar accepts: those that its Unmarshal function
// accepts, which would run too late to avoid a call to HeyGen.
var scalars = map[string]func(any) bool{
	"Boolean":  func(v any) bool { _, ok := v.(bool); return ok }, // gqlgen's own accepts strings and numbers
	"DateTime": parses(model.UnmarshalDateTime),
	"ID":       parses(model.UnmarshalID),
	"Int":      parses(model.UnmarshalInt),
	"String":   parses(model.UnmarshalString),
	"URL":      parses(model.UnmarshalURL),
}

func parses[T any](unmarshal func(any) (T, error)) func(any) bool {
	return func(value any) bool {
		_, err := unmarshal(value)
		return err == nil
	}
}
