//go:build redis

package replicatest

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// long are settings under which nothing becomes stale during a test.
var long = []string{"CACHE_FRESH=1h", "CACHE_PENDING_TTL=1h"}

// trio returns three replicas that share a Redis.
func trio(t *testing.T, o sandbox.Options, settings ...string) (*sandbox.Sandbox, *redisServer, []*replica, []string) {
	redis := startRedis(t)
	heyGen, url := startHeyGen(t, o)
	settings = append([]string{"HEYGEN_BASE_URL=" + url, "HEYGEN_API_KEY=" + key, "REDIS_URL=" + redis.url()}, settings...)
	return heyGen, redis, startReplicas(t, 3, settings...), settings
}

// calls returns the number of calls since the last one, and resets it.
func calls(s *sandbox.Sandbox) int {
	n := len(s.Calls())
	s.ResetCalls()
	return n
}

func TestRowsOfTheCallTableHoldThroughThreeReplicas(t *testing.T) {
	heyGen, _, replicas, _ := trio(t, sandbox.Options{}, long...)
	check := func(what string, want int) {
		t.Helper()
		if got := calls(heyGen); got != want {
			t.Errorf("%s: %d calls, want %d", what, got, want)
		}
	}
	groups := heyGen.Groups()
	replicas[0].data(`{avatarGroups(first:50){nodes{name}}}`)
	check("a page, empty cache", 1)
	for _, r := range replicas {
		r.data(`{avatarGroups(first:50){nodes{name}}}`)
	}
	check("the page again, at each", 0)
	// The sandbox lists the newest first; the ids come from the response.
	ids := groupIDs(replicas[0].data(`{avatarGroups(first:50){nodes{groupId}}}`))
	for i, id := range ids {
		if validID(id) {
			replicas[1+i%2].data(group(id))
		}
	}
	check("single fetches of groups that a list contained", 0)
	cursor := ""
	for i := range 10 { // 100 groups in steps of 10
		document := `{avatarGroups(first:10){pageInfo{endCursor}}}`
		if cursor != "" {
			document = fmt.Sprintf(`{avatarGroups(first:10,after:%q){pageInfo{endCursor}}}`, cursor)
		}
		body := replicas[i%3].data(document)
		cursor = strings.Split(body[strings.Index(body, `"endCursor":"`)+len(`"endCursor":"`):], `"`)[0]
	}
	check("100 groups in steps of 10 through all replicas, the first 50 cached", 1)
	var aliases strings.Builder
	all := validIDs(heyGen, len(groups))
	for i := range 20 {
		fmt.Fprintf(&aliases, "a%d:avatarGroup(id:%q){name}", i, all[len(all)-1-i%10])
	}
	replicas[2].data("{" + aliases.String() + "}")
	if n := calls(heyGen); n > 10 {
		t.Errorf("20 aliases over 10 ids: %d calls", n)
	}
	for _, r := range replicas {
		r.data("{" + aliases.String() + "}")
	}
	check("20 aliases again, at each", 0)
	for _, r := range replicas {
		r.data(`{avatarGroups(search:"monica"){totalCount}}`)
	}
	check("a search at each, two of 16 pages cached", (len(groups)+49)/50-2)
}

func groupIDs(body string) (ids []string) {
	for part := range strings.SplitSeq(body, `"groupId":"`) {
		ids = append(ids, strings.Split(part, `"`)[0])
	}
	return ids[1:]
}

func TestConcurrentRequestsToAllReplicasShareCalls(t *testing.T) {
	for attempt := 1; ; attempt++ {
		repeated, late := repeatedCalls(t)
		if len(repeated) == 0 {
			return
		}
		if attempt == maxAttempts || !late {
			t.Fatalf("called more than once: %q", repeated)
		}
	}
}

