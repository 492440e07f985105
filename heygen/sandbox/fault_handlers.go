package sandbox

import (
	"fmt"
	"net/http"
)

// misbehaviour answers a call in its own way.
type misbehaviour func(s *Sandbox, w http.ResponseWriter, r *http.Request)

// misbehaviours of all faults, in the order in which they are documented.
var misbehaviours = []struct {
	fault Fault
	serve misbehaviour
}{
	{OK, honest},

	{RateLimited, status(429, "rate_limit_exceeded", "", retryInSeconds)},
	{RateLimitedUntil, status(429, "rate_limit_exceeded", "", retryAtDate)},
	{RateLimitedMute, status(429, "quota_exceeded", "")},
	{BadRequest, status(400, "invalid_parameter", "")},
	{TokenExpired, tokenExpired},
	{Unauthorized, status(401, "unauthorized", "")},
	{PaymentRequired, status(402, "insufficient_credit", "")},
	{Forbidden, status(403, "forbidden", "")},
	{NotFound, status(404, "resource_not_found", "")},
	{Conflict, status(409, "request_in_progress", "")},
	{Teapot, status(418, "im_a_teapot", "")},
	{InternalError, status(500, "internal_error", "")},
	{BadGateway, raw(502, "text/html", gatewayPage)},
	{Unavailable, status(503, "service_unavailable", "")},
	{GatewayTimeout, raw(504, "", "")},

	{Hang, hang},
	{HangInBody, hangInBody},
	{SlowBody, slowBody},
	{Reset, reset},
	{CutHeader, cutHeader},
	{CutBody, cutBody},

	{CutJSON, cutJSON},
	{HTMLPage, raw(200, "text/html", gatewayPage)},
	{EmptyBody, raw(200, "application/json", "")},
	{HugeBody, hugeBody},
	{EndlessBody, endlessBody},
	{Redirect, redirect},
	{ErrorIn200, status(200, "internal_error", "")},
	{DataString, edit(func(a *edited) { a.body["data"] = "unavailable" })},
	{DataSwapped, edit(dataSwapped)},
	{DataNull, edit(func(a *edited) { a.body["data"] = nil })},
	{UnknownEnum, edit(unknownEnum)},
	{AnotherID, edit(anotherID)},
	{BadItem, editList(badItem)},
	{ItemWithoutID, editList(itemWithoutID)},
	{BadItems, editList(badItems)},

	{RepeatedToken, editList(repeatedToken)},
	{LoopingToken, editList(loopingToken)},
	{MoreWithoutToken, editList(moreWithoutToken)},
	{EndlessPages, editList(endlessPages)},
	{EmptyPage, editList(emptyPage)},
	{EmptyLastPage, editList(emptyLastPage)},
}

// AllFaults gives every fault but OK.
func AllFaults() []Fault {
	all := make([]Fault, 0, len(misbehaviours))
	for _, m := range misbehaviours {
		if m.fault != OK {
			all = append(all, m.fault)
		}
	}
	return all
}

// lookUp panics for a fault that is misspelt: the test that names it would test nothing.
func lookUp(f Fault) misbehaviour {
	for _, m := range misbehaviours {
		if m.fault == f {
			return m.serve
		}
	}
	panic(fmt.Sprintf("sandbox: there is no fault %q", f))
}

func mustKnow(named []Fault) {
	for _, f := range named {
		lookUp(f)
	}
}
