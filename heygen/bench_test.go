package heygen_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"heygen-graphql/heygen"
)

// BenchmarkDecode decodes responses of the sandbox as a call does, and on the slow path.
func BenchmarkDecode(b *testing.B) {
	client, bodies := newClient(b, always(500, "")), sandboxResponses(b)
	for _, decoder := range heygen.ResponseDecoders {
		body := []byte(bodies[decoder.Name][0])
		for name, decode := range map[string]func(*heygen.Client, []byte) (any, error){decoder.Name: decoder.Decode, decoder.Name + " slow": decoder.Slow} {
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					if _, err := decode(client, body); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkCall measures a complete call; "bare", net/http with the same bytes and
// without the client; and "client", the client without net/http. The first two
// include the server.
func BenchmarkCall(b *testing.B) {
	bodies := sandboxResponses(b)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := bodies["group"][0]
		if r.URL.RawQuery != "" {
			body = bodies["groups"][0]
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = io.WriteString(w, body)
	}))
	defer server.Close()
	transport := heygen.NewTransport()
	defer transport.CloseIdleConnections()
	client, err := heygen.New(heygen.Options{BaseURL: server.URL, Key: heygen.NewKey(secret), Transport: transport})
	if err != nil {
		b.Fatal(err)
	}
	clientOnly, err := heygen.New(heygen.Options{Key: heygen.NewKey(secret), Transport: upstream(func(*http.Request) (*http.Response, error) {
		return newResponse(200, bodies["group"][0]), nil
	})})
	if err != nil {
		b.Fatal(err)
	}
	bare := func(path string) error {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, server.URL+path, nil)
		if err != nil {
			return err
		}
		res, err := transport.RoundTrip(r)
		if err != nil {
			return err
		}
		defer res.Body.Close()
		_, err = io.Copy(io.Discard, res.Body)
		return err
	}
	for name, call := range map[string]func() error{
		"page": func() error {
			_, err := client.ListAvatarGroups(b.Context(), heygen.AvatarGroupsParams{Limit: 50})
			return err
		},
		"page bare":    func() error { return bare("/v3/avatars?limit=50") },
		"group":        func() error { _, err := client.AvatarGroup(b.Context(), "group_monica"); return err },
		"group client": func() error { _, err := clientOnly.AvatarGroup(b.Context(), "group_monica"); return err },
		"group bare":   func() error { return bare("/v3/avatars/group_monica") },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := call(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
