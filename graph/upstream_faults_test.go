package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

const (
	twoVoicesQuery = `{ voices(first: 2) { nodes { voiceId } } }`
	oneGroupQuery  = `{ avatarGroup(id: "group_monica") { groupId } }`

	codeUnavailable     = "UPSTREAM_UNAVAILABLE"
	codeInvalidResponse = "UPSTREAM_INVALID_RESPONSE"
	codeTimeout         = "UPSTREAM_TIMEOUT"
	codeRateLimited     = "RATE_LIMITED"
)

// outcome is the error codes of a response, "" if it is correct, and the number of
// upstream calls. -1: one or more, as net/http itself retries a call on a reused
// connection that is reset.
type outcome struct {
	codes string
	calls int
}

// faultCases are all upstream faults, with the outcome of one that occurs once, of one
// that persists, and whether a stale entry is served instead.
var faultCases = []struct {
	fault        sandbox.Fault
	query        string
	once, always outcome
	staleIfError bool
}{
	{sandbox.RateLimited, twoVoicesQuery, outcome{"", 2}, outcome{codeRateLimited, 3}, true},
	{sandbox.RateLimitedUntil, twoVoicesQuery, outcome{"", 2}, outcome{codeRateLimited, 3}, true},
	{sandbox.QuotaExceeded, twoVoicesQuery, outcome{"", 2}, outcome{codeRateLimited, 3}, true},
	{sandbox.InternalError, twoVoicesQuery, outcome{"", 2}, outcome{codeUnavailable, 3}, true},
	{sandbox.BadGateway, oneGroupQuery, outcome{"", 2}, outcome{codeUnavailable, 3}, true},
	{sandbox.Unavailable, twoVoicesQuery, outcome{"", 2}, outcome{codeUnavailable, 3}, true},
	{sandbox.GatewayTimeout, oneGroupQuery, outcome{"", 2}, outcome{codeUnavailable, 3}, true},

	{sandbox.Hang, twoVoicesQuery, outcome{codeTimeout, 1}, outcome{codeTimeout, 1}, true},
	{sandbox.HangInBody, oneGroupQuery, outcome{codeTimeout, 1}, outcome{codeTimeout, 1}, true},
	{sandbox.SlowBody, twoVoicesQuery, outcome{codeTimeout, 1}, outcome{codeTimeout, 1}, true},
	{sandbox.Reset, twoVoicesQuery, outcome{"", -1}, outcome{codeUnavailable, -1}, true},
	{sandbox.TruncatedHeader, oneGroupQuery, outcome{"", 2}, outcome{codeUnavailable, 3}, true},
	{sandbox.TruncatedBody, twoVoicesQuery, outcome{"", 2}, outcome{codeUnavailable, 3}, true},

	{sandbox.TruncatedJSON, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.HTMLPage, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.EmptyBody, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.HugeBody, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.EndlessBody, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.Redirect, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.ErrorIn200, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.DataString, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.DataSwapped, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.DataNull, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.WrongID, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.BadItems, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.Conflict, twoVoicesQuery, outcome{"", 2}, outcome{codeUnavailable, 3}, true},
	{sandbox.Gone, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.ContentTooLarge, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.Unprocessable, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.Teapot, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.EmptyPage, twoVoicesQuery, outcome{"", 2}, outcome{codeInvalidResponse, 4}, false},
	{sandbox.EndlessPages, twoVoicesQuery, outcome{codeInvalidResponse, 4}, outcome{codeInvalidResponse, 4}, false},

	// HeyGen rejects the call. That is invalid for a list without a token. If it rejects
	// the key, a stale entry must not be served.
	{sandbox.BadRequest, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.PaymentRequired, twoVoicesQuery, outcome{"PAYMENT_REQUIRED", 1}, outcome{"PAYMENT_REQUIRED", 1}, true},
	{sandbox.Unauthorized, oneGroupQuery, outcome{"UPSTREAM_UNAUTHENTICATED", 1}, outcome{"UPSTREAM_UNAUTHENTICATED", 1}, false},
	{sandbox.Forbidden, twoVoicesQuery, outcome{"FORBIDDEN", 1}, outcome{"FORBIDDEN", 1}, false},
	{sandbox.NotFound, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
}

func TestEveryFaultHasExpectedOutcome(t *testing.T) {
	for _, f := range faultCases {
		t.Run(string(f.fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newCachedAPI(t, sandbox.Options{})
				want := a.mustDo(t, f.query, nil).dataJSON(t)
				expireEntries := func() { <-time.After(3 * time.Hour) }
				expect := func(name string, o outcome) {
					t.Helper()
					a.ResetCalls()
					out := a.do(t, f.query, nil)
					if out.codes() != o.codes || (o.codes == "") != (out.dataJSON(t) == want) {
						t.Errorf("%s: %.300s", name, out.Body)
					}
					if got := len(a.Calls()); o.calls >= 0 && got != o.calls {
						t.Errorf("%s: %d calls, want %d", name, got, o.calls)
					}
				}
				expireEntries()
				a.QueueFaults(f.fault)
				expect("once", f.once)
				expireEntries()
				expect("after one fault", outcome{"", -1})

				expireEntries()
				a.SetFaults(1, f.fault)
				expect("persistent", f.always)
				a.SetFaults(0)
				expireEntries() // and the end of a back-off and of an open circuit breaker
				expect("after a persistent fault", outcome{"", 1})

				// A stale entry is served at once, whatever the result of the background refresh.
				<-time.After(2 * time.Minute)
				a.SetFaults(1, f.fault)
				expect("stale", outcome{"", -1})
				<-time.After(time.Minute)
				switch out := a.do(t, f.query, nil); {
				case f.staleIfError && (out.codes() != "" || out.dataJSON(t) != want):
					t.Errorf("the stale entry is not served: %s", out.Body)
				case !f.staleIfError && out.codes() != f.always.codes:
					t.Errorf("a stale entry is served: %s", out.Body)
				}
				<-time.After(time.Minute)
				a.SetFaults(0)
				a.mustDo(t, f.query, nil) // may be stale
				<-time.After(10 * time.Second)
				expect("after the outage", outcome{"", -1})
				a.Close()
			})
		})
	}
	tested := map[sandbox.Fault]bool{}
	for _, f := range faultCases {
		tested[f.fault] = true
	}
	// Other tests cover the effect of these on a list and its items.
	testedElsewhere := []sandbox.Fault{
		sandbox.TokenExpired, sandbox.UnknownEnum, sandbox.BadItem, sandbox.ItemWithoutID,
		sandbox.RepeatedToken, sandbox.LoopingToken, sandbox.MoreWithoutToken, sandbox.EmptyLastPage,
	}
	for _, fault := range sandbox.AllFaults() {
		if !tested[fault] && !slices.Contains(testedElsewhere, fault) {
			t.Errorf("%s is not tested", fault)
		}
	}
}

