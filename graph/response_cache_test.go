package graph_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

// counting is a memory that counts how often resolvers turn to it.
type counting struct {
	*cached.Client
	asked *atomic.Int64
	panic atomic.Bool
}

func (c *counting) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	c.asked.Add(1)
	if c.panic.Load() {
		panic("of a test")
	}
	return c.Client.ListAvatarGroups(ctx, p)
}

func (c *counting) AvatarGroup(ctx context.Context, id heygen.GroupID) (heygen.AvatarGroup, error) {
	c.asked.Add(1)
	return c.Client.AvatarGroup(ctx, id)
}

// wholes is an API that keeps whole answers, and the count of how often its
// resolvers were at work.
type wholes struct {
	*api
	*counting
	t *testing.T
}

func inWholes(t *testing.T, o sandbox.Options, test func(*testing.T, *wholes), change ...func(*graph.Options)) {
	synctest.Test(t, func(t *testing.T) {
		w := &wholes{api: newCachedAPI(t, o), t: t}
		w.counting = &counting{Client: w.cachedClient, asked: &atomic.Int64{}}
		options := graph.Options{HeyGen: w.counting, ExposeUpstream: true, RequestID: func(context.Context) string { return "request-1" }}
		for _, f := range change {
			f(&options)
		}
		w.Handler = graph.NewHandler(options)
		test(t, w)
		w.api.Close()
	})
}

func (w *wholes) ServeHTTP(rw http.ResponseWriter, r *http.Request) { w.Handler.ServeHTTP(rw, r) }

// work fails unless f had resolvers turn to the memory just so often.
func (w *wholes) work(want int, f func()) {
	w.t.Helper()
	w.asked.Store(0)
	f()
	synctest.Wait()
	if got := w.asked.Load(); got != int64(want) {
		w.t.Errorf("the memory was asked %d times, want %d", got, want)
	}
}

const namesOfFifty = `query Names($first: Int = 50) { avatarGroups(first: $first) { nodes { groupId name } } }  query Other { avatarGroups(first: 50) { nodes { groupId name } } }`

func (w *wholes) names(name string, first any) response {
	w.t.Helper()
	body := vars{"query": namesOfFifty, "operationName": name}
	if first != nil {
		body["variables"] = vars{"first": first}
	}
	return parseResponse(w.t, posted(w.t, w.Handler, body))
}

func TestTheSameOperationIsAnsweredWithoutDoingItAgain(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		var first response
		w.work(1, func() { first = w.names("Names", 50) })
		w.work(0, func() {
			if again := w.names("Names", 50); again.Body != first.Body {
				t.Error("another answer")
			}
		})
		w.work(1, func() { w.names("Names", 49) })
		w.work(1, func() { w.names("Names", nil) })
		w.work(1, func() { w.names("Other", nil) })
		w.work(0, func() { w.names("Names", 49); w.names("Names", nil); w.names("Other", nil) })
		w.work(1, func() { w.api.mustDo(t, namesOfFifty[:strings.Index(namesOfFifty, "  query")], vars{"first": 50}) })
		<-time.After(time.Minute)
		w.work(1, func() { w.names("Names", 50) })
	})
}

func TestOperationsOfTheSameMomentAreDoneOnce(t *testing.T) {
	inWholes(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, w *wholes) {
		w.expectCalls(t, 1, func() {
			w.work(1, func() {
				var all sync.WaitGroup
				for range 100 {
					all.Go(func() {
						if out := w.names("Names", 50); len(out.Errors) > 0 || !strings.Contains(out.Body, "Monica") {
							t.Error(out.Body)
						}
					})
				}
				all.Wait()
			})
		})
	})
}

func TestWhoeverWaitsForAnAnswerGetsItWhenTheOneWhoAskedFirstLeaves(t *testing.T) {
	inWholes(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, w *wholes) {
		w.expectCalls(t, 1, func() {
			w.work(1, func() {
				var all sync.WaitGroup
				first, leave := context.WithCancel(t.Context())
				all.Go(func() {
					r := httptest.NewRequestWithContext(first, http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
					w.ServeHTTP(httptest.NewRecorder(), r)
				})
				synctest.Wait()
				all.Go(func() {
					if out := w.get(t, "{avatarGroups{nodes{name}}}"); !strings.Contains(out.Body, "Monica") {
						t.Error(out.Body)
					}
				})
				<-time.After(time.Second / 2)
				leave()
				all.Wait()
			})
		})
	})
}

