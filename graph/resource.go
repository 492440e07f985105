package graph

import (
	"context"
	"errors"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// What all of HeyGen's resources share: ids in arguments, fetches by id, links from
// one to another. What differs is in the file of the resource.

// resourceID is the type of a resource's ids, such as heygen.GroupID.
type resourceID interface {
	~string
	Valid() bool
}

// parseID parses the id of one type of node: a global id, or HeyGen's own.
func parseID[K resourceID](typeName, argument, value string) (K, error) {
	id, err := model.ParseID(value)
	switch {
	case err != nil:
		return "", invalidID(argument, "it is neither a global id nor one of HeyGen's: 1 to 128 letters, digits and `_.~-`, the first a letter or digit")
	case id.Type != "" && id.Type != typeName:
		return "", invalidID(argument, wrongTypeReason(id.Type))
	}
	if key := K(id.ID); key.Valid() {
		return key, nil
	}
	return "", invalidID(argument, reasonMalformed)
}

const reasonMalformed = "no HeyGen id has this form"

// wrongTypeReason names the field that accepts the global id of another type.
func wrongTypeReason(typeName string) string {
	if t := nodeTypeNamed(typeName); t != nil {
		return "it is the id of another type, `" + t.name + "`, for the field `" + t.field + "`"
	}
	return "it is the id of a type that this API does not have"
}

func invalidID(argument, reason string) error {
	return &Error{Code: errcode.BadUserInput, Message: "`" + argument + "` cannot be used: " + reason + "."}
}

// resolveByID resolves a root field that returns a resource by its id.
func resolveByID[K resourceID, T any](ctx context.Context, s *operationScope, l *loader.Loader[K, *T], typeName, id string) (*T, error) {
	key, err := parseID[K](typeName, "id", id)
	if err != nil {
		return nil, err
	}
	s.loadRoots()
	value, err := l.Load(ctx, key)
	return value, asArgumentError("id", err)
}

// resolveLink returns the resource that another one refers to by id. It returns nil
// without an error if there is no id, or if HeyGen no longer has the resource.
func resolveLink[K resourceID, T any](ctx context.Context, l *loader.Loader[K, *T], id *K) (*T, error) {
	if id == nil || !(*id).Valid() {
		return nil, nil
	}
	return l.Load(ctx, *id)
}

// fetcher returns the fetch function of a loader for a call to HeyGen. A resource
// that does not exist is nil, without an error.
func fetcher[K resourceID, T any](s *operationScope, call func(context.Context, K) (T, error)) loader.FetchFunc[K, *T] {
	return func(ticket *loader.Ticket, id K, leave func(error)) (*T, error) {
		ctx := cache.WithOnLeave(s.ctx, func(err error) {
			s.logFailure(err, idErrorCausedByCaller)
			leave(err)
		})
		value, err := callUpstream(ctx, s, ticket, idErrorCausedByCaller, func(ctx context.Context) (T, error) { return call(ctx, id) })
		switch {
		case errors.Is(err, heygen.ErrNotFound):
			return nil, nil
		case err != nil:
			return nil, err
		}
		return &value, nil
	}
}

// deref returns the value of an optional filter, or "".
func deref[T ~string](filter *T) T {
	if filter == nil {
		return ""
	}
	return *filter
}
