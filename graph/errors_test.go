package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

const (
	groupQuery     = `{ avatarGroup(id: "group_monica") { id } }`
	groupListQuery = `{ avatarGroups { nodes { id } } }`
)

func TestEveryUpstreamFaultHasItsCode(t *testing.T) {
	for fault, want := range map[sandbox.Fault]struct{ byID, list, upstream string }{
		sandbox.RateLimited:      {"RATE_LIMITED", "RATE_LIMITED", "429 rate_limit_exceeded"},
		sandbox.RateLimitedUntil: {"RATE_LIMITED", "RATE_LIMITED", "429 rate_limit_exceeded"},
		sandbox.QuotaExceeded:    {"RATE_LIMITED", "RATE_LIMITED", "429 quota_exceeded"},
		sandbox.BadRequest:       {"BAD_USER_INPUT", "UPSTREAM_INVALID_RESPONSE", "400 invalid_parameter"},
		sandbox.Unauthorized:     {"UPSTREAM_UNAUTHENTICATED", "UPSTREAM_UNAUTHENTICATED", "401 unauthorized"},
		sandbox.PaymentRequired:  {"PAYMENT_REQUIRED", "PAYMENT_REQUIRED", "402 insufficient_credit"},
		sandbox.Forbidden:        {"FORBIDDEN", "FORBIDDEN", "403 forbidden"},
		sandbox.NotFound:         {"", "UPSTREAM_INVALID_RESPONSE", "404 resource_not_found"},
		sandbox.Conflict:         {"UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "409 request_in_progress"},
		sandbox.Teapot:           {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "418 im_a_teapot"},
		sandbox.InternalError:    {"UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "500 internal_error"},
		sandbox.BadGateway:       {"UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "502"},
		sandbox.Unavailable:      {"UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "503 service_unavailable"},
		sandbox.GatewayTimeout:   {"UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "504"},
		sandbox.TruncatedHeader:  {"UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", ""},
		sandbox.TruncatedBody:    {"UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "200"},
		sandbox.TruncatedJSON:    {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200"},
		sandbox.HTMLPage:         {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200"},
		sandbox.EmptyBody:        {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200"},
		sandbox.HugeBody:         {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200"},
		sandbox.EndlessBody:      {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200"},
		sandbox.Redirect:         {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "302"},
		sandbox.ErrorIn200:       {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200 internal_error"},
		sandbox.DataString:       {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200"},
		sandbox.DataSwapped:      {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200"},
		sandbox.DataNull:         {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "200"},
		sandbox.WrongID:          {"UPSTREAM_INVALID_RESPONSE", "", "200"},
		sandbox.BadItems:         {"", "UPSTREAM_INVALID_RESPONSE", "200"},
	} {
		t.Run(string(fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // a 429 causes a back-off
				a := newAPI(t, sandbox.Options{})
				for query, code := range map[string]string{groupQuery: want.byID, groupListQuery: want.list} {
					a.QueueFaults(fault)
					out := a.do(t, query, nil)
					if out.Status != 200 || out.codes() != code {
						t.Fatalf("%d %.300s", out.Status, out.Body)
					}
					if code == "" {
						continue
					}
					e := out.Errors[0]
					if len(e.Path) == 0 || len(e.Locations) == 0 || len(out.Errors) != 1 {
						t.Errorf("%s", out.Body)
					}
					var details []string
					if upstream, ok := e.Extensions["upstream"].(map[string]any); ok {
						for _, name := range []string{"status", "code"} {
							if upstream[name] != nil {
								details = append(details, fmt.Sprint(upstream[name]))
							}
						}
					}
					if got := strings.Join(details, " "); got != want.upstream {
						t.Errorf("upstream error details %q, want %q", got, want.upstream)
					}
					if callers := code == "BAD_USER_INPUT"; callers == strings.Contains(a.log.String(), "upstream request failed") {
						t.Errorf("the log of %s: %s", code, a.log)
					}
					a.log.reset()
				}
				// The next operations succeed.
				a.mustDo(t, groupQuery, nil)
				a.mustDo(t, groupListQuery, nil)
				a.Close()
			})
		})
	}
}

func TestHangingUpstreamTimesOut(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.Hang, sandbox.HangInBody, sandbox.SlowBody} {
		t.Run(string(fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newAPI(t, sandbox.Options{})
				a.QueueFaults(fault)
				start := time.Now()
				out := a.do(t, groupListQuery, nil)
				if elapsed := time.Since(start); out.codes() != "UPSTREAM_TIMEOUT" || elapsed != heygen.DefaultAttemptTimeout {
					t.Errorf("%s after %v", out.Body, elapsed)
				}
				a.mustDo(t, groupListQuery, nil)
				a.Close()
			})
		})
	}
}

func TestRetryAfterIsInSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{})
		// A 429 without Retry-After has the client's own back-off.
		for fault, want := range map[sandbox.Fault][]any{sandbox.RateLimited: {1.0}, sandbox.RateLimitedUntil: {1.0, 2.0}, sandbox.QuotaExceeded: {1.0}} {
			a.QueueFaults(fault)
			got, matches := a.do(t, groupQuery, nil).Errors[0].Extensions["retryAfter"], false
			for _, w := range want {
				matches = matches || got == w
			}
			if !matches {
				t.Errorf("%s: retryAfter %v, want %v", fault, got, want)
			}
		}
		a.Close()
	})
}

func TestRejectedServerKeyIsUpstreamUnauthenticated(t *testing.T) {
	a := newAPI(t, sandbox.Options{Keys: []string{"another"}})
	out := a.do(t, groupListQuery, nil)
	want := map[string]any{"code": "UPSTREAM_UNAUTHENTICATED", "upstream": map[string]any{
		"status": 401.0, "code": "unauthorized", "docUrl": "https://developers.heygen.com/docs/error-codes#unauthorized",
	}}
	if diff := cmp.Diff(want, out.Errors[0].Extensions); diff != "" {
		t.Error(diff)
	}
}

// failingUpstream returns or panics with cause, an internal error.
type failingUpstream struct {
	graph.Upstream
	cause any
}

func (u failingUpstream) ListAvatarGroups(context.Context, heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	if err, ok := u.cause.(error); ok {
		return heygen.Page[heygen.AvatarGroup]{}, err
	}
	panic(u.cause)
}

func (u failingUpstream) AvatarGroup(context.Context, heygen.GroupID) (heygen.AvatarGroup, error) {
	_, err := u.ListAvatarGroups(context.Background(), heygen.AvatarGroupsParams{})
	return heygen.AvatarGroup{}, err
}

func TestInternalErrorsExposeNoDetails(t *testing.T) {
	for _, cause := range []any{errors.New("dial tcp 10.0.0.1: internal detail of an error"), "internal detail of a panic"} {
		a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.HeyGen = failingUpstream{cause: cause} })
		for _, query := range []string{groupQuery, groupListQuery} {
			out := a.do(t, query, nil)
			want := map[string]any{"code": "INTERNAL", "requestId": "request-1"}
			if len(out.Errors) != 1 || len(out.Errors[0].Path) != 1 || len(out.Errors[0].Locations) != 1 {
				t.Errorf("%s", out.Body)
			}
			if diff := cmp.Diff(want, out.Errors[0].Extensions); diff != "" || strings.Contains(out.Body, "internal detail") {
				t.Errorf("%s\n%s", out.Body, diff)
			}
			if !strings.Contains(a.log.String(), "internal detail") || !strings.Contains(a.log.String(), "request-1") {
				t.Errorf("log: %s", a.log)
			}
			if _, isError := cause.(error); !isError && !strings.Contains(a.log.String(), "errors_test.go") {
				t.Errorf("the log has no stack trace of the panic: %s", a.log)
			}
			a.log.reset()
		}
	}
}

// The number of suppressed errors is logged.
func TestRequestLogsAtMostThreeInternalErrors(t *testing.T) {
	for _, cause := range []any{errors.New("internal detail of an error"), "internal detail of a panic"} {
		a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.HeyGen = failingUpstream{cause: cause} })
		for failures, want := range map[int]struct{ logged, suppressed int }{1: {1, 0}, 3: {3, 0}, 4: {3, 1}, 100: {3, 97}} {
			var query strings.Builder
			for i := range failures {
				fmt.Fprintf(&query, ` a%d: avatarGroup(id: "id%d") { id }`, i, i)
			}
			before := len(a.log.String())
			if out := a.do(t, "{"+query.String()+"}", nil); len(out.Errors) != failures {
				t.Fatalf("%.300s", out.Body)
			}
			log := a.log.String()[before:]
			lines := want.logged
			if want.suppressed > 0 {
				lines++
			}
			if strings.Count(log, "internal detail of") != want.logged || strings.Count(log, "\n") != lines || (want.suppressed > 0) != strings.Contains(log, fmt.Sprint("suppressed=", want.suppressed)) {
				t.Errorf("%d errors: %.2000s", failures, log)
			}
		}
		before := len(a.log.String())
		a.do(t, groupListQuery, nil)
		if log := a.log.String()[before:]; strings.Count(log, "\n") != 1 {
			t.Errorf("one error is logged as %s", log)
		}
	}
}

// TestErrorMessagesLeakNoInternals causes every fault and searches the messages for the
// key, the upstream's address and Go's error texts.
func TestErrorMessagesLeakNoInternals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{})
		cursor := a.groupPage(t, vars{"first": 50}).end
		for _, fault := range sandbox.AllFaults() {
			for _, do := range []func() response{
				func() response { return a.do(t, groupQuery, nil) },
				func() response { return a.do(t, groupConnection.query(), vars{"after": cursor}) },
			} {
				a.QueueFaults(fault)
				out := do()
				for _, e := range out.Errors {
					for _, word := range []string{upstreamKey, "127.0.0.1", "/v3/", "token", "dial", "EOF", "json", "context", "goroutine", "heygen:", "0x"} {
						if strings.Contains(e.Message, word) {
							t.Errorf("%s: %q in %s", fault, word, e.Message)
						}
					}
				}
				if strings.Contains(out.Body, upstreamKey) {
					t.Errorf("%s: the key is in the response", fault)
				}
			}
		}
		if strings.Contains(a.log.String(), upstreamKey) {
			t.Error("the key is in the log")
		}
		a.Close()
	})
}

func TestErrorsAreInFieldOrder(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	out := a.do(t, `{ z: avatarGroup(id: "/") { id } y: nodes(ids: ["1", "2", "3"]) { id } x: avatarGroup(id: "/") { id } a: node(id: "/") { id } }`, nil)
	var got []string
	for _, e := range out.Errors {
		got = append(got, fmt.Sprint(e.Path))
	}
	if diff := cmp.Diff([]string{"[z]", "[y 0]", "[y 1]", "[y 2]", "[x]", "[a]"}, got); diff != "" {
		t.Error(diff)
	}
}
