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

// outcome is an answer: its codes, none where it is as it should be, and the
// calls it took. -1: one or more. A call on a connection that was used before and
// is reset is made again by net/http, too.
type outcome struct {
	codes string
	calls int
}

// faultCases are all the ways in which HeyGen may fail to answer, and what becomes of
// them: when they happen once, when they go on, and when an older answer is there.
var faultCases = []struct {
	fault        sandbox.Fault
	query        string
	once, always outcome
	staleIfError bool // the older answer
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
	{sandbox.Conflict, twoVoicesQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.Teapot, oneGroupQuery, outcome{codeInvalidResponse, 1}, outcome{codeInvalidResponse, 1}, true},
	{sandbox.EmptyPage, twoVoicesQuery, outcome{"", 2}, outcome{codeInvalidResponse, 4}, false},
	{sandbox.EndlessPages, twoVoicesQuery, outcome{codeInvalidResponse, 4}, outcome{codeInvalidResponse, 4}, false},

	// HeyGen says no. To a list without a token that makes no sense; to the key it is
	// an answer, which an older one does not outweigh.
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
				expect("once, and then HeyGen is right", outcome{"", -1})

				expireEntries()
				a.SetFaults(1, f.fault)
				expect("for ever", f.always)
				a.SetFaults(0)
				expireEntries() // a pause that HeyGen asked for, and a breaker
				expect("for ever, and then HeyGen is right", outcome{"", 1})

				// What is stale is given at once, whatever becomes of the call behind it.
				<-time.After(2 * time.Minute)
				a.SetFaults(1, f.fault)
				expect("stale", outcome{"", -1})
				<-time.After(time.Minute)
				switch out := a.do(t, f.query, nil); {
				case f.staleIfError && (out.codes() != "" || out.dataJSON(t) != want):
					t.Errorf("the older answer does not stand: %s", out.Body)
				case !f.staleIfError && out.codes() != f.always.codes:
					t.Errorf("an older answer stands: %s", out.Body)
				}
				<-time.After(time.Minute)
				a.SetFaults(0)
				a.mustDo(t, f.query, nil) // perhaps the older one
				<-time.After(10 * time.Second)
				expect("and at last HeyGen is right", outcome{"", -1})
				a.Close()
			})
		})
	}
	tested := map[sandbox.Fault]bool{}
	for _, f := range faultCases {
		tested[f.fault] = true
	}
	// What these do to a list or its items is told in other tests.
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

// A list that would never end, or be read twice, says so, and the next reader
// gets it whole: what led astray is not kept.
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
	for fault, codes := range map[sandbox.Fault]string{sandbox.RepeatedToken: codeInvalidResponse, sandbox.MoreWithoutToken: "", sandbox.EndlessPages: codeInvalidResponse, sandbox.TokenExpired: "CURSOR_EXPIRED"} {
		a := newCachedAPI(t, sandbox.Options{})
		want, _ := listAll(a, t)
		a = newCachedAPI(t, sandbox.Options{})
		a.QueueFaults(sandbox.OK, fault)
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
		a.mustDo(t, twoVoicesQuery, nil) // waits, and is answered
		if took := time.Since(start); took != 20*time.Second || len(a.Calls()) != 2 {
			t.Errorf("%d calls in %v", len(a.Calls()), took)
		}
		<-time.After(time.Hour)
		a.QueueFaults(sandbox.RateLimited)
		start = time.Now()
		out := a.do(t, `{ avatarGroup(id: "nobody") { name } }`, nil)
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
		}{{0, 100}, {10500 * time.Millisecond, 90}, {0, 90}} { // at once, with what is left of the pause, rounded up
			<-time.After(wait.after)
			requestedAt := time.Now()
			out := a.do(t, twoVoicesQuery, nil)
			if out.codes() != codeRateLimited || time.Since(requestedAt) != 0 || out.Errors[0].Extensions["retryAfter"] != float64(wait.retryAfter) {
				t.Errorf("%s after %v", out.Body, time.Since(requestedAt))
			}
			a.mustDo(t, oneGroupQuery, nil) // what is kept is given all the same
		}
		if got := len(a.Calls()); got != 2 {
			t.Errorf("%d calls", got)
		}
		<-time.After(time.Until(start.Add(100 * time.Second)))
		a.mustDo(t, twoVoicesQuery, nil)
		a.Close()
	})
}

// HeyGen hangs. The first callers wait in vain; then the breaker opens, and
// nobody waits any longer; what is kept is given all the time.
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
			t.Errorf("an outage is told in too many words: %s", log)
		}
		start = time.Now()
		a.mustDo(t, twoVoicesQuery, nil)
		if took := time.Since(start); took != 0 {
			t.Errorf("what is kept took %v", took)
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
		a.do(t, monicaQuery, nil) // given at once; the call behind it hears of it
		synctest.Wait()
		for _, query := range []string{monicaQuery, `{ avatarGroups(ownership: PRIVATE) { nodes { name } } }`} {
			if out := a.do(t, query, nil); out.codes() != "UPSTREAM_UNAUTHENTICATED" {
				t.Error(out.Body)
			}
		}
		if n := a.cachedClient.Size(); n != 0 {
			t.Errorf("%d bytes are kept", n)
		}
		a.SetKeys(upstreamKey)
		a.mustDo(t, monicaQuery, nil)
		if strings.Contains(a.log.String(), upstreamKey) {
			t.Error("the key is in the log")
		}
		a.Close()
	})
}

// Calls of all operations together are bounded, those behind answers among them.
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
			t.Errorf("%d calls under way, want 12", inFlight)
		}
		a.Close()
	})
}

// HeyGen hangs, and more ask than there is room for. What is kept is given all the same.
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
			t.Error(codes) // twelve under way, forty times as many in line
		}
		a.Close()
	})
}
