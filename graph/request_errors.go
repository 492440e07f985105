package graph

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// explained gives what gqlgen and gqlparser say against a request as the caller
// sees it, in words of ours where theirs are Go's.
func (h *handler) explained(op *graphql.OperationContext, p *params, errs gqlerror.List) gqlerror.List {
	switch {
	case op.Operation == nil && p.OperationName == "":
		errs = gqlerror.List{errcode.New(nil, errcode.BadUserInput, "`operationName` is needed: the document holds several operations.")}
	case op.Operation == nil:
		errs = gqlerror.List{errcode.New(nil, errcode.BadUserInput, "`operationName` names no operation of the document.")}
	case op.Variables == nil: // gqlparser refused one
		errs = gqlerror.List{h.variableError(op, p, errs[0])}
	}
	return errcode.Truncate(errs)
}

// documentErrors leaves nothing else where a document asks for what is not
// supported: the rest of what is wrong with it follows from that.
func documentErrors(errs gqlerror.List) gqlerror.List {
	var not gqlerror.List
	for _, e := range errs {
		if e.Rule == unsupported || e.Rule == untold {
			e.Extensions = map[string]any{"code": string(errcode.OperationNotSupported)}
			not = append(not, e)
		}
	}
	if len(not) > 0 {
		return not
	}
	return errs
}

// variableError says what gqlparser has against a variable. It names one by
// the path, which begins with "variable".
func (h *handler) variableError(op *graphql.OperationContext, p *params, err *gqlerror.Error) *gqlerror.Error {
	if e := wrongVariable(h.schema, op.Operation, p.Variables); e != nil {
		return e
	}
	return errcode.New(nil, errcode.BadUserInput, "`$"+err.Path[1:].String()+"` does not fit its type.")
}
