package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// TestPlansMatchGeneratedCode executes random documents of the whole schema by compiled
// plans and by gqlgen's generated code, over an upstream with faults, and compares the
// responses byte by byte.
func TestPlansMatchGeneratedCode(t *testing.T) {
	w := newCostFixture(t, sandbox.Options{})
	for i, name := range []string{`"quoted" \\ and`, "tab\tline\nreturn\r", "bell\a, unit\x1f", "é 漢字 🎬 \u2028 <&>", ""} {
		for j := range 20 { // enough for the documents to select some
			id := fmt.Sprintf("escaped%d-%d", i, j)
			w.AddGroups(sandbox.Group{ID: id, Name: name, Gender: &name, Ownership: sandbox.Private, CreatedAt: 3e9 + 0.25, LooksCount: i, PreviewImageURL: &name})
			w.ids["AvatarGroup"] = append(w.ids["AvatarGroup"], id)
		}
	}
	for i := range 16 {
		w.ids["AvatarGroup"] = append(w.ids["AvatarGroup"], fmt.Sprintf("unknown%d", i))
	}
	options := graph.Options{HeyGen: faultyUpstream{w.client}, RequestID: func(context.Context) string { return "request-1" }}
	withHighLimits(nil, &options)
	planned, generated := graph.NewHandler(options), graph.NewGeneratedHandler(options)
	documents, failed, nulls := 0, 0, 0
	rapid.Check(t, func(r *rapid.T) {
		query := w.document(r)
		documents++
		for _, include := range []bool{true, false, true} { // the plan is compiled once
			request := vars{"query": query, "variables": vars{"yes": include, "no": !include}}
			got, want := postJSON(t, planned, request), postJSON(t, generated, request)
			if got != want {
				r.Fatalf("%s\n got %.3000s\nwant %.3000s", query, got, want)
			}
			if strings.Contains(got, `{"errors":`) {
				failed++
			}
			nulls += strings.Count(got, ":null")
		}
	})
	if failed < documents/10 || nulls < documents {
		t.Errorf("only %d responses with errors and %d nulls for %d documents", failed, nulls, documents)
	}
}

func postJSON(t *testing.T, h http.Handler, request any) string {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Body.String()
}

// faultyUpstream fails some calls, the same ones in the same way each time.
type faultyUpstream struct{ *heygen.Client }

func faultFor(endpoint, key string) error {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	switch h.Sum32() % 16 {
	case 0:
		return &heygen.Error{Kind: heygen.ErrUnavailable, Endpoint: endpoint, Status: 503, Code: "service_unavailable"}
	case 1:
		return &heygen.Error{Kind: heygen.ErrBadRequest, Endpoint: endpoint, Status: 400, Param: "token"}
	case 2:
		return &heygen.Error{Kind: heygen.ErrNotFound, Endpoint: endpoint, Status: 404}
	case 3:
		panic("test panic")
	default:
		return nil
	}
}

func (u faultyUpstream) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	// The other lists are read to their ends: they can be searched and counted.
	if err := faultFor("GET /v3/avatars", p.Token); err != nil && p.Token != "" && p.Ownership == heygen.Public {
		return heygen.Page[heygen.AvatarGroup]{}, err
	}
	return u.Client.ListAvatarGroups(ctx, p)
}

func (u faultyUpstream) AvatarGroup(ctx context.Context, id heygen.GroupID) (heygen.AvatarGroup, error) {
	// Groups in lists do not fail: whether a list has loaded them before is not determined.
	if strings.HasPrefix(string(id), "unknown") {
		if err := faultFor("GET /v3/avatars/{group_id}", string(id)); err != nil {
			return heygen.AvatarGroup{}, err
		}
	}
	return u.Client.AvatarGroup(ctx, id)
}

func (u faultyUpstream) ListAvatarLooks(ctx context.Context, p heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error) {
	if err := faultFor("GET /v3/avatars/looks", string(p.GroupID)+p.Token); err != nil && p.GroupID != "" {
		return heygen.Page[heygen.AvatarLook]{}, err
	}
	return u.Client.ListAvatarLooks(ctx, p)
}

func (u faultyUpstream) AvatarLook(ctx context.Context, id heygen.LookID) (heygen.AvatarLook, error) {
	if err := faultFor("GET /v3/avatars/looks/{look_id}", string(id)); err != nil {
		return heygen.AvatarLook{}, err
	}
	return u.Client.AvatarLook(ctx, id)
}

func (u faultyUpstream) Voice(ctx context.Context, id heygen.VoiceID) (heygen.Voice, error) {
	if err := faultFor("GET /v3/voices/{voice_id}", string(id)); err != nil {
		return heygen.Voice{}, err
	}
	return u.Client.Voice(ctx, id)
}