func TestWithTheLastWhoWaitsTheOperationEnds(t *testing.T) {
	inWholes(t, sandbox.Options{Latency: time.Minute}, func(t *testing.T, w *wholes) {
		began := time.Now()
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				w.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil))
			})
		}
		all.Wait()
		if took := time.Since(began); took != time.Second {
			t.Errorf("both left after a second, and it ended after %v", took)
		}
	})
}

func TestAnAnswerDiesWithAnyPartOfIt(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		ask := func() string {
			return w.api.mustDo(t, `{ a: avatarGroup(id: "group_monica") { name } b: avatarGroup(id: "`+w.Groups()[300].ID+`") { name } }`, nil).Body
		}
		before := ask()
		w.work(0, func() { ask() })
		g := w.Groups()[0]
		w.Remove(g.ID)
		g.Name = "Another name"
		w.Add(g)
		<-time.After(time.Second)
		w.work(0, func() { ask() })
		w.api.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil) // brings it anew
		w.work(2, func() {
			if after := ask(); after == before || !strings.Contains(after, g.Name) {
				t.Error(after)
			}
		})
	})
}

func TestAnAnswerInTrainingIsKeptNoLongerThanIts(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		id := "training"
		w.Add(sandbox.Group{ID: id, Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9, Status: new("processing")})
		ask := func() {
			w.api.mustDo(t, `{ a: avatarGroup(id: "group_monica") { name } b: avatarGroup(id: "training") { status } }`, nil)
		}
		w.work(2, ask)
		w.work(0, ask)
		<-time.After(5 * time.Second)
		w.work(2, ask)
	})
}

func TestAnswersWithErrorsAreNotKept(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		ask := func() {
			w.api.do(t, `{ avatarGroup(id: "a/b") { name } avatarGroups(first: 1) { nodes { name } } }`, nil)
		}
		w.work(1, ask)
		w.work(1, ask)
	})
}

func TestAFailureOfThisServersIsNotShared(t *testing.T) {
	inWholes(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, w *wholes) {
		release := make(chan struct{})
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &late{w.counting, release}, RequestID: func(ctx context.Context) string { return ctx.Value(numberKey{}).(string) }})
		w.panic.Store(true)
		var all sync.WaitGroup
		for _, number := range []string{"one", "two"} {
			all.Go(func() {
				r := httptest.NewRequestWithContext(context.WithValue(t.Context(), numberKey{}, number), http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
				if out := w.api.send(t, r); out.codes() != "INTERNAL" || out.Errors[0].Extensions["requestId"] != number {
					t.Error(out.Body)
				}
			})
		}
		synctest.Wait()
		close(release)
		all.Wait()
	})
}

type numberKey struct{}

// late is a memory that answers only when it is let go.
type late struct {
	*counting
	release chan struct{}
}

func (l *late) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	<-l.release
	return l.counting.ListAvatarGroups(ctx, p)
}

func TestWithA401WholeAnswersAreGone(t *testing.T) {
	inWholes(t, sandbox.Options{Keys: []string{upstreamKey}}, func(t *testing.T, w *wholes) {
		ask := func() response { return w.api.do(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil) }
		ask()
		w.SetKeys("sk_V2_another")
		w.work(0, func() {
			if out := ask(); len(out.Errors) > 0 {
				t.Error("fresh, and HeyGen has not been asked", out.Body)
			}
		})
		w.api.do(t, `{ voice(id: "any") { name } }`, nil)
		if out := ask(); out.codes() != "UPSTREAM_UNAUTHENTICATED" {
			t.Error(out.Body)
		}
	})
}

