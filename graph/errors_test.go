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

func TestEveryFailureOfHeyGenHasItsCode(t *testing.T) {
	for fault, want := range map[sandbox.Fault]struct{ one, many, upstream string }{
		sandbox.RateLimited:      {"RATE_LIMITED", "RATE_LIMITED", "429 rate_limit_exceeded"},
		sandbox.RateLimitedUntil: {"RATE_LIMITED", "RATE_LIMITED", "429 rate_limit_exceeded"},
		sandbox.QuotaExceeded:    {"RATE_LIMITED", "RATE_LIMITED", "429 quota_exceeded"},
		sandbox.BadRequest:       {"BAD_USER_INPUT", "UPSTREAM_INVALID_RESPONSE", "400 invalid_parameter"},
		sandbox.Unauthorized:     {"UPSTREAM_UNAUTHENTICATED", "UPSTREAM_UNAUTHENTICATED", "401 unauthorized"},
		sandbox.PaymentRequired:  {"PAYMENT_REQUIRED", "PAYMENT_REQUIRED", "402 insufficient_credit"},
		sandbox.Forbidden:        {"FORBIDDEN", "FORBIDDEN", "403 forbidden"},
		sandbox.NotFound:         {"", "UPSTREAM_INVALID_RESPONSE", "404 resource_not_found"},
		sandbox.Conflict:         {"UPSTREAM_INVALID_RESPONSE", "UPSTREAM_INVALID_RESPONSE", "409 request_in_progress"},
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
			synctest.Test(t, func(t *testing.T) { // a 429 asks for a pause
				a := newAPI(t, sandbox.Options{})
				for query, code := range map[string]string{groupQuery: want.one, groupListQuery: want.many} {
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
					var told []string
					if upstream, ok := e.Extensions["upstream"].(map[string]any); ok {
						for _, name := range []string{"status", "code"} {
							if upstream[name] != nil {
								told = append(told, fmt.Sprint(upstream[name]))
							}
						}
					}
					if got := strings.Join(told, " "); got != want.upstream {
						t.Errorf("upstream told %q, want %q", got, want.upstream)
					}
					if fault != sandbox.NotFound && !strings.Contains(a.log.String(), "upstream request failed") {
						t.Errorf("the log does not tell: %s", a.log)
					}
				}
				// And the next one is answered.
				a.mustDo(t, groupQuery, nil)
				a.mustDo(t, groupListQuery, nil)
				a.Close()
			})
		})
	}
}

func TestAHangingHeyGenIsATimeout(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.Hang, sandbox.HangInBody, sandbox.SlowBody} {
		t.Run(string(fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newAPI(t, sandbox.Options{})
				a.QueueFaults(fault)
				start := time.Now()
				out := a.do(t, groupListQuery, nil)
				if took := time.Since(start); out.codes() != "UPSTREAM_TIMEOUT" || took != heygen.DefaultCallTimeout {
					t.Errorf("%s after %v", out.Body, took)
				}
				a.mustDo(t, groupListQuery, nil)
				a.Close()
			})
		})
	}
}

func TestRetryAfterIsToldInSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{})
		for fault, want := range map[sandbox.Fault][]any{sandbox.RateLimited: {1.0}, sandbox.RateLimitedUntil: {1.0, 2.0}, sandbox.QuotaExceeded: {nil}} {
			a.QueueFaults(fault)
			got, is := a.do(t, groupQuery, nil).Errors[0].Extensions["retryAfter"], false
			for _, w := range want {
				is = is || got == w
			}
			if !is {
				t.Errorf("%s: retryAfter %v, want %v", fault, got, want)
			}
		}
		a.Close()
	})
}

func TestAKeyThatHeyGenRefusesIsTheOperatorsTrouble(t *testing.T) {
	a := newAPI(t, sandbox.Options{Keys: []string{"another"}})
	out := a.do(t, groupListQuery, nil)
	want := map[string]any{"code": "UPSTREAM_UNAUTHENTICATED", "upstream": map[string]any{
		"status": 401.0, "code": "unauthorized", "docUrl": "https://developers.heygen.com/docs/error-codes#unauthorized",
	}}
	if diff := cmp.Diff(want, out.Errors[0].Extensions); diff != "" {
		t.Error(diff)
	}
}

// broken is an upstream whose mistakes are ours.
type broken struct {
	graph.Upstream
	cause any
}