// A list that would repeat, never end, or end too early is an error. The pages that led to
// it are not cached: the list is complete as soon as the fault is over.
func TestPagesOfBrokenListAreNotCached(t *testing.T) {
	listAll := func(a *api, t *testing.T) (ids []string, codes string) {
		for after := any(nil); ; {
			out := a.do(t, `query($after: String) { avatarGroups(first: 100, after: $after, ownership: PUBLIC) { nodes { groupId } pageInfo { endCursor hasNextPage } } }`, vars{"after": after})
			if out.codes() != "" {
				return ids, out.codes()
			}
			for _, node := range nodesOf(out, "avatarGroups") {
				ids = append(ids, node["groupId"].(string))
			}
			info := out.Data["avatarGroups"].(vars)["pageInfo"].(vars)
			if after = info["endCursor"]; info["hasNextPage"] != true {
				return ids, ""
			}
		}
	}
	for fault, codes := range map[sandbox.Fault]string{sandbox.RepeatedToken: codeInvalidResponse, sandbox.MoreWithoutToken: codeInvalidResponse, sandbox.EndlessPages: codeInvalidResponse, sandbox.TokenExpired: "CURSOR_EXPIRED"} {
		a := newCachedAPI(t, sandbox.Options{})
		want, _ := listAll(a, t)
		a = newCachedAPI(t, sandbox.Options{})
		a.QueueFaults(sandbox.OK, sandbox.OK, fault) // in the middle of the second page of 100
		if ids, got := listAll(a, t); got != codes || slices.Equal(ids, want) {
			t.Errorf("%s: %q, %d groups of %d", fault, got, len(ids), len(want))
		}
		if ids, got := listAll(a, t); got != "" || !slices.Equal(ids, want) {
			t.Errorf("after %s: %q, %d groups of %d", fault, got, len(ids), len(want))
		}
	}
}

func Test429PausesCallsUntilRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{RetryAfter: 20 * time.Second})
		a.QueueFaults(sandbox.RateLimited)
		start := time.Now()
		a.mustDo(t, twoVoicesQuery, nil) // waits, and succeeds
		if took := time.Since(start); took != 20*time.Second || len(a.Calls()) != 2 {
			t.Errorf("%d calls in %v", len(a.Calls()), took)
		}
		<-time.After(time.Hour)
		a.QueueFaults(sandbox.RateLimited)
		start = time.Now()
		out := a.do(t, `{ avatarGroup(id: "unknown") { name } }`, nil)
		if out.codes() != "" || time.Since(start) != 20*time.Second {
			t.Errorf("%s after %v", out.Body, time.Since(start))
		}
		a.Close()
	})
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{RetryAfter: 100 * time.Second})
		a.mustDo(t, oneGroupQuery, nil)
		a.QueueFaults(sandbox.RateLimited)
		start := time.Now()
		for _, wait := range []struct {
			after      time.Duration
			retryAfter int
		}{{0, 100}, {10500 * time.Millisecond, 90}, {0, 90}} { // at once, with the remaining seconds of the back-off, rounded up
			<-time.After(wait.after)
			requestedAt := time.Now()
			out := a.do(t, twoVoicesQuery, nil)
			if out.codes() != codeRateLimited || time.Since(requestedAt) != 0 || out.Errors[0].Extensions["retryAfter"] != float64(wait.retryAfter) {
				t.Errorf("%s after %v", out.Body, time.Since(requestedAt))
			}
			a.mustDo(t, oneGroupQuery, nil) // a cached entry is served meanwhile
		}
		if got := len(a.Calls()); got != 2 {
			t.Errorf("%d calls", got)
		}
		<-time.After(time.Until(start.Add(100 * time.Second)))
		a.mustDo(t, twoVoicesQuery, nil)
		a.Close()
	})
}

