package graph

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/heygen"
)

// What HeyGen rejects is the caller's concern if the caller sent it: a value of an
// argument, an id, or a cursor. Then the error names the argument, and the log has no
// warning. All else that HeyGen rejects is a request that this server made wrong.

// filterArguments maps HeyGen's parameters, as canonicalParam returns them, to the
// arguments from which they are set. limit is no argument, and token is a cursor.
var filterArguments = map[string]string{
	"ownership": "ownership", "groupid": "groupId", "avatartype": "avatarType",
	"type": "type", "language": "language", "gender": "gender", "engine": "engine",
}

// idParams are the names by which HeyGen may call the id of a fetch by id.
var idParams = map[string]bool{"": true, "id": true, "groupid": true, "lookid": true, "avatarid": true, "voiceid": true}

// canonicalParam returns the last name in the param of an error, in lower case and
// without underscores: ownership, query.ownership, ownership[0], avatarType.
func canonicalParam(param string) string {
	names := strings.FieldsFunc(param, func(r rune) bool { return strings.ContainsRune(".[]", r) })
	for len(names) > 0 && strings.Trim(names[len(names)-1], "0123456789") == "" { // an index
		names = names[:len(names)-1]
	}
	if len(names) == 0 {
		return ""
	}
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(names[len(names)-1]))
}

// rejectsParam reports whether an error is HeyGen's rejection of a parameter.
func rejectsParam(e *heygen.Error) bool {
	return e.Status == http.StatusBadRequest || e.Status == http.StatusUnprocessableEntity
}

// isArgumentGiven reports whether the caller gave the field in ctx this argument: one
// that is absent or null, or has its default value only, is not given.
func isArgumentGiven(ctx context.Context, name string) bool {
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Field.Field == nil {
		return false
	}
	argument := field.Field.Arguments.ForName(name)
	if argument == nil {
		return false
	}
	value, err := argument.Value.Value(graphql.GetOperationContext(ctx).Variables)
	return err == nil && value != nil
}

// rejectedArgument returns the argument of the field in ctx whose value HeyGen rejected,
// or "" if the caller gave nothing of that name.
func rejectedArgument(ctx context.Context, e *heygen.Error) string {
	argument := filterArguments[canonicalParam(e.Param)]
	if argument == "" || !rejectsParam(e) || !isArgumentGiven(ctx, argument) {
		return ""
	}
	return argument
}

// classifyListError maps HeyGen's rejection of a filter that the caller gave to
// BAD_USER_INPUT. A rejected page token is CURSOR_EXPIRED: see [classify].
func classifyListError(ctx context.Context, err error) error {
	if e, ok := errors.AsType[*heygen.Error](err); ok {
		if argument := rejectedArgument(ctx, e); argument != "" {
			return &Error{Code: errcode.BadUserInput, Message: "HeyGen rejects this value of `" + argument + "`.", UpstreamError: e}
		}
	}
	return err
}

// listErrorCausedByCaller reports whether HeyGen rejected what the caller of the field in ctx
// sent: a filter, or a cursor. Without a param it may be any filter, so that the error
// names none, but any caller can cause it.
func listErrorCausedByCaller(ctx context.Context, e *heygen.Error) bool {
	if e.Kind == heygen.ErrPageTokenRejected && (isArgumentGiven(ctx, "after") || isArgumentGiven(ctx, "before")) {
		return true
	}
	if canonicalParam(e.Param) == "" && rejectsParam(e) {
		for _, argument := range filterArguments {
			if isArgumentGiven(ctx, argument) {
				return true
			}
		}
	}
	return rejectedArgument(ctx, e) != ""
}

// rejectsID reports whether HeyGen rejected the id of a fetch by id. Without a param it is
// the id, as nothing else was sent.
func rejectsID(e *heygen.Error) bool { return rejectsParam(e) && idParams[canonicalParam(e.Param)] }

// asArgumentError maps HeyGen's rejection of an id to BAD_USER_INPUT.
func asArgumentError(argument string, err error) error {
	if e, ok := errors.AsType[*heygen.Error](err); ok && rejectsID(e) {
		return &Error{Code: errcode.BadUserInput, Message: "`" + argument + "` cannot be used: HeyGen does not accept it as an id.", UpstreamError: e}
	}
	return err
}

// idErrorCausedByCaller reports whether an error of a fetch by id says something of the id
// alone: HeyGen does not have it, rejects it, or has it for another account.
func idErrorCausedByCaller(e *heygen.Error) bool {
	return e.Kind == heygen.ErrNotFound || rejectsID(e) || e.Kind == heygen.ErrForbidden && e.Code == codeResourceAccessDenied
}

// codeResourceAccessDenied is HeyGen's code for a resource of another account.
const codeResourceAccessDenied = "resource_access_denied"