func (b broken) ListAvatarGroups(context.Context, heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	if err, ok := b.cause.(error); ok {
		return heygen.Page[heygen.AvatarGroup]{}, err
	}
	panic(b.cause)
}

func (b broken) AvatarGroup(context.Context, heygen.GroupID) (heygen.AvatarGroup, error) {
	_, err := b.ListAvatarGroups(context.Background(), heygen.AvatarGroupsParams{})
	return heygen.AvatarGroup{}, err
}

func TestAFaultOfOursIsInternalAndTellsNothing(t *testing.T) {
	for _, cause := range []any{errors.New("dial tcp 10.0.0.1: the text of an error"), "the text of a panic"} {
		a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.HeyGen = broken{cause: cause} })
		for _, query := range []string{groupQuery, groupListQuery} {
			out := a.do(t, query, nil)
			want := map[string]any{"code": "INTERNAL", "requestId": "request-1"}
			if len(out.Errors) != 1 || len(out.Errors[0].Path) != 1 || len(out.Errors[0].Locations) != 1 {
				t.Errorf("%s", out.Body)
			}
			if diff := cmp.Diff(want, out.Errors[0].Extensions); diff != "" || strings.Contains(out.Body, "the text") {
				t.Errorf("%s\n%s", out.Body, diff)
			}
			if !strings.Contains(a.log.String(), "the text") || !strings.Contains(a.log.String(), "request-1") {
				t.Errorf("log: %s", a.log)
			}
			if _, ours := cause.(error); !ours && !strings.Contains(a.log.String(), "errors_test.go") {
				t.Errorf("the log does not say where the panic was: %s", a.log)
			}
			a.log.reset()
		}
	}
}

// TestAFloodOfFaultsDoesNotFloodTheLog: three of a request's are told, the rest
// by their number.
func TestAFloodOfFaultsDoesNotFloodTheLog(t *testing.T) {
	for _, cause := range []any{errors.New("the text of an error"), "the text of a panic"} {
		a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.HeyGen = broken{cause: cause} })
		for faults, want := range map[int]struct{ told, counted int }{1: {1, 0}, 3: {3, 0}, 4: {3, 1}, 100: {3, 97}} {
			var query strings.Builder
			for i := range faults {
				fmt.Fprintf(&query, ` a%d: avatarGroup(id: "id%d") { id }`, i, i)
			}
			before := len(a.log.String())
			if out := a.do(t, "{"+query.String()+"}", nil); len(out.Errors) != faults {
				t.Fatalf("%.300s", out.Body)
			}
			log := a.log.String()[before:]
			lines := want.told
			if want.counted > 0 {
				lines++
			}
			if strings.Count(log, "the text of") != want.told || strings.Count(log, "\n") != lines || (want.counted > 0) != strings.Contains(log, fmt.Sprint("suppressed=", want.counted)) {
				t.Errorf("%d faults: %.2000s", faults, log)
			}
		}
		before := len(a.log.String())
		a.do(t, groupListQuery, nil)
		if log := a.log.String()[before:]; strings.Count(log, "\n") != 1 {
			t.Errorf("one fault is told as %s", log)
		}
	}
}

// TestNothingLeaks asks for every failure there is and looks for the key, the
// upstream's address and Go's own words.
func TestNothingLeaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{})
		cursor := a.groupPage(t, vars{"first": 50}).end
		for _, fault := range sandbox.AllFaults() {
			for _, ask := range []func() response{
				func() response { return a.do(t, groupQuery, nil) },
				func() response { return a.do(t, groupConnection.query(), vars{"after": cursor}) },
			} {
				a.QueueFaults(fault)
				out := ask()
				for _, e := range out.Errors {
					for _, word := range []string{upstreamKey, "127.0.0.1", "/v3/", "token", "dial", "EOF", "json", "context", "goroutine", "heygen:", "0x"} {
						if strings.Contains(e.Message, word) {
							t.Errorf("%s: %q in %s", fault, word, e.Message)
						}
					}
				}
				if strings.Contains(out.Body, upstreamKey) {
					t.Errorf("%s: the key is in the answer", fault)
				}
			}
		}
		if strings.Contains(a.log.String(), upstreamKey) {
			t.Error("the key is in the log")
		}
		a.Close()
	})
}

func TestErrorsStandInTheOrderOfTheirFields(t *testing.T) {
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
