package cached

import (
	"errors"
	"slices"
	"time"

	"heygen-graphql/heygen"
)

// recordedKinds are the kinds of errors that a record can hold. A record has an index of it.
var recordedKinds = []error{
	heygen.ErrInvalidArgument, heygen.ErrBadRequest, heygen.ErrUnauthenticated, heygen.ErrPaymentRequired, heygen.ErrForbidden, heygen.ErrNotFound,
	heygen.ErrRateLimited, heygen.ErrTimeout, heygen.ErrUnavailable, heygen.ErrPageTokenRejected, heygen.ErrRejected, heygen.ErrInvalidResponse,
}

// errorRecord is a [heygen.Error] in a record.
type errorRecord struct {
	Kind       int           `json:"kind"`
	Endpoint   string        `json:"endpoint"`
	Cause      string        `json:"cause,omitempty"`
	Status     int           `json:"status,omitempty"`
	Code       string        `json:"code,omitempty"`
	Message    string        `json:"message,omitempty"`
	Param      string        `json:"param,omitempty"`
	DocURL     string        `json:"doc_url,omitempty"`
	RetryAfter time.Duration `json:"retry_after,omitempty"`
}

// newErrorRecord returns the record of an error. It reports false for one that concerns this
// process alone: a call that was not sent, or was canceled, and a panic.
func newErrorRecord(err error) (*errorRecord, bool) {
	e, ok := errors.AsType[*heygen.Error](err)
	if !ok || e.NotSent {
		return nil, false
	}
	kind := slices.Index(recordedKinds, e.Kind)
	if kind < 0 {
		return nil, false
	}
	return &errorRecord{kind, e.Endpoint, e.Cause, e.Status, e.Code, e.Message, e.Param, e.DocURL, e.RetryAfter}, true
}

// decode returns the error. It reports false if its kind is unknown.
func (r *errorRecord) decode() (error, bool) {
	if r.Kind < 0 || r.Kind >= len(recordedKinds) {
		return nil, false
	}
	return &heygen.Error{
		Kind: recordedKinds[r.Kind], Endpoint: r.Endpoint, Cause: r.Cause, Status: r.Status,
		Code: r.Code, Message: r.Message, Param: r.Param, DocURL: r.DocURL, RetryAfter: r.RetryAfter,
	}, true
}