// repeatedCalls returns the calls that are made more than once for concurrent requests to three
// replicas. late reports whether Redis was late, as on a busy machine: each replica then
// makes its own calls.
func repeatedCalls(t *testing.T) (repeated []string, late bool) {
	heyGen, _, replicas, _ := trio(t, sandbox.Options{Latency: 300 * time.Millisecond}, long...)
	for _, document := range []string{
		`{avatarGroups(first:20){nodes{name}}}`, `{voices(first:20){nodes{name}}}`, `{avatarLooks(first:20){nodes{lookId}}}`, group("group_that_does_not_exist"),
		`{avatarGroups(search:"mon"){totalCount}}`, `{avatarGroups(ownership:PRIVATE){totalCount}}`, `{voices(search:"mon"){totalCount}}`, `{voices(type:PRIVATE){totalCount}}`,
	} {
		var sending sync.WaitGroup
		for i := range 99 {
			sending.Go(func() { replicas[i%3].data(document) })
		}
		sending.Wait()
		seen := map[string]bool{}
		for _, call := range heyGen.Calls() {
			id := fmt.Sprint(call.Method, call.Path, call.Query)
			if seen[id] {
				repeated = append(repeated, document+": "+id)
			}
			seen[id] = true
		}
		if n := calls(heyGen); n == 0 {
			t.Errorf("%s: no call", document)
		}
	}
	for _, r := range replicas {
		for _, operation := range []string{"load", "lease", "store"} {
			for _, outcome := range []string{"timeout", "skipped"} {
				n := r.metric(`heygen_graphql_redis_requests_total{operation="` + operation + `",outcome="` + outcome + `"}`)
				late = late || n != "0"
			}
		}
		r.stop()
	}
	return repeated, late
}

func TestRestartedReplicaIsWarm(t *testing.T) {
	heyGen, _, replicas, settings := trio(t, sandbox.Options{}, long...)
	documents := []string{
		`{avatarGroups(first:50){nodes{name looks(first:3){nodes{name}}}}}`, `{avatarGroups(search:"mon"){totalCount nodes{name}}}`, `{voices{nodes{name}}}`,
		`{avatarGroup(id:"group_unknown"){name}}`,
	}
	want := map[string]string{}
	for _, document := range documents {
		want[document] = replicas[0].data(document)
	}
	for _, r := range replicas {
		r.stop()
	}
	calls(heyGen)
	restarted := startReplica(t, settings...)
	for _, document := range documents {
		if got := restarted.data(document); got != want[document] {
			t.Errorf("%s: %s, want %s", document, got, want[document])
		}
	}
	if n := len(heyGen.Calls()); n > 1 { // "not found" is cached for ten seconds only
		t.Errorf("%d calls: %v", n, heyGen.Calls())
	}
	if n := restarted.metric(`heygen_graphql_cache_requests_total{endpoint="GET /v3/avatars",result="shared_hit"}`); n == "" || n == "0" {
		t.Errorf("%q shared hits", n)
	}
}

func TestRejectedKeyEmptiesTheCachesOfAllReplicas(t *testing.T) {
	heyGen, _, replicas, settings := trio(t, sandbox.Options{}, long...)
	const document = `{avatarGroups(first:50){nodes{name}}}`
	for _, r := range replicas {
		r.data(document)
	}
	heyGen.SetKeys("sk_V2_other")
	if res := replicas[0].send(`{voices{nodes{name}}}`); len(res.errors) != 1 || res.errors[0] != "UPSTREAM_UNAUTHENTICATED" {
		t.Fatal(res.body)
	}
	for _, r := range append(replicas, startReplica(t, settings...)) {
		eventually(t, "the cache to be empty", func() bool {
			res := r.send(document)
			return len(res.errors) == 1 && res.errors[0] == "UPSTREAM_UNAUTHENTICATED"
		})
	}
	heyGen.SetKeys(key)
	for _, r := range replicas {
		eventually(t, "the key to be accepted again", func() bool { return len(r.send(document).errors) == 0 })
	}
}

func TestReplicasBackOffTogether(t *testing.T) {
	heyGen, _, replicas, _ := trio(t, sandbox.Options{RetryAfter: 2 * time.Second}, append(long, "HEYGEN_RETRIES=0")...)
	heyGen.QueueFaults(sandbox.RateLimited)
	if res := replicas[0].send(`{voices{nodes{name}}}`); len(res.errors) != 1 || res.errors[0] != "RATE_LIMITED" {
		t.Fatal(res.body)
	}
	limitedAt := time.Now()
	calls(heyGen)
	for _, r := range replicas[1:] { // they wait for the end of the back-off
		if res := r.send(`{avatarGroups(first:1){nodes{name}}}`); len(res.errors) > 0 {
			t.Error(res.body)
		}
	}
	if waited := time.Since(limitedAt); waited < 1800*time.Millisecond {
		t.Errorf("HeyGen was called %v after the 429", waited)
	}
}