// HeyGen hangs. The first calls time out. Then the circuit breaker is open and calls fail
// at once. Cached entries are served all the time.
func TestHangingUpstreamOpensCircuitBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{})
		a.mustDo(t, twoVoicesQuery, nil)
		a.SetFaults(1, sandbox.Hang)
		var query strings.Builder
		for i, id := range groupConnection.ids(a)[200:212] {
			fmt.Fprintf(&query, " g%d: avatarGroup(id: %q) { name }", i, groupGlobalID(id))
		}
		start := time.Now()
		out := a.do(t, "{"+query.String()+"}", nil)
		if took := time.Since(start); out.codes() != strings.TrimSpace(strings.Repeat(codeTimeout+" ", 12)) || took != 30*time.Second {
			t.Errorf("%s after %v", out.codes(), took)
		}
		start = time.Now()
		out = a.do(t, "{"+query.String()+"}", nil)
		if took := time.Since(start); out.codes() != strings.TrimSpace(strings.Repeat(codeUnavailable+" ", 12)) || took != 0 {
			t.Errorf("%s after %v", out.codes(), took)
		}
		if log := a.log.String(); strings.Contains(log, `cause="not `) || strings.Count(log, "circuit breaker open") != 1 {
			t.Errorf("an outage is logged more than once: %s", log)
		}
		start = time.Now()
		a.mustDo(t, twoVoicesQuery, nil)
		if took := time.Since(start); took != 0 {
			t.Errorf("a cache hit took %v", took)
		}
		a.SetFaults(0)
		<-time.After(5 * time.Second)
		a.mustDo(t, "{"+query.String()+"}", nil)
		a.Close()
	})
}

func TestRevokedKeyCannotReadCache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Keys: []string{upstreamKey}})
		a.mustDo(t, `{ avatarGroups(ownership: PRIVATE) { nodes { name } } }`, nil)
		a.mustDo(t, monicaQuery, nil)
		a.SetKeys("sk_V2_another")
		<-time.After(2 * time.Minute)
		a.do(t, monicaQuery, nil) // stale; the background refresh is rejected
		synctest.Wait()
		for _, query := range []string{monicaQuery, `{ avatarGroups(ownership: PRIVATE) { nodes { name } } }`} {
			if out := a.do(t, query, nil); out.codes() != "UPSTREAM_UNAUTHENTICATED" {
				t.Error(out.Body)
			}
		}
		if n := a.cachedClient.Size(); n != 0 {
			t.Errorf("%d bytes are cached", n)
		}
		a.SetKeys(upstreamKey)
		a.mustDo(t, monicaQuery, nil)
		if strings.Contains(a.log.String(), upstreamKey) {
			t.Error("the key is in the log")
		}
		a.Close()
	})
}

// The limit holds for the calls of all operations together, and for background refreshes.
func TestConcurrentUpstreamCallsAreLimitedTo12(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Latency: time.Second}, func(o *heygen.Options, _ *graph.Options) { o.MaxConcurrent = 0 })
		ids := groupConnection.ids(a)
		done := make(chan string)
		for i := range 10 {
			go func() {
				done <- a.do(t, twentyAliasesQuery("avatarGroup", "AvatarGroup", ids[10*i:10*i+10]), nil).codes()
			}()
		}
		for range 10 {
			if codes := <-done; codes != "" {
				t.Error(codes)
			}
		}
		if inFlight := a.MaxInFlight(); inFlight != 12 {
			t.Errorf("%d calls in flight, want 12", inFlight)
		}
		a.Close()
	})
}

// HeyGen hangs, and there are more calls than the queue holds.
func TestFullUpstreamQueueDoesNotDelayCacheHits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{})
		a.mustDo(t, twoVoicesQuery, nil)
		a.SetFaults(1, sandbox.Hang)
		done := make(chan string)
		for i := range 900 {
			go func() { done <- a.do(t, fmt.Sprintf(`{ avatarGroup(id: "cold%d") { name } }`, i), nil).codes() }()
		}
		synctest.Wait()
		a.mustDo(t, twoVoicesQuery, nil)
		codes := map[string]int{}
		for range 900 {
			codes[<-done]++
		}
		if codes["OVERLOADED"] != 900-12*41 || codes[codeTimeout] == 0 {
			t.Error(codes) // 12 calls in flight, 40 times as many queued
		}
		a.Close()
	})
}
