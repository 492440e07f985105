package heygen_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"heygen-graphql/heygen"
)

// envelopes are the bodies with which a status occurs. If a code contradicts its
// status, the status takes precedence.
var envelopes = map[string]string{
	"envelope":             `{"error":{"code":"avatar_not_found","message":"m"}}`,
	"request in progress":  `{"error":{"code":"request_in_progress","message":"m"}}`,
	"HTML":                 "<html>Bad gateway</html>",
	"empty":                "",
	"error is a number":    `{"error":7}`,
	"code is a number":     `{"error":{"code":7}}`,
	"another JSON":         `{"detail":"Not Found"}`,
	"data beside an error": `{"data":[],"error":{"code":"c"}}`,
}

// statusKinds are the statuses whose kind is not that of their hundred.
var statusKinds = map[int]error{
	400: heygen.ErrBadRequest, 422: heygen.ErrBadRequest,
	401: heygen.ErrUnauthenticated, 402: heygen.ErrPaymentRequired, 403: heygen.ErrForbidden, 429: heygen.ErrRateLimited,
	404: heygen.ErrNotFound, 410: heygen.ErrNotFound,
	408: heygen.ErrUnavailable, 409: heygen.ErrUnavailable, 425: heygen.ErrUnavailable,
}

// callsAndKind returns how many calls two retries allow after a status, and what the
// status means for a request with or without a page token.
func callsAndKind(status int, withToken bool, body string) (calls int, kind error) {
	calls = 1
	switch status {
	case 408, 409, 425, 429, 500, 502, 503, 504:
		calls = 3
	}
	switch {
	case status < 400 || status > 599:
		return calls, heygen.ErrInvalidResponse
	case status >= 500:
		return calls, heygen.ErrUnavailable
	case withToken && status != 401 && status != 402 && status != 403 && status != 429:
		if status == 409 && body != "request in progress" {
			calls = 1
		}
		return calls, heygen.ErrPageTokenRejected
	case statusKinds[status] != nil:
		return calls, statusKinds[status]
	}
	return calls, heygen.ErrRejected
}

func TestStatusDecidesKindAndRetries(t *testing.T) {
	requests := map[string]struct {
		params    any
		withToken bool
	}{
		"groups":                    {heygen.AvatarGroupsParams{}, false},
		"groups with a token":       {heygen.AvatarGroupsParams{Token: "t"}, true},
		"looks of a group":          {heygen.AvatarLooksParams{GroupID: "g"}, false},
		"looks with a token":        {heygen.AvatarLooksParams{GroupID: "g", Token: "t"}, true},
		"private voices":            {heygen.VoicesParams{Type: heygen.PrivateVoice}, false},
		"private voices with token": {heygen.VoicesParams{Type: heygen.PrivateVoice, Token: "t"}, true},
		"one group":                 {heygen.GroupID("g"), false},
		"one look":                  {heygen.LookID("l"), false},
		"one voice":                 {heygen.VoiceID("v"), false},
	}
	for name, request := range requests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for status := 300; status <= 600; status++ {
					for bodyName, body := range envelopes {
						s := script(always(status, body))
						err := callWith(t, newClient(t, s, withRetries(2)), request.params)
						calls, kind := callsAndKind(status, request.withToken, bodyName)
						failed, ok := errors.AsType[*heygen.Error](err)
						if !ok || failed.Kind != kind || failed.Status != status || len(s.calls()) != calls {
							t.Errorf("%d, %s: %v after %d calls, want %v after %d", status, bodyName, err, len(s.calls()), kind, calls)
						}
					}
				}
			})
		})
	}
}

// HeyGen responds, so it is healthy, however often a request has to be sent again.
func TestStatus4xxNeverOpensTheBreaker(t *testing.T) {
	for status := 400; status <= 499; status++ {
		synctest.Test(t, func(t *testing.T) {
			s := script(always(status, ""))
			client := newClient(t, s)
			for range 30 {
				_ = readGroup(t, client)
			}
			if len(s.calls()) != 30 {
				t.Errorf("%d: %d calls, want 30", status, len(s.calls()))
			}
		})
	}
}

func TestConflictIsOverAfterARetry(t *testing.T) {
	for _, params := range []any{heygen.GroupID("g"), heygen.AvatarGroupsParams{}, heygen.AvatarGroupsParams{Token: "t"}} {
		for _, status := range []int{408, 409, 425} {
			synctest.Test(t, func(t *testing.T) {
				found := always(200, pageJSON("g", ""))
				if _, byID := params.(heygen.GroupID); byID {
					found = groupFound
				}
				s := script(always(status, envelopes["request in progress"]), found)
				err := callWith(t, newClient(t, s, withRetries(2)), params)
				if err != nil || len(s.calls()) != 2 || !inBounds(s.calls()[1], initialBackoff) {
					t.Errorf("%d, %s: %v after calls at %v", status, fmt.Sprintf("%T", params), err, s.calls())
				}
			})
		}
	}
}
