package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

var soakDuration = flag.Duration("soak", 500*time.Millisecond, "duration of TestSoak")

// soakFaults returns the faults after which a response is either correct or an error: all
// but those that omit items, change them, or report them as not found.
func soakFaults() (faults []sandbox.Fault) {
	misleading := []sandbox.Fault{
		sandbox.NotFound, sandbox.Gone, sandbox.UnknownEnum, sandbox.BadItem, sandbox.ItemWithoutID,
		sandbox.RepeatedToken, sandbox.LoopingToken, sandbox.MoreWithoutToken, sandbox.EndlessPages,
	}
	rateLimits := []sandbox.Fault{sandbox.RateLimited, sandbox.QuotaExceeded, sandbox.RateLimitedUntil} // runSoak injects these at intervals
	rare := []sandbox.Fault{sandbox.Unauthorized, sandbox.Forbidden}                                    // these invalidate the cache
	for _, fault := range sandbox.AllFaults() {
		switch {
		case slices.Contains(misleading, fault), slices.Contains(rateLimits, fault):
		case slices.Contains(rare, fault):
			faults = append(faults, fault)
		default:
			faults = append(faults, slices.Repeat([]sandbox.Fault{fault}, 50)...)
		}
	}
	return faults
}

// soakErrorCodes are the codes that upstream faults may lead to.
var soakErrorCodes = strings.Fields(`RATE_LIMITED UPSTREAM_UNAVAILABLE UPSTREAM_TIMEOUT UPSTREAM_INVALID_RESPONSE
	UPSTREAM_UNAUTHENTICATED FORBIDDEN PAYMENT_REQUIRED CURSOR_EXPIRED BAD_USER_INPUT`)

