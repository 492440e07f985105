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

// canned is an upstream that costs next to nothing: what it answered once, it
// answers for ever. A benchmark over it measures this API, from the request's
// bytes to the answer's, with the client's decoding, without sockets.
type canned struct {
	heygen  http.Handler
	answers map[string][]byte
}

func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := c.answers[r.URL.RequestURI()]
	if !ok {
		w := httptest.NewRecorder()
		c.heygen.ServeHTTP(w, r)
		body = w.Body.Bytes()
		c.answers[r.URL.RequestURI()] = body
	}
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}

// benchmark sends one document over and over, and checks its answer once: with
// nothing kept of what HeyGen gave, and with all of it.
func benchmark(b *testing.B, query func(*sandbox.Sandbox) string) {
	b.Run("asked", func(b *testing.B) { benchmarkOver(b, query, 0) })
	b.Run("kept", func(b *testing.B) { benchmarkOver(b, query, 64<<20) })
}

func benchmarkOver(b *testing.B, query func(*sandbox.Sandbox) string, bytesKept int64) {
	ask := asking(b, query, bytesKept, graph.NewHandler)
	b.ReportAllocs()
	for b.Loop() {
		ask()
	}
}

// asking gives what sends the document once, after it has been answered once.
func asking(t testing.TB, query func(*sandbox.Sandbox) string, bytesKept int64, newHandler func(graph.Options) *graph.Handler) (ask func()) {
	s := sandbox.New(sandbox.Options{PublicURL: "https://files.example"})
	upstream := &canned{heygen: s, answers: map[string][]byte{}}
	client, err := heygen.New(heygen.Options{Key: heygen.NewKey(upstreamKey), Transport: upstream, MaxConcurrent: 1})
	if err != nil {
		t.Fatal(err)
	}
	kept := cached.New(cached.Options{HeyGen: client, MaxBytes: bytesKept, Fresh: time.Hour, PendingTTL: time.Hour})
	t.Cleanup(kept.Close)
	handler := newHandler(graph.Options{HeyGen: kept})
	body, err := json.Marshal(map[string]string{"query": query(s)})
	if err != nil {
		t.Fatal(err)
	}
	send := func() *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	if w := send(); w.Code != 200 || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
		t.Fatalf("%d %.300s", w.Code, w.Body)
	}
	return func() { send() }
}

func pageOf50(*sandbox.Sandbox) string {
	return `{ avatarGroups(first: 50) { edges { cursor node { id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt } } pageInfo { hasNextPage endCursor } } }`
}

func BenchmarkPageOf50WithTenFields(b *testing.B) { benchmark(b, pageOf50) }

// What plans are there for: the same with and without them.
func BenchmarkPlansBesideGeneratedCode(b *testing.B) {
	for name, newHandler := range map[string]func(graph.Options) *graph.Handler{"plans": graph.NewHandler, "generated": graph.NewGeneratedHandler} {
		for what, query := range map[string]func(*sandbox.Sandbox) string{"page": pageOf50, "looks": func(*sandbox.Sandbox) string { return looksOfFiftyQuery }} {
			b.Run(what+"/"+name, func(b *testing.B) {
				ask := asking(b, query, 0, newHandler)
				b.ReportAllocs()
				for b.Loop() {
					ask()
				}
			})
		}
	}
}

// TestAnswersTakeFewAllocations notices when something that keeps them few is gone.
// The bounds are a third more than what it takes, with what the test itself takes.
func TestAnswersTakeFewAllocations(t *testing.T) {
	for _, c := range []struct {
		what        string
		query       func(*sandbox.Sandbox) string
		asked, kept float64
	}{
		{"a page of 50", pageOf50, 700, 70},
		{"twenty aliases", func(s *sandbox.Sandbox) string {
			return twentyAliasesQuery("avatarGroup", "AvatarGroup", groupConnection.ids(&api{Sandbox: s}))
		}, 2_200, 80},
		{"__typename", func(*sandbox.Sandbox) string { return `{ __typename }` }, 170, 60},
	} {
		for bytesKept, most := range map[int64]float64{0: c.asked, 64 << 20: c.kept} {
			if n := testing.AllocsPerRun(100, asking(t, c.query, bytesKept, graph.NewHandler)); n > most {
				t.Errorf("%s, %d bytes kept: %.0f allocations, at most %.0f", c.what, bytesKept, n, most)
			}
		}
	}
}

func BenchmarkOneGroup(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string {
		return `{ avatarGroup(id: "group_monica") { id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt } }`
	})
}

func BenchmarkTwentyAliasesOverTenIDs(b *testing.B) {
	benchmark(b, func(s *sandbox.Sandbox) string {
		return twentyAliasesQuery("avatarGroup", "AvatarGroup", groupConnection.ids(&api{Sandbox: s}))
	})
}

func BenchmarkFromACharacterToALookAndAVoice(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string {
		return `{ avatarGroup(id: "group_monica") { name looks(first: 3) { nodes { lookId name previewImageUrl readiness { state reason } } } defaultVoice { voiceId name language previewAudioUrl } } }`
	})
}

func BenchmarkThreeLooksOfEachOf50Groups(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string { return looksOfFiftyQuery })
}

func BenchmarkTypename(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string { return `{ __typename }` })
}
