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
	s := sandbox.New(sandbox.Options{PublicURL: "https://files.example"})
	upstream := &canned{heygen: s, answers: map[string][]byte{}}
	client, err := heygen.New(heygen.Options{Key: heygen.NewKey(secret), Transport: upstream, MaxConcurrent: 1})
	if err != nil {
		b.Fatal(err)
	}
	kept := cached.New(cached.Options{HeyGen: client, Bytes: bytesKept, Fresh: time.Hour, Training: time.Hour})
	defer kept.Close()
	handler := graph.NewHandler(graph.Options{HeyGen: kept})
	body, err := json.Marshal(map[string]string{"query": query(s)})
	if err != nil {
		b.Fatal(err)
	}
	ask := func() *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	if w := ask(); w.Code != 200 || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
		b.Fatalf("%d %.300s", w.Code, w.Body)
	}
	b.ReportAllocs()
	for b.Loop() {
		ask()
	}
}

func BenchmarkPageOf50WithTenFields(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string {
		return `{ avatarGroups(first: 50) { edges { cursor node { id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt } } pageInfo { hasNextPage endCursor } } }`
	})
}

func BenchmarkOneGroup(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string {
		return `{ avatarGroup(id: "group_monica") { id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt } }`
	})
}

func BenchmarkTwentyAliasesOverTenIDs(b *testing.B) {
	benchmark(b, func(s *sandbox.Sandbox) string {
		return twentyAliases("avatarGroup", "AvatarGroup", groupsList.ids(&api{Sandbox: s}))
	})
}

func BenchmarkFromACharacterToALookAndAVoice(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string {
		return `{ avatarGroup(id: "group_monica") { name looks(first: 3) { nodes { lookId name previewImageUrl readiness { state reason } } } defaultVoice { voiceId name language previewAudioUrl } } }`
	})
}

func BenchmarkThreeLooksOfEachOf50Groups(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string { return looksOfFifty })
}

func BenchmarkTypename(b *testing.B) {
	benchmark(b, func(*sandbox.Sandbox) string { return `{ __typename }` })
}