// TestSoak runs 64 clients over real sockets while a third of the upstream responses fail,
// by every kind of fault. No response may be wrong or of another operation, and no
// goroutine or memory may leak.
func TestSoak(t *testing.T) {
	runSoak(t, 100*time.Millisecond) // warm up what a process allocates once
	before, heapBefore := runtime.NumGoroutine(), heapInUse()
	tally, took := runSoak(t, *soakDuration)
	// Goroutines take a moment to end.
	for range 200 {
		if runtime.NumGoroutine() <= before {
			break
		}
		runtime.Gosched()
		<-time.After(10 * time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before {
		buf := make([]byte, 1<<20)
		t.Errorf("%d goroutines before, %d after\n%s", before, after, buf[:runtime.Stack(buf, true)])
	}
	heapAfter := heapInUse()
	if grown := int64(heapAfter) - int64(heapBefore); grown > 8<<20 {
		t.Errorf("the heap has grown by %d bytes", grown)
	}
	t.Logf("%v: %d operations, %d complete, %d with errors %v, %d calls; heap %d KiB before, %d KiB at most, %d KiB after",
		took.Round(time.Millisecond), tally.operations.Load(), tally.complete.Load(), tally.operations.Load()-tally.complete.Load(), tally.codes(), tally.calls,
		heapBefore>>10, tally.maxHeap>>10, heapAfter>>10)
	if tally.tooFew(*soakDuration) || *soakDuration >= longSoak && len(tally.codes()) < 4 {
		t.Error("too few operations, or too few error codes")
	}
}

func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

type soakTally struct {
	operations, complete atomic.Int64
	maxHeap              uint64 // bytes
	calls                int

	mu     sync.Mutex
	byCode map[string]int
}

// longSoak is the duration from which a soak must have enough operations.
const longSoak = 10 * time.Second

// tooFew reports whether a soak of duration d needs more complete responses.
func (s *soakTally) tooFew(d time.Duration) bool { return d >= longSoak && s.complete.Load() < 500 }

func (s *soakTally) codes() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byCode
}

func (s *soakTally) count(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byCode[code]++
}

func runSoak(t *testing.T, d time.Duration) (*soakTally, time.Duration) {
	tally := &soakTally{byCode: map[string]int{}}
	upstreamSandbox := sandbox.New(sandbox.Options{PublicURL: "https://files.example", Latency: time.Millisecond, Jitter: 4 * time.Millisecond, Seed: uint64(d)})
	content := newSoakContent(upstreamSandbox)
	upstream := httptest.NewServer(upstreamSandbox)
	defer upstream.Close()
	transport := heygen.NewTransport()
	defer transport.CloseIdleConnections()
	client, err := heygen.New(heygen.Options{
		BaseURL: upstream.URL, Key: heygen.NewKey(upstreamKey), Transport: transport, Retries: heygen.DefaultRetries, AttemptTimeout: 200 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	cachedClient := cached.New(cached.Options{HeyGen: client, MaxBytes: 8 << 20, Fresh: 200 * time.Millisecond, StaleWhileRevalidate: time.Second, PendingTTL: 100 * time.Millisecond, NegativeTTL: 50 * time.Millisecond})
	defer cachedClient.Close()
	api := httptest.NewServer(graph.NewHandler(graph.Options{HeyGen: cachedClient, Timeout: 5 * time.Second}))
	defer api.Close()
	transportToAPI := &http.Transport{MaxIdleConnsPerHost: 64}
	defer transportToAPI.CloseIdleConnections()

	upstreamSandbox.SetFaults(1.0/3, soakFaults()...)
	start := time.Now()
	var clients sync.WaitGroup
	for i := range 64 {
		clients.Go(func() {
			random := rand.New(rand.NewPCG(uint64(d), uint64(i)))
			for !t.Failed() && (time.Since(start) < d || tally.tooFew(d) && time.Since(start) < 6*d) { // on a slow machine it takes longer
				content.sendAndCheck(t, &http.Client{Transport: transportToAPI}, api.URL, random, tally)
			}
		})
	}
	// A 429 pauses all calls for a second, and halves the rate afterwards: as frequent as
	// the other faults, it would leave time for nothing else.
	rateLimit := time.NewTicker(max(time.Second, min(d/2, 20*time.Second)))
	defer rateLimit.Stop()
	sample := time.NewTicker(100 * time.Millisecond)
	defer sample.Stop()
	done := make(chan struct{})
	go func() {
		clients.Wait()
		close(done)
	}()
	for finished := false; !finished; {
		select {
		case <-rateLimit.C:
			upstreamSandbox.QueueFaults(sandbox.RateLimited)
		case <-sample.C:
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			tally.maxHeap = max(tally.maxHeap, m.HeapAlloc)
		case <-done:
			finished = true
		}
	}
	tally.calls = len(upstreamSandbox.Calls())
	return tally, time.Since(start)
}

// soakContent is the content of the sandbox, which responses must match.
type soakContent struct {
	groups []sandbox.Group
	names  map[string]string // of groups, looks and voices, by type and id
	looks  map[string]int    // number by group id
}

func newSoakContent(upstream *sandbox.Sandbox) *soakContent {
	c := &soakContent{groups: upstream.Groups(), names: map[string]string{}, looks: map[string]int{}}
	for _, g := range c.groups {
		c.names["AvatarGroup"+g.ID], c.looks[g.ID] = strings.TrimSpace(g.Name), g.LooksCount
	}
	for _, l := range upstream.Looks() {
		c.names["AvatarLook"+l.ID] = strings.TrimSpace(l.Name)
	}
	for _, v := range upstream.Voices() {
		c.names["Voice"+v.ID] = strings.TrimSpace(v.Name)
	}
	return c
}

// sendAndCheck sends one random operation and checks the response.
func (c *soakContent) sendAndCheck(t *testing.T, client *http.Client, apiURL string, random *rand.Rand, tally *soakTally) {
	first, kind, at := 1+random.IntN(60), random.IntN(5), random.IntN(len(c.groups))
	listSize := first
	if kind == 3 { // one call for each group
		listSize = 1 + first/10
	}
	groupID := func(n int) string { return globalID("AvatarGroup", c.groups[(at+n)%len(c.groups)].ID) }
	query := []string{
		fmt.Sprintf(`{ list: avatarGroups(first: %d) { nodes { __typename key: groupId name } } }`, first),
		fmt.Sprintf(`{ a: avatarGroup(id: %q) { __typename key: groupId name } b: avatarGroup(id: %q) { __typename key: groupId name } c: node(id: %q) { __typename ... on AvatarGroup { key: groupId name } } }`, groupID(0), groupID(1), groupID(2)),
		fmt.Sprintf(`{ a: avatarGroup(id: %q) { __typename key: groupId name looks(first: 3) { nodes { __typename key: lookId name group { __typename key: groupId name } } } defaultVoice { __typename key: voiceId name } } }`, groupID(0)),
		fmt.Sprintf(`{ list: avatarGroups(first: %d) { nodes { __typename key: groupId name looks(first: 1) { nodes { __typename key: lookId name group { __typename key: groupId name } } } } } }`, listSize),
		`{ v: voices(first: 20) { nodes { __typename key: voiceId name } } n: avatarGroup(id: "unknown") { name } }`,
	}[kind]
	requestBody, _ := json.Marshal(map[string]string{"query": query})
	res, err := client.Post(apiURL+"/graphql", "application/json", bytes.NewReader(requestBody))
	if err != nil {
		t.Error(err)
		return
	}
	defer res.Body.Close()
	var out struct {
		Data   map[string]any
		Errors []responseError
	}
	body, err := io.ReadAll(res.Body)
	if err != nil || json.Unmarshal(body, &out) != nil || strings.Contains(string(body), upstreamKey) {
		t.Errorf("%v %.300s", err, body)
		return
	}
	tally.operations.Add(1)
	if len(out.Errors) == 0 {
		tally.complete.Add(1)
	}
	for _, e := range out.Errors {
		code, _ := e.Extensions["code"].(string)
		tally.count(code)
		if !slices.Contains(soakErrorCodes, code) {
			t.Errorf("%s\n%.600s", query, body)
		}
	}
	if list, ok := out.Data["list"].(vars); ok {
		if problem := c.checkOrder(list["nodes"].([]any), listSize); problem != "" {
			t.Errorf("%s\n%s\n%.600s", problem, query, body)
		}
	}
	if out.Data["n"] != nil {
		t.Errorf("an unknown group is not null\n%.600s", body)
	}
	if problem := c.checkNames(out.Data); problem != "" {
		t.Errorf("%s\n%s\n%.600s", problem, query, body)
	}
	for i, alias := range []string{"a", "b", "c"} { // each has the group of its id
		if group, ok := out.Data[alias].(vars); ok && globalID("AvatarGroup", fmt.Sprint(group["key"])) != groupID(i) {
			t.Errorf("%s is another group\n%s\n%.600s", alias, query, body)
		}
		if group, known := out.Data[alias]; known && group == nil && !hasErrorAt(out.Errors, alias) {
			t.Errorf("%s is missing\n%s\n%.600s", alias, query, body)
		}
	}
}

func hasErrorAt(errs []responseError, alias string) bool {
	return slices.ContainsFunc(errs, func(e responseError) bool { return len(e.Path) > 0 && e.Path[0] == alias })
}

// checkOrder returns what is wrong with a list of the first groups, "" if nothing is.
func (c *soakContent) checkOrder(nodes []any, want int) string {
	if len(nodes) != want {
		return fmt.Sprintf("%d groups, want %d", len(nodes), want)
	}
	for i, node := range nodes {
		if key := node.(vars)["key"]; key != c.groups[i].ID {
			return fmt.Sprintf("group %d is %v, want %s", i, key, c.groups[i].ID)
		}
	}
	return ""
}

// checkLooks returns what is wrong with the looks of a group, "" if nothing is.
func (c *soakContent) checkLooks(group string, looks []any) string {
	if want := min(c.looks[group], 3); len(looks) != want && len(looks) != min(want, 1) {
		return fmt.Sprintf("%d looks of %s, which has %d", len(looks), group, c.looks[group])
	}
	for _, look := range looks {
		if of, ok := look.(vars)["group"].(vars); ok && of["key"] != group {
			return fmt.Sprintf("a look of %v is listed among those of %s", of["key"], group)
		}
	}
	return ""
}

// checkNames returns what is wrong with a part of the data, "" if nothing is.
func (c *soakContent) checkNames(part any) string {
	switch part := part.(type) {
	case []any:
		for _, item := range part {
			if problem := c.checkNames(item); problem != "" {
				return problem
			}
		}
	case map[string]any:
		if kind, ok := part["__typename"].(string); ok {
			if name := c.names[kind+fmt.Sprint(part["key"])]; name != part["name"] {
				return fmt.Sprintf("%s %v has the name %v, want %s", kind, part["key"], part["name"], name)
			}
			if looks, ok := part["looks"].(vars); ok {
				if problem := c.checkLooks(fmt.Sprint(part["key"]), looks["nodes"].([]any)); problem != "" {
					return problem
				}
			}
		}
		for _, value := range part {
			if problem := c.checkNames(value); problem != "" {
				return problem
			}
		}
	}
	return ""
}
