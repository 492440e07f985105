package manifest_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-graphql/internal/manifest"
)

func TestWhatIsRefusedIsNamed(t *testing.T) {
	const (
		form = "its id is not 1 to 128 characters out of A-Z a-z 0-9 _ : . ~ + / = -"
		hash = "what follows `sha256:` in its id is not the SHA-256 of its text in 64 hex digits, lower case"
	)
	operations := func(entries string) string { return fmt.Sprintf(apollo, entries) }
	for _, c := range []struct{ text, want string }{
		{"", "it is empty"},
		{" \n", "it is empty"},
		{"\xef\xbb\xbf{}", "it begins with a byte order mark, which JSON does not have"},
		{`[]`, "it is a list where an object is expected"},
		{`null`, "it is null where an object is expected"},
		{`7`, "it is a number where an object is expected"},
		{`"a"`, "it is a text where an object is expected"},
		{`false`, "it is true or false where an object is expected"},
		{`{"a": "{ a }"`, "it is not JSON: it ends in the middle"},
		{`{"a": "{ a }",}`, "it is not JSON: what stands at byte 15 does not belong there"},
		{"{'a': 1}", "it is not JSON: what stands at byte 2 does not belong there"},
		{"{\"a\": \"{\na }\"}", "it is not JSON: what stands at byte 9 does not belong there"},
		{"{\"a\": 1}\n{}", "there is something behind the JSON value, at byte 10"},
		{"{\"a\": 1} \x00", "there is something behind the JSON value, at byte 10"},
		{"{\"a\": \"{ a } # \xe9\"}", "it is not UTF-8 at byte 16"},
		{"{\"a\": \"\xed\xa0\xbd\"}", "it is not UTF-8 at byte 8"},
		{`{"a": "\ud83d"}`, "it has half of a surrogate pair at byte 8"},
		{`{"a": "\\\ude00\ud83d"}`, "it has half of a surrogate pair at byte 10"},
		{`{"a": "\u00e9\ud83d\n\ude00"}`, "it has half of a surrogate pair at byte 14"},
		{`{"\ud83d\ud83d": ""}`, "it has half of a surrogate pair at byte 3"},

		{`{}`, "it has no documents"},
		{`{"a": "{ a }", "b": null}`, `entry "b": it is null where a text is expected`},
		{`{"a": {"body": "{ a }"}}`, `entry "a": it is an object where a text is expected`},
		{`{"a": "{ a }", "b": "{ b }", "a": "{ a }"}`, `"a" is there twice`},
		{`{"a": "{ a }", "\u0061": "{ b }"}`, `"a" is there twice`},
		{`{"": "{ a }"}`, `entry "": ` + form},
		{`{"a b": "{ a }"}`, `entry "a b": ` + form},
		{`{"a\n": "{ a }"}`, `entry "a\n": ` + form},
		{`{"ä": "{ a }"}`, `entry "ä": ` + form},
		{`{"a` + strings.Repeat("é", 60) + `": "{ a }"}`, `entry "a` + strings.Repeat("é", 49) + `"…: ` + form}, // not cut within a character
		{`{"a": ""}`, `entry "a": its text is empty`},
		{`{"a": " \n\t"}`, `entry "a": its text is empty`},
		{`{"sha256:abc": "{ a }"}`, `entry "sha256:abc": ` + hash},

		{`{"operations": []}`, "it has `operations` and no `format`, which must be \"apollo-persisted-query-manifest\""},
		{`{"format": "relay"}`, "its `format` is \"relay\", and only \"apollo-persisted-query-manifest\" is known"},
		{`{"format": ["a\n"]}`, "its `format` is a list, and only \"apollo-persisted-query-manifest\" is known"},
		{`{"format": "apollo-persisted-query-manifest"}`, "it has no `version`, which must be 1"},
		{`{"format": "apollo-persisted-query-manifest", "version": 2}`, "its `version` is 2, and only 1 is known"},
		{`{"format": "apollo-persisted-query-manifest", "version": "1"}`, "its `version` is \"1\", and only 1 is known"},
		{`{"format": "apollo-persisted-query-manifest", "version": 1, "version": 1}`, `"version" is there twice`},
		{`{"format": "apollo-persisted-query-manifest", "version": 1}`, "it has no `operations`"},
		{`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": {}}`, "operations: it is an object where a list is expected"},
		{operations(""), "it has no documents"},
		{operations(`"a"`), "operations[0]: it is a text where an object is expected"},
		{operations(`{"body": "{ a }"}`), "operations[0]: it has no `id`"},
		{operations(`{"ID": "a", "body": "{ a }"}`), "operations[0]: it has no `id`"},
		{operations(`{"id": 7, "body": "{ a }"}`), "operations[0]: its `id` is a number where a text is expected"},
		{operations(`{"id": "", "body": "{ a }"}`), "operations[0]: " + form},
		{operations(`{"id": "a"}`), "operations[0], id \"a\": it has no `body`"},
		{operations(`{"id": "a", "body": null}`), "operations[0], id \"a\": its `body` is null where a text is expected"},
		{operations(`{"id": "a", "body": ""}`), `operations[0], id "a": its text is empty`},
		{operations(`{"id": "a", "id": "b", "body": "{ a }"}`), `operations[0]: "id" is there twice`},
		{operations(`{"id": "a", "body": "{ a }", "name": null}`), "operations[0], id \"a\": its `name` is null where a text is expected"},
		{operations(`{"id": "a", "body": "{ a }", "name": "a b"}`), "operations[0], id \"a\": its name is not a GraphQL name of at most 256 characters"},
		{operations(`{"id": "a", "body": "{ a }"}, {"id": "a", "body": "{ a }"}`), `operations[1], id "a": its id is there twice`},
		{operations(`{"id": "sha256:7C", "body": "{ a }"}`), `operations[0], id "sha256:7C": ` + hash},
	} {
		documents, err := manifest.Parse([]byte(c.text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q:\ngot  %v, %v\nwant %s", c.text, documents, err, c.want)
		}
	}
}

func TestAHashWithThePrefixMustBeOfTheText(t *testing.T) {
	const another = "b5ba28d3dbd0e8ab8ef09b67b75dbff3eb4e4e36bd8d3fd69b8cf4ee1fa4ddbd"
	for _, d := range read(t, "codegen.json") {
		hash := strings.TrimPrefix(d.ID, "sha256:")
		for id, well := range map[string]bool{
			d.ID: true, hash: true, another: true,
			"sha256:" + another: false, "sha256:" + strings.ToUpper(hash): false, "sha256:" + hash[:63]: false, d.ID + "0": false,
		} {
			_, err := manifest.Parse(fmt.Appendf(nil, "{%q: %q}", id, d.Text))
			if (err == nil) != well {
				t.Errorf("%s: %v", id, err)
			}
		}
	}
}

// entries are so many documents with ids of their own.
func entries(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"id%d": "{ a }"`, i)
	}
	return "{" + b.String()[1:] + "}"
}

func listed(n int) string {
	return fmt.Sprintf(apollo, strings.Repeat(`,{"id":"a"}`, n)[1:])
}

func TestBounds(t *testing.T) {
	text := func(n int) string { return "{a" + strings.Repeat("#", n-3) + "}" }
	name := func(n int) string {
		return fmt.Sprintf(apollo, `{"id": "a", "body": "{ a }", "name": "`+strings.Repeat("a", n)+`"}`)
	}
	for what, c := range map[string]struct{ fits, over, want string }{
		"an id":     {`{"` + strings.Repeat("a", 128) + `": "{ a }"}`, `{"` + strings.Repeat("a", 129) + `": "{ a }"}`, `entry "` + strings.Repeat("a", 100) + `"…: its id is not`},
		"a text":    {`{"a": "` + text(100<<10) + `"}`, `{"a": "` + text(100<<10+1) + `"}`, `entry "a": its text has 102401 bytes, and 102400 is the most`},
		"a name":    {name(256), name(257), `operations[0], id "a": its name is not`},
		"documents": {entries(10_000), entries(10_001), "there are more than 10000 entries"},
		"a list":    {entries(1), listed(10_001), "operations: there are more than 10000 entries"},
	} {
		if _, err := manifest.Parse([]byte(c.fits)); err != nil {
			t.Errorf("%s that fits: %v", what, err)
		}
		if _, err := manifest.Parse([]byte(c.over)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s that does not: %v", what, err)
		}
	}
}

func TestAnErrorIsALineWhateverIsInTheFile(t *testing.T) {
	long := strings.Repeat(`\n\u2028é`, 50_000)
	for _, text := range []string{
		`{"` + long + `": 1}`,
		`{"` + long + `": "", "` + long + `": ""}`,
		`{"format": "` + long + `"}`,
		`{"format": "apollo-persisted-query-manifest", "version": "` + long + `"}`,
		`{"format": "apollo-persisted-query-manifest", "version": ` + strings.Repeat("1", 1000) + `}`,
		fmt.Sprintf(apollo, `{"id": "`+long+`"}`),
		fmt.Sprintf(apollo, `{"id": "a", "body": "{ a }", "name": "`+long+`"}`),
		strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000),
	} {
		_, err := manifest.Parse([]byte(text))
		if err == nil || strings.ContainsAny(err.Error(), "\n\u2028") || len(err.Error()) > 500 {
			t.Errorf("got %.600v", err)
		}
	}
}
