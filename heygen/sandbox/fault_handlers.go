package sandbox

import (
	"fmt"
	"net/http"
)

// faultHandler responds to an API call with a fault.
type faultHandler func(s *Sandbox, w http.ResponseWriter, r *http.Request)

// faultHandlers lists the handlers of all faults, in the order in which they are documented.
var faultHandlers = []struct {
	fault Fault
	serve faultHandler
}{
	{OK, noFault},

	{RateLimited, errorResponse(429, "rate_limit_exceeded", "", setRetryAfterSeconds)},
	{RateLimitedUntil, errorResponse(429, "rate_limit_exceeded", "", setRetryAfterDate)},
	{QuotaExceeded, errorResponse(429, "quota_exceeded", "")},
	{BadRequest, errorResponse(400, "invalid_parameter", "")},
	{TokenExpired, tokenExpired},
	{Unauthorized, errorResponse(401, "unauthorized", "")},
	{PaymentRequired, errorResponse(402, "insufficient_credit", "")},
	{Forbidden, errorResponse(403, "forbidden", "")},
	{NotFound, errorResponse(404, "resource_not_found", "")},
	{Conflict, errorResponse(409, "request_in_progress", "")},
	{Gone, errorResponse(410, "resource_not_found", "")},
	{ContentTooLarge, errorResponse(413, "invalid_parameter", "")},
	{Teapot, errorResponse(418, "im_a_teapot", "")},
	{Unprocessable, errorResponse(422, "invalid_parameter", "")},
	{InternalError, errorResponse(500, "internal_error", "")},
	{BadGateway, rawResponse(502, "text/html", badGatewayPage)},
	{Unavailable, errorResponse(503, "service_unavailable", "")},
	{GatewayTimeout, rawResponse(504, "", "")},

	{Hang, hang},
	{HangInBody, hangInBody},
	{SlowBody, slowBody},
	{Reset, reset},
	{TruncatedHeader, truncatedHeader},
	{TruncatedBody, truncatedBody},

	{TruncatedJSON, truncatedJSON},
	{HTMLPage, rawResponse(200, "text/html", badGatewayPage)},
	{EmptyBody, rawResponse(200, "application/json", "")},
	{HugeBody, hugeBody},
	{EndlessBody, endlessBody},
	{Redirect, redirect},
	{ErrorIn200, errorResponse(200, "internal_error", "")},
	{DataString, mutate(func(a *editableResponse) { a.body["data"] = "unavailable" })},
	{DataSwapped, mutate(dataSwapped)},
	{DataNull, mutate(func(a *editableResponse) { a.body["data"] = nil })},
	{UnknownEnum, mutate(unknownEnum)},
	{WrongID, mutate(wrongID)},
	{BadItem, mutateList(badItem)},
	{ItemWithoutID, mutateList(itemWithoutID)},
	{BadItems, mutateList(badItems)},

	{RepeatedToken, mutateList(repeatedToken)},
	{LoopingToken, mutateList(loopingToken)},
	{MoreWithoutToken, mutateList(moreWithoutToken)},
	{EndlessPages, mutateList(endlessPages)},
	{EmptyPage, mutateList(emptyPage)},
	{EmptyLastPage, mutateList(emptyLastPage)},
}

// AllFaults returns every fault but OK.
func AllFaults() []Fault {
	all := make([]Fault, 0, len(faultHandlers))
	for _, m := range faultHandlers {
		if m.fault != OK {
			all = append(all, m.fault)
		}
	}
	return all
}

// handlerFor panics for an unknown fault: a test that misspells one would test nothing.
func handlerFor(f Fault) faultHandler {
	for _, m := range faultHandlers {
		if m.fault == f {
			return m.serve
		}
	}
	panic(fmt.Sprintf("sandbox: there is no fault %q", f))
}

func mustBeKnown(faults []Fault) {
	for _, f := range faults {
		handlerFor(f)
	}
}