func TestReplicasShareTheConcurrencyLimit(t *testing.T) {
	const limit = 4
	for attempt := 1; ; attempt++ {
		heyGen, _, replicas, _ := trio(t, sandbox.Options{Latency: 100 * time.Millisecond}, append(long, fmt.Sprint("HEYGEN_MAX_CONCURRENT=", limit))...)
		var sending sync.WaitGroup
		for i, id := range validIDs(heyGen, 60) {
			sending.Go(func() { replicas[i%3].data(group(id)) })
		}
		sending.Wait()
		if n := calls(heyGen); n != 60 {
			t.Errorf("%d calls", n)
		}
		n := heyGen.MaxInFlight()
		if n <= limit {
			return
		}
		// On a busy machine Redis may be late, and each replica then limits by itself.
		if attempt == maxAttempts || n > limit*len(replicas) {
			t.Fatalf("%d calls were in flight at once", n)
		}
	}
}

func TestPersistedDocumentIsKnownToAllReplicas(t *testing.T) {
	_, redis, replicas, settings := trio(t, sandbox.Options{})
	const document = `{avatarGroups(first:2){nodes{name}}}`
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(document)))
	byHash := `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}}`
	if res := replicas[1].post(byHash); len(res.errors) != 1 || res.errors[0] != "PERSISTED_QUERY_NOT_FOUND" {
		t.Fatal(res.body)
	}
	if res := replicas[0].post(`{"query":` + strconv.Quote(document) + `,"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}}`); len(res.errors) > 0 {
		t.Fatal(res.body)
	}
	for _, r := range append(replicas, startReplica(t, settings...)) {
		if res := r.post(byHash); len(res.errors) > 0 {
			t.Error(res.body)
		}
	}
	for _, name := range redis.keys() { // a document with another hash is not executed
		if strings.Contains(name, "document") {
			redis.do([]string{"SET", name, "{__typename}", "KEEPTTL"})
		}
	}
	if res := startReplica(t, settings...).post(byHash); len(res.errors) != 1 || res.errors[0] != "PERSISTED_QUERY_NOT_FOUND" {
		t.Error(res.body)
	}
}

func TestReplicasShareTheRateLimit(t *testing.T) {
	_, _, replicas, _ := trio(t, sandbox.Options{}, "RATE_LIMIT=6")
	allowed := 0
	for i := range 12 {
		res := replicas[i%3].send(`{avatarGroups(first:1){nodes{name}}}`)
		switch {
		case len(res.errors) == 0:
			allowed++
		case res.status != 429 || res.errors[0] != "RATE_LIMITED" || res.header.Get("Retry-After") == "":
			t.Error(res.status, res.body, res.header)
		}
	}
	if allowed != 6 {
		t.Errorf("%d requests are allowed, want 6", allowed)
	}
}

func TestEveryKeyInRedisExpires(t *testing.T) {
	_, redis, replicas, _ := trio(t, sandbox.Options{}, "RATE_LIMIT=1000")
	replicas[0].data(`{avatarGroups(first:50){nodes{name looks(first:1){nodes{name}}}}}`)
	replicas[1].data(`{avatarGroups(search:"m"){totalCount} avatarGroup(id:"no"){name}}`)
	replicas[2].post(`{"query":"{__typename}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + fmt.Sprintf("%x", sha256.Sum256([]byte("{__typename}"))) + `"}}}`)
	names := redis.keys()
	if len(names) < 50 {
		t.Errorf("%d keys", len(names))
	}
	for _, name := range names {
		if ttl := redis.do([]string{"PTTL", name}); strings.HasPrefix(ttl, ":-1") {
			t.Errorf("%s never expires", name)
		}
		if strings.Contains(name, key) || strings.Contains(redis.do([]string{"DUMP", name}), "Monica") {
			t.Errorf("%s is readable", name)
		}
	}
}