// An operation rests on a page that is kept, and waits for another call, when
// HeyGen rejects the key.
func TestAnAnswerOnItsWayDoesNotOutliveA401(t *testing.T) {
	inWholes(t, sandbox.Options{Keys: []string{upstreamKey}, Latency: time.Second}, func(t *testing.T, w *wholes) {
		ask := func() response {
			return w.api.do(t, `{ avatarGroups(first: 50) { nodes { name } } avatarLook(id: "monica_sofa") { name } }`, nil)
		}
		w.api.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil)
		var all sync.WaitGroup
		all.Go(func() { ask() })
		<-time.After(time.Second / 2)
		all.Go(func() {
			w.SetKeys("sk_V2_another")
			w.api.do(t, `{ voice(id: "any") { name } }`, nil)
		})
		all.Wait()
		w.SetKeys("sk_V2_another")
		if out := ask(); !strings.Contains(out.codes(), "UPSTREAM_UNAUTHENTICATED") {
			t.Error(out.Body)
		}
	})
}

func TestACallerWhoWantsToKnowItsCallsHasAnOperationOfItsOwn(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		ask := func(want string) response {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
			r.Header.Set("X-GraphQL-Extensions", want)
			return w.api.send(t, r)
		}
		w.work(1, func() { ask("cost") })
		w.work(0, func() {
			if out := ask("cost"); !strings.Contains(out.Body, `"extensions":{"cost":{"allowed":1000,"requested":1}}`) {
				t.Error(out.Body)
			}
		})
		w.work(0, func() {
			if out := ask(""); strings.Contains(out.Body, "extensions") {
				t.Error(out.Body)
			}
		})
		w.work(1, func() {
			if out := ask("upstream"); !strings.Contains(out.Body, `"GET /v3/avatars":{"hit":1}`) {
				t.Error(out.Body)
			}
		})
	})
}

func TestAnAnswerGivenAgainIsAsOldAsItIs(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		const query = `{ avatarGroup(id: "group_monica") { name } }`
		w.get(t, query)
		<-time.After(20 * time.Second)
		w.work(0, func() {
			if out := w.get(t, query); out.Header.Get("Age") != "20" || out.Header.Get("Cache-Control") != "private, max-age=60" {
				t.Error(out.Header)
			}
		})
	})
}

func TestWholeAnswersAreWithinTheBytesThatAreKept(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		before := w.Size()
		for i := range 101 {
			w.names("Names", i)
		}
		if grown := w.Size() - before; grown < 101*1000 || grown > 1<<20 {
			t.Errorf("%d bytes more for 101 answers", grown)
		}
	})
}

func TestAVeryLongAnswerIsNotKept(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		page := func(aliases int) func() {
			var fields strings.Builder
			for i := range aliases {
				fmt.Fprintf(&fields, " picture_of_the_character_%d: previewImageUrl", i)
			}
			return func() { w.api.mustDo(t, `{ avatarGroups(first: 100) {  nodes {`+fields.String()+` } } }`, nil) }
		}
		short, long := page(20), page(200) // some 0.2 and 2 MB
		w.work(2, short)                   // two pages
		w.work(0, short)
		w.work(2, long)
		w.work(2, long)
	})
}

// Anybody can bring any number of them, and ask for what needs no answer of HeyGen's.
func TestMadeUpKeysKeepNothing(t *testing.T) {
	a := newTenants(t)
	before := a.cachedClient.Size()
	for i := range 100 {
		if out := a.doWithHeaders(t, `{ __schema { types { name description } } }`, "X-Api-Key", fmt.Sprint("sk_V2_made_up_", i)); len(out.Errors) > 0 {
			t.Fatal(out.Body)
		}
	}
	if after := a.cachedClient.Size(); after != before {
		t.Errorf("%d bytes are kept", after-before)
	}
}

// Whoever waits is told something, whatever goes wrong.
func TestAnAnswerThatIsNotMadeIsAnError(t *testing.T) {
	for _, c := range []struct {
		err    error
		code   string
		status int
	}{{context.Canceled, "UPSTREAM_UNAVAILABLE", 200}, {errors.New("of a test"), "INTERNAL", 500}, {nil, "INTERNAL", 500}} {
		a := newAPI(t, sandbox.Options{})
		a.Handler = graph.NewHandler(graph.Options{HeyGen: unmaking{a.client, c.err}})
		if out := a.do(t, `{ __typename }`, nil); out.codes() != c.code || out.Status != c.status {
			t.Errorf("%v: %d %s", c.err, out.Status, out.Body)
		}
	}
}

type unmaking struct {
	graph.Upstream
	err error
}

func (u unmaking) GetOrCompute(context.Context, [32]byte, func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error) {
	return nil, cache.Miss, u.err
}
