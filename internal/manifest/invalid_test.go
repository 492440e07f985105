package manifest_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-graphql/internal/manifest"
)

func TestParseRejectsInvalidManifestWithReason(t *testing.T) {
	const (
		idError   = "id must be 1 to 128 characters of A-Z a-z 0-9 _ : . ~ + / = -"
		hashError = "id must be `sha256:` and the document's SHA-256 in 64 lowercase hex digits"
	)
	operations := func(entries string) string { return fmt.Sprintf(apollo, entries) }
	for _, c := range []struct{ data, want string }{
		{"", "is empty"},
		{" \n", "is empty"},
		{"\xef\xbb\xbf{}", "begins with a byte order mark, which JSON does not allow"},
		{`[]`, "expected an object, got an array"},
		{`null`, "expected an object, got null"},
		{`7`, "expected an object, got a number"},
		{`"a"`, "expected an object, got a string"},
		{`false`, "expected an object, got a boolean"},
		{`{"a": "{ a }"`, "invalid JSON: unexpected end of file"},
		{`{"a": "{ a }",}`, "invalid JSON: syntax error at byte 15"},
		{"{'a': 1}", "invalid JSON: syntax error at byte 2"},
		{"{\"a\": \"{\na }\"}", "invalid JSON: syntax error at byte 9"},
		{"{\"a\": 1}\n{}", "invalid JSON: data after the first value, at byte 10"},
		{"{\"a\": 1} \x00", "invalid JSON: data after the first value, at byte 10"},
		{"{\"a\": \"{ a } # \xe9\"}", "invalid UTF-8 at byte 16"},
		{"{\"a\": \"\xed\xa0\xbd\"}", "invalid UTF-8 at byte 8"},
		{`{"a": "\ud83d"}`, "invalid JSON: unpaired surrogate at byte 8"},
		{`{"a": "\\\ude00\ud83d"}`, "invalid JSON: unpaired surrogate at byte 10"},
		{`{"a": "\u00e9\ud83d\n\ude00"}`, "invalid JSON: unpaired surrogate at byte 14"},
		{`{"\ud83d\ud83d": ""}`, "invalid JSON: unpaired surrogate at byte 3"},

		{`{}`, "has no documents"},
		{`{"a": "{ a }", "b": null}`, `entry "b": expected a string, got null`},
		{`{"a": {"body": "{ a }"}}`, `entry "a": expected a string, got an object`},
		{`{"a": "{ a }", "b": "{ b }", "a": "{ a }"}`, `duplicate key "a"`},
		{`{"a": "{ a }", "\u0061": "{ b }"}`, `duplicate key "a"`},
		{`{"": "{ a }"}`, `entry "": ` + idError},
		{`{"a b": "{ a }"}`, `entry "a b": ` + idError},
		{`{"a\n": "{ a }"}`, `entry "a\n": ` + idError},
		{`{"ä": "{ a }"}`, `entry "ä": ` + idError},
		{`{"a` + strings.Repeat("é", 60) + `": "{ a }"}`, `entry "a` + strings.Repeat("é", 49) + `"…: ` + idError}, // not truncated within a character
		{`{"a": ""}`, `entry "a": document is empty`},
		{`{"a": " \n\t"}`, `entry "a": document is empty`},
		{`{"sha256:abc": "{ a }"}`, `entry "sha256:abc": ` + hashError},

		{`{"operations": []}`, "has `operations` but no `format`, which must be \"apollo-persisted-query-manifest\""},
		{`{"format": "relay"}`, "`format` is \"relay\", but must be \"apollo-persisted-query-manifest\""},
		{`{"format": ["a\n"]}`, "`format` is an array, but must be \"apollo-persisted-query-manifest\""},
		{`{"format": "apollo-persisted-query-manifest"}`, "`version` is missing, but must be 1"},
		{`{"format": "apollo-persisted-query-manifest", "version": 2}`, "`version` is 2, but must be 1"},
		{`{"format": "apollo-persisted-query-manifest", "version": "1"}`, "`version` is \"1\", but must be 1"},
		{`{"format": "apollo-persisted-query-manifest", "version": 1, "version": 1}`, `duplicate key "version"`},
		{`{"format": "apollo-persisted-query-manifest", "version": 1}`, "`operations` is missing"},
		{`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": {}}`, "operations: expected an array, got an object"},
		{operations(""), "has no documents"},
		{operations(`"a"`), "operations[0]: expected an object, got a string"},
		{operations(`{"body": "{ a }"}`), "operations[0]: `id` is missing"},
		{operations(`{"ID": "a", "body": "{ a }"}`), "operations[0]: `id` is missing"},
		{operations(`{"id": 7, "body": "{ a }"}`), "operations[0]: `id`: expected a string, got a number"},
		{operations(`{"id": "", "body": "{ a }"}`), "operations[0]: " + idError},
		{operations(`{"id": "a"}`), "operations[0], id \"a\": `body` is missing"},
		{operations(`{"id": "a", "body": null}`), "operations[0], id \"a\": `body`: expected a string, got null"},
		{operations(`{"id": "a", "body": ""}`), `operations[0], id "a": document is empty`},
		{operations(`{"id": "a", "id": "b", "body": "{ a }"}`), `operations[0]: duplicate key "id"`},
		{operations(`{"id": "a", "body": "{ a }", "name": null}`), "operations[0], id \"a\": `name`: expected a string, got null"},
		{operations(`{"id": "a", "body": "{ a }", "name": "a b"}`), "operations[0], id \"a\": name must be a GraphQL name of at most 256 characters"},
		{operations(`{"id": "a", "body": "{ a }"}, {"id": "a", "body": "{ a }"}`), `operations[1], id "a": duplicate id`},
		{operations(`{"id": "sha256:7C", "body": "{ a }"}`), `operations[0], id "sha256:7C": ` + hashError},
	} {
		documents, err := manifest.Parse([]byte(c.data))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q:\ngot  %v, %v\nwant %s", c.data, documents, err, c.want)
		}
	}
}

