package graph_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/graph/document/documenttest"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// A document as a client compiler writes it has the response, the calls and the cost of
// one that is written without fragments, under the default limits.
func TestCompiledDocumentsAreExecutedAsTheirMergedForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // signed URLs change with the time
		a := newAPI(t, sandbox.Options{})
		generated := graph.NewGeneratedHandler(graph.Options{HeyGen: a.client})
		for name, d := range documenttest.Compiled() {
			a.ResetCalls()
			want := a.mustDo(t, d.Merged, d.Variables)
			calls := len(a.Calls())
			a.expectCalls(t, calls, func() {
				if diff := cmp.Diff(want.Data, a.mustDo(t, d.Source, d.Variables).Data); diff != "" {
					t.Errorf("%s: %.2000s", name, diff)
				}
			})
			if cost, merged := requestedCost(t, d.Source, d.Variables), requestedCost(t, d.Merged, d.Variables); cost != merged || cost < calls {
				t.Errorf("%s costs %d, and %d without fragments, for %d calls", name, cost, merged, calls)
			}
			body := vars{"query": d.Source, "variables": d.Variables}
			if diff := cmp.Diff(postJSON(t, generated, body), postJSON(t, a.Handler, body)); diff != "" {
				t.Errorf("%s, by generated code and by plans: %.2000s", name, diff)
			}
		}
		a.Close()
	})
}

// recordedDocuments are what compilers have written of 150 components, and the same
// operations without fragments: relay-compiler 21.0.1, in which each component spreads
// the next of ten and has looks under a condition, and the client preset of
// @graphql-codegen with fragment masking, in which each component spreads three shared
// ones.
var recordedDocuments = map[string]documenttest.CompiledDocument{
	"relay": {
		Merged: `query ScreenQuery($count: Int!, $after: String, $withLooks: Boolean!) { avatarGroups(first: $count, after: $after) {
			edges { cursor node { id name gender previewImageUrl looksCount groupId status createdAt defaultVoiceId consentStatus previewVideoUrl defaultVoice { id name language }
				looks(first: 3) @include(if: $withLooks) { edges { node { id label: name name previewImageUrl avatarType gender lookId tags imageWidth imageHeight status group { id name } } } }
			} } pageInfo { endCursor hasNextPage } } }`,
		Variables: vars{"count": 5, "withLooks": true},
	},
	"codegen": {
		Merged: `query Screen($first: Int) { avatarGroups(first: $first) { pageInfo { endCursor hasNextPage } nodes {
			id name gender previewImageUrl looksCount groupId status createdAt defaultVoiceId consentStatus previewVideoUrl
			looks(first: 2) { nodes { id name previewImageUrl avatarType gender lookId tags imageWidth imageHeight status } } } } }`,
		Variables: vars{"first": 5},
	},
}

func TestRecordedDocumentsOfCompilersAreExecuted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // signed URLs change with the time
		a := newAPI(t, sandbox.Options{})
		for name, d := range recordedDocuments {
			source, err := os.ReadFile("testdata/compiled/" + name + ".graphql")
			if err != nil {
				t.Fatal(err)
			}
			a.ResetCalls()
			want := a.mustDo(t, d.Merged, d.Variables)
			a.expectCalls(t, len(a.Calls()), func() {
				if diff := cmp.Diff(want.Data, a.mustDo(t, string(source), d.Variables).Data); diff != "" {
					t.Errorf("%s: %.2000s", name, diff)
				}
			})
			if cost, merged := requestedCost(t, string(source), d.Variables), requestedCost(t, d.Merged, d.Variables); cost != merged {
				t.Errorf("%s costs %d, and %d without fragments", name, cost, merged)
			}
		}
		a.Close()
	})
}

// The limits on a manifest are those on other documents.
func TestCompiledDocumentsCanBeTrusted(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.TrustedOnly = true })
	var manifest []graph.TrustedDocument
	for name, d := range documenttest.Compiled() {
		manifest = append(manifest, graph.TrustedDocument{ID: name, Source: d.Source})
	}
	handler := a.Handler.(*graph.Handler)
	if err := handler.SetTrustedDocuments(manifest); err != nil {
		t.Fatal(err)
	}
	for name, d := range documenttest.Compiled() {
		if out := parseResponse(t, postJSON(t, a, vars{"documentId": name, "variables": d.Variables})); out.Data == nil || len(out.Errors) > 0 {
			t.Errorf("%s: %.300s", name, out.Body)
		}
	}
	for name, d := range documenttest.Hostile("") {
		if err := handler.SetTrustedDocuments([]graph.TrustedDocument{{ID: "x", Source: d.Source}}); err == nil {
			t.Errorf("%s: it is trusted", name)
		}
	}
}

// Fields may be merged from fragments under conditions of variables, which decide
// again with every request.
func TestConditionsOfMergedFieldsAreEvaluatedForEachRequest(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const query = `query($a: Boolean!, $b: Boolean!) { avatarGroup(id: "group_monica") { ...F @include(if: $a) ...G @skip(if: $b) ...F @skip(if: $b) } }
		fragment F on AvatarGroup { name looks(first: 1) { nodes { lookId } } }
		fragment G on AvatarGroup { gender name looks(first: 1) { nodes { name @include(if: $a) } } }`
	for variables, want := range map[[2]bool]string{
		{true, true}:   `{"data":{"avatarGroup":{"name":"Monica","looks":{"nodes":[{"lookId":"monica_office"}]}}}}`,
		{true, false}:  `{"data":{"avatarGroup":{"name":"Monica","looks":{"nodes":[{"lookId":"monica_office","name":"Monica, office"}]},"gender":"female"}}}`,
		{false, true}:  `{"data":{"avatarGroup":{}}}`,
		{false, false}: `{"data":{"avatarGroup":{"gender":"female","name":"Monica","looks":{"nodes":[{"lookId":"monica_office"}]}}}}`,
	} {
		if out := a.mustDo(t, query, vars{"a": variables[0], "b": variables[1]}); out.Body != want {
			t.Errorf("%v: %s", variables, out.Body)
		}
	}
}

// BenchmarkCompiledDocuments measures a document that the server has not seen, from the
// bytes of the request to those of the response.
func BenchmarkCompiledDocuments(b *testing.B) {
	all := documenttest.Compiled()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b.Run(name, func(b *testing.B) {
			d, n := all[name], 0
			a := newCachedAPI(b, sandbox.Options{})
			a.mustDo(b, d.Merged, d.Variables)
			b.ReportAllocs()
			for b.Loop() {
				n++
				a.mustDo(b, d.Source+fmt.Sprintf(" # %d", n), d.Variables)
			}
		})
	}
}
