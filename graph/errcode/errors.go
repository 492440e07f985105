package errcode

import (
	"slices"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	maxErrors  = 5   // errors of one rejected request
	maxMessage = 500 // characters of one of their messages
)

// New returns an error with a code. Without a position it has no location.
func New(position *ast.Position, code Code, message string) *gqlerror.Error {
	e := &gqlerror.Error{Message: message, Extensions: map[string]any{"code": string(code)}}
	if position != nil {
		e.Locations = []gqlerror.Location{{Line: position.Line, Column: position.Column}}
	}
	return e
}

// Set sets the code of every error and returns them. It modifies the errors.
func Set(code Code, errs ...*gqlerror.Error) gqlerror.List {
	for _, e := range errs {
		e.Extensions = map[string]any{"code": string(code)}
	}
	return errs
}

// Of returns the code of an error, or "" if it has none.
func Of(e *gqlerror.Error) Code {
	code, _ := e.Extensions["code"].(string)
	return Code(code)
}

// Truncate returns the first 5 errors of a rejected request, each message cut to
// 500 characters. It copies the errors it changes.
func Truncate(errs gqlerror.List) gqlerror.List {
	errs = slices.Clone(errs[:min(len(errs), maxErrors)])
	for i, err := range errs {
		e := *err
		e.Message = TruncateMessage(e.Message)
		errs[i] = &e
	}
	return errs
}

// TruncateMessage cuts a message to 500 characters.
func TruncateMessage(message string) string { return TruncateString(message, maxMessage) }

// TruncateString cuts a string to n characters, the last of which is an ellipsis.
func TruncateString(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