func TestPrefixedHashMustMatchDocument(t *testing.T) {
	const another = "b5ba28d3dbd0e8ab8ef09b67b75dbff3eb4e4e36bd8d3fd69b8cf4ee1fa4ddbd"
	for _, d := range read(t, "codegen.json") {
		hash := strings.TrimPrefix(d.ID, "sha256:")
		for id, valid := range map[string]bool{
			d.ID: true, hash: true, another: true,
			"sha256:" + another: false, "sha256:" + strings.ToUpper(hash): false, "sha256:" + hash[:63]: false, d.ID + "0": false,
		} {
			_, err := manifest.Parse(fmt.Appendf(nil, "{%q: %q}", id, d.Source))
			if (err == nil) != valid {
				t.Errorf("%s: %v", id, err)
			}
		}
	}
}

// entries returns a manifest of n documents with distinct ids.
func entries(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"id%d": "{ a }"`, i)
	}
	return "{" + b.String()[1:] + "}"
}

// operationList returns a manifest in Apollo's format with n operations.
func operationList(n int) string {
	return fmt.Sprintf(apollo, strings.Repeat(`,{"id":"a"}`, n)[1:])
}

func TestParseLimitsSizes(t *testing.T) {
	source := func(n int) string { return "{a" + strings.Repeat("#", n-3) + "}" }
	withName := func(n int) string {
		return fmt.Sprintf(apollo, `{"id": "a", "body": "{ a }", "name": "`+strings.Repeat("a", n)+`"}`)
	}
	for name, c := range map[string]struct{ atLimit, overLimit, want string }{
		"an id":     {`{"` + strings.Repeat("a", 128) + `": "{ a }"}`, `{"` + strings.Repeat("a", 129) + `": "{ a }"}`, `entry "` + strings.Repeat("a", 100) + `"…: id must be`},
		"a source":  {`{"a": "` + source(100<<10) + `"}`, `{"a": "` + source(100<<10+1) + `"}`, `entry "a": document has 102401 bytes, more than the maximum of 102400`},
		"a name":    {withName(256), withName(257), `operations[0], id "a": name must be`},
		"documents": {entries(10_000), entries(10_001), "more than 10000 entries"},
		"a list":    {entries(1), operationList(10_001), "operations: more than 10000 entries"},
	} {
		if _, err := manifest.Parse([]byte(c.atLimit)); err != nil {
			t.Errorf("%s at the limit: %v", name, err)
		}
		if _, err := manifest.Parse([]byte(c.overLimit)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s over the limit: %v", name, err)
		}
	}
}

func TestErrorIsSingleShortLine(t *testing.T) {
	long := strings.Repeat(`\n\u2028é`, 50_000)
	for _, data := range []string{
		`{"` + long + `": 1}`,
		`{"` + long + `": "", "` + long + `": ""}`,
		`{"format": "` + long + `"}`,
		`{"format": "apollo-persisted-query-manifest", "version": "` + long + `"}`,
		`{"format": "apollo-persisted-query-manifest", "version": ` + strings.Repeat("1", 1000) + `}`,
		fmt.Sprintf(apollo, `{"id": "`+long+`"}`),
		fmt.Sprintf(apollo, `{"id": "a", "body": "{ a }", "name": "`+long+`"}`),
		strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000),
	} {
		_, err := manifest.Parse([]byte(data))
		if err == nil || strings.ContainsAny(err.Error(), "\n\u2028") || len(err.Error()) > 500 {
			t.Errorf("got %.600v", err)
		}
	}
}
