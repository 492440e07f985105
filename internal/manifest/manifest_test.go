package manifest_test

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/internal/manifest"
)

func read(t *testing.T, name string) []manifest.Document {
	t.Helper()
	documents, err := manifest.Read(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(name, err)
	}
	return documents
}

// The files in testdata are the output of generate-persisted-query-manifest 1.4.0,
// relay-compiler 21.0.1 and graphql-codegen's client-preset 6.2.0 for three queries
// against this server's schema, with two fragments.
func TestReadAcceptsGeneratedManifests(t *testing.T) {
	type entry struct{ ID, Name, Prefix, Suffix string }
	for file, want := range map[string][]entry{
		"apollo.json": {
			{"56dcb4a3bc728e0721a13be1a82c2ab5558d3a2d52636ba77ae6bce3446ef1fa", "Voices", "query Voices($lang", "  }\n}"},
			{"69ba35ecca2ca8f18df1b52cfe44b94d2d6cd8a1e0b611c0156e0bd1b7ab097e", "Character", "query Character($i", "e\n}"},
			{"d2922794cf95d3c404d8a4ac976f6de5f53f57c0107f5e6a69016c9a2f70fad2", "Characters", "query Characters($", "e\n}"},
		},
		"relay.json": {
			{"31aea6a9ba0bbbfaae430cd6c33433e2", "", "query appCharactersQuery(\n  $first: Int = 20\n", "\n}\n"},
			{"b2f7b337ca3783e0e1d87da11132327d", "", "query appVoicesQuery(\n", "\n}\n"},
			{"cb25788553dc1892e2fc0d6944f77c90", "", "query appCharacterQuery(\n", "\n}\n"},
		},
		"codegen.json": {
			{"sha256:62b0d182e4a869b2db2f623621ca8b8bcf31a0e31077ddd0188977ca5d653fc7", "", "query Voices($lang", "} }"},
			{"sha256:67e9f5f5ccae4d1b8b14106be555b6c1c1d9e6e8441f696eea294dd2c5062ee8", "", "fragment CharacterCard on AvatarGroup {", "} }"},
			{"sha256:ecbf8dc70c2ccc3ba6f9e3a07985d085dec0d37c6b6d0ef5ba43117e2c0a6cb0", "", "fragment CharacterCard on AvatarGroup {", "} }"},
		},
	} {
		documents := read(t, file)
		if len(documents) != len(want) {
			t.Fatalf("%s: %d documents", file, len(documents))
		}
		for i, d := range documents {
			w := want[i]
			if d.ID != w.ID || d.Name != w.Name || !strings.HasPrefix(d.Source, w.Prefix) || !strings.HasSuffix(d.Source, w.Suffix) {
				t.Errorf("%s: got %+v, want %+v", file, d, w)
			}
		}
	}
}

func TestSourcePreservesHashedBytes(t *testing.T) {
	for _, file := range []string{"apollo.json", "codegen.json"} {
		for _, d := range read(t, file) {
			if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(d.Source))); sum != strings.TrimPrefix(d.ID, "sha256:") {
				t.Errorf("%s: the source of %s has the hash %s", file, d.ID, sum)
			}
		}
	}
}

const apollo = `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [%s]}`

func TestParseAcceptsValidManifests(t *testing.T) {
	const sum = "sha256:7c1e4ae2cb43b2e53d5e3d5e6bf22ab6d2d3d0fb2cf01b2f4b7d9d8b0e7b0b2b"
	for data, want := range map[string][]manifest.Document{
		`{"b": "{ b }", "a": "{ a }"}`:                       {{ID: "a", Source: "{ a }"}, {ID: "b", Source: "{ b }"}},
		" \t\r\n{\"a\": \"{ a }\"}\r\n":                      {{ID: "a", Source: "{ a }"}},
		`{"a": "{ a }", "b": "{ a }"}`:                       {{ID: "a", Source: "{ a }"}, {ID: "b", Source: "{ a }"}},
		`{"a": "{ a }", "A": "{ a }"}`:                       {{ID: "A", Source: "{ a }"}, {ID: "a", Source: "{ a }"}},
		`{"x-app_1:a.b~c+d/e=": "{ a }"}`:                    {{ID: "x-app_1:a.b~c+d/e=", Source: "{ a }"}},
		`{"\u0061": "{ a(b: \"\\uD83D \\ud83d\\ude00\") }"}`: {{ID: "a", Source: `{ a(b: "\uD83D \ud83d\ude00") }`}},
		`{"a": "#\ud83d\uDE00\uFFFD\né\n{ a }"}`:             {{ID: "a", Source: "#😀\uFFFD\né\n{ a }"}},
		// 64 hex digits without the prefix may be another hash
		`{"` + sum[7:] + `": "{ a }"}`:                                                                 {{ID: sum[7:], Source: "{ a }"}},
		fmt.Sprintf(apollo, `{"id": "`+sum[7:]+`", "body": "{ a }"}`):                                  {{ID: sum[7:], Source: "{ a }"}},
		fmt.Sprintf(apollo, `{"body": "{ b }", "id": "b"}, {"name": "A", "id": "a", "body": "{ a }"}`): {{ID: "a", Name: "A", Source: "{ a }"}, {ID: "b", Source: "{ b }"}},
		fmt.Sprintf(apollo, `{"id": "a", "ID": "x", "body": "{ a }", "type": "query", "more": {"id": [1]}}`): {
			{ID: "a", Source: "{ a }"}},
		`{"operations":[{"body":"{ a }","id":"a"}],"x":{},"version" : 1 ,"format":"apollo-persisted-query-manifest"}`: {{ID: "a", Source: "{ a }"}},
		// an id may equal a key of the other format
		`{"version": "{ a }"}`: {{ID: "version", Source: "{ a }"}},
	} {
		got, err := manifest.Parse([]byte(data))
		if err != nil {
			t.Errorf("%s: %v", data, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", data, diff)
		}
	}
}
