package heygen_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"heygen-graphql/heygen"
)

// The answers of the sandbox, each read as a call reads it, and as it is where the
// quick reader leaves it alone.
func BenchmarkDecode(b *testing.B) {
	client, bodies := newClient(b, always(500, "")), sandboxResponses(b)
	for _, reading := range heygen.ResponseDecoders {
		body := []byte(bodies[reading.Name][0])
		for name, read := range map[string]func(*heygen.Client, []byte) (any, error){reading.Name: reading.Decode, reading.Name + " slowly": reading.Slow} {
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					if _, err := read(client, body); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// A whole call; beside it, "bare", what net/http alone takes to bring the same
// bytes; and "ours", what the client takes without it. The first two hold the
// server's part.
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
	ours, err := heygen.New(heygen.Options{Key: heygen.NewKey(secret), Transport: upstream(func(*http.Request) (*http.Response, error) {
		return answer(200, bodies["group"][0]), nil
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
		"page bare":  func() error { return bare("/v3/avatars?limit=50") },
		"group":      func() error { _, err := client.AvatarGroup(b.Context(), "group_monica"); return err },
		"group ours": func() error { _, err := ours.AvatarGroup(b.Context(), "group_monica"); return err },
		"group bare": func() error { return bare("/v3/avatars/group_monica") },
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
