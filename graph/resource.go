package graph

import (
	"context"
	"errors"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

// What is the same for every resource that HeyGen has: ids in arguments, fetches
// by id, links from one to the other. What differs stands in the resource's own
// file.

// id is the type of a resource's ids, such as heygen.GroupID.
type id interface {
	~string
	Valid() bool
}

// ownID reads the id of one type of node in either form.
func ownID[K id](typeName, argument, text string) (K, error) {
	id, err := model.ParseID(text)
	switch {
	case err != nil:
		return "", wrongID(argument, "it is neither a global id nor a plain one of HeyGen's: 1 to 128 letters, digits and `_.~-`, the first a letter or digit")
	case id.Type != "" && id.Type != typeName:
		return "", wrongID(argument, belongs(id.Type))
	}
	if key := K(id.ID); key.Valid() {
		return key, nil
	}
	return "", wrongID(argument, noSuchID)
}

const noSuchID = "HeyGen has no id of this form"

// belongs tells where the global id of another type could be used.
func belongs(typeName string) string {
	if t := nodeTypeNamed(typeName); t != nil {
		return "it is the id of another type, `" + t.name + "`, and belongs to the field `" + t.field + "`"
	}
	return "it is the id of a type that this API does not have"
}

func wrongID(argument, reason string) error {
	return &Error{Code: errcode.BadUserInput, Message: "`" + argument + "` cannot be used: " + reason + "."}
}

// byID is a root field that gives a resource by its id.
func byID[K id, T any](ctx context.Context, l *loader[K, *T], typeName, text string) (*T, error) {
	key, err := ownID[K](typeName, "id", text)
	if err != nil {
		return nil, err
	}
	value, err := l.load(ctx, key)
	return value, ofGivenID("id", err)
}

// ofGivenID sorts the error of a fetch by an id that the caller gave: with 400
// HeyGen says something about the id, the only thing that was sent.
func ofGivenID(argument string, err error) error {
	if told, ok := errors.AsType[*heygen.Error](err); ok && told.Kind == heygen.ErrBadRequest {
		return &Error{Code: errcode.BadUserInput, Message: "`" + argument + "` cannot be used: HeyGen does not take it for an id.", Upstream: told}
	}
	return err
}

// link follows an id that HeyGen gave. It leads nowhere, without an error, where
// there is none, or where HeyGen no longer has what it named.
func link[K id, T any](ctx context.Context, l *loader[K, *T], id *K) (*T, error) {
	if id == nil || !(*id).Valid() {
		return nil, nil
	}
	return l.load(ctx, *id)
}

// fetchOne makes the fetch of a loader out of a call to HeyGen. What does not
// exist is nil, and no error.
func fetchOne[K id, T any](op *operation, call func(context.Context, K) (T, error)) func(*turn, K) (*T, error) {
	return func(turn *turn, id K) (*T, error) {
		value, err := ask(op, turn, func(ctx context.Context) (T, error) { return call(ctx, id) })
		switch {
		case errors.Is(err, heygen.ErrNotFound):
			return nil, nil
		case err != nil:
			return nil, err
		}
		return &value, nil
	}
}

// orNone is a filter that may be absent.
func orNone[T ~string](filter *T) T {
	if filter == nil {
		return ""
	}
	return *filter
}
