package graph_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

// replayTransport caches the responses of an upstream, so that repeated requests take
// next to no time. A benchmark over it measures this API, from the bytes of the request
// to those of the response, including the client's decoding, without sockets.
type replayTransport struct {
	upstream  http.Handler
	responses map[string][]byte
}

func (rt *replayTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := rt.responses[r.URL.RequestURI()]
	if !ok {
		w := httptest.NewRecorder()
		rt.upstream.ServeHTTP(w, r)
		body = w.Body.Bytes()
		rt.responses[r.URL.RequestURI()] = body
	}
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}

// benchmarkQuery measures one document without a cache and with one.
func benchmarkQuery(b *testing.B, query func(*sandbox.Sandbox) string) {
	b.Run("uncached", func(b *testing.B) { benchmarkWithCache(b, query, 0) })
	b.Run("cached", func(b *testing.B) { benchmarkWithCache(b, query, 64<<20) })
}

func benchmarkWithCache(b *testing.B, query func(*sandbox.Sandbox) string, cacheBytes int64) {
	send := newSender(b, query, cacheBytes, graph.NewHandler)
	b.ReportAllocs()
	for b.Loop() {
		send()
	}
}

// newSender returns a function that sends the document. It has sent it once itself, and
// checked the response.
func newSender(t testing.TB, query func(*sandbox.Sandbox) string, cacheBytes int64, newHandler func(graph.Options) *graph.Handler) (send func()) {
	s := sandbox.New(sandbox.Options{PublicURL: "https://files.example"})
	transport := &replayTransport{upstream: s, responses: map[string][]byte{}}
	client, err := heygen.New(heygen.Options{Key: heygen.NewKey(upstreamKey), Transport: transport, MaxConcurrent: 1})
	if err != nil {
		t.Fatal(err)
	}
	cachedClient := cached.New(cached.Options{HeyGen: client, MaxBytes: cacheBytes, Fresh: time.Hour, PendingTTL: time.Hour})
	t.Cleanup(cachedClient.Close)
	handler := newHandler(graph.Options{HeyGen: cachedClient})
	body, err := json.Marshal(map[string]string{"query": query(s)})
	if err != nil {
		t.Fatal(err)
	}
	do := func() *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	if w := do(); w.Code != 200 || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
		t.Fatalf("%d %.300s", w.Code, w.Body)
	}
	return func() { do() }
}

func pageOf50Query(*sandbox.Sandbox) string {
	return `{ avatarGroups(first: 50) { edges { cursor node { id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt } } pageInfo { hasNextPage endCursor } } }`
}

func BenchmarkPageOf50WithTenFields(b *testing.B) { benchmarkQuery(b, pageOf50Query) }

// BenchmarkPlansVersusGeneratedCode compares execution with and without compiled plans.
func BenchmarkPlansVersusGeneratedCode(b *testing.B) {
	for name, newHandler := range map[string]func(graph.Options) *graph.Handler{"plans": graph.NewHandler, "generated": graph.NewGeneratedHandler} {
		for queryName, query := range map[string]func(*sandbox.Sandbox) string{"page": pageOf50Query, "looks": func(*sandbox.Sandbox) string { return looksOfFiftyQuery }} {
			b.Run(queryName+"/"+name, func(b *testing.B) {
				send := newSender(b, query, 0, newHandler)
				b.ReportAllocs()
				for b.Loop() {
					send()
				}
			})
		}
	}
}

// TestResponsesTakeFewAllocations detects the loss of an optimization. The limits are a
// third above the present numbers, which include the allocations of the test itself.
func TestResponsesTakeFewAllocations(t *testing.T) {
	for _, c := range []struct {
		name                string
		query               func(*sandbox.Sandbox) string
		uncached, fromCache float64
	}{
		{"a page of 50", pageOf50Query, 700, 70},
		{"twenty aliases", func(s *sandbox.Sandbox) string {
			return twentyAliasesQuery("avatarGroup", "AvatarGroup", groupConnection.ids(&api{Sandbox: s}))
		}, 2_200, 80},
		{"__typename", func(*sandbox.Sandbox) string { return `{ __typename }` }, 170, 60},
	} {
		for cacheBytes, limit := range map[int64]float64{0: c.uncached, 64 << 20: c.fromCache} {
			if n := testing.AllocsPerRun(100, newSender(t, c.query, cacheBytes, graph.NewHandler)); n > limit {
				t.Errorf("%s, cache of %d bytes: %.0f allocations, want at most %.0f", c.name, cacheBytes, n, limit)
			}
		}
	}
}

func BenchmarkOneGroup(b *testing.B) {
	benchmarkQuery(b, func(*sandbox.Sandbox) string {
		return `{ avatarGroup(id: "group_monica") { id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt } }`
	})
}

func BenchmarkTwentyAliasesOverTenIDs(b *testing.B) {
	benchmarkQuery(b, func(s *sandbox.Sandbox) string {
		return twentyAliasesQuery("avatarGroup", "AvatarGroup", groupConnection.ids(&api{Sandbox: s}))
	})
}

func BenchmarkGroupWithLooksAndVoice(b *testing.B) {
	benchmarkQuery(b, func(*sandbox.Sandbox) string {
		return `{ avatarGroup(id: "group_monica") { name looks(first: 3) { nodes { lookId name previewImageUrl readiness { state reason } } } defaultVoice { voiceId name language previewAudioUrl } } }`
	})
}

func BenchmarkThreeLooksOfEachOf50Groups(b *testing.B) {
	benchmarkQuery(b, func(*sandbox.Sandbox) string { return looksOfFiftyQuery })
}

func BenchmarkTypename(b *testing.B) {
	benchmarkQuery(b, func(*sandbox.Sandbox) string { return `{ __typename }` })
}
