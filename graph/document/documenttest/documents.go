// Package documenttest holds large and hostile GraphQL documents for tests.
package documenttest

import (
	"fmt"
	"strings"
)

// Legitimate returns large documents of the kinds that clients and tools send, by name.
func Legitimate() map[string]string {
	documents := map[string]string{
		"feature detection": `query { directive: __type(name: "__Directive") { fields { name } } field: __type(name: "__Field") { fields { name args { name } } }
			type: __type(name: "__Type") { fields { name } } inputValue: __type(name: "__InputValue") { fields { name } } __schema { queryType { name } } }`,
		"as deep as is useful": `{ avatarGroups { edges { node { looks { edges { node { group { looks { edges { node { defaultVoice { name } } } } } } } } } } } }`,
	}
	var inline, spread strings.Builder
	for i := range 100 {
		fmt.Fprintf(&inline, `a%d: avatarGroup(id: "group_%d") { id name gender status looksCount } `, i, i)
		fmt.Fprintf(&spread, `a%d: avatarGroup(id: "group_%d") { ...G } `, i, i)
	}
	documents["100 aliases"] = "{" + inline.String() + "}"
	documents["100 aliases in a fragment"] = "{ ...F } fragment F on Query {" + inline.String() + "}"
	documents["100 aliases of a fragment"] = "{" + spread.String() + `} fragment G on AvatarGroup { id groupId name gender previewImageUrl previewVideoUrl looksCount defaultVoiceId consentStatus status createdAt
		looks(first: 3) { nodes { id lookId name avatarType gender tags previewImageUrl imageWidth imageHeight readiness { state reason } } pageInfo { hasNextPage } }
		defaultVoice { id voiceId name language gender previewAudioUrl } error { code message } }`
	var variables, byVariable strings.Builder
	for i := range 100 {
		fmt.Fprintf(&variables, "$v%d: ID! ", i)
		fmt.Fprintf(&byVariable, "a%d: avatarGroup(id: $v%d) { name } ", i, i)
	}
	documents["100 variables"] = "query Many(" + variables.String() + ") {" + byVariable.String() + "}"

	// A tree of components, each with a fragment on the same type.
	var page strings.Builder
	page.WriteString(`query Page($first: Int, $after: String, $all: Boolean!) { avatarGroups(first: $first, after: $after) { edges { cursor node { __typename id ...C0 } } pageInfo { endCursor hasNextPage } } }`)
	const components = 50
	for i := range components {
		fmt.Fprintf(&page, ` fragment C%d on AvatarGroup { __typename id name gender @include(if: $all) looks(first: 3) { edges { node { id name previewImageUrl } } } `, i)
		for j := 3*i + 1; j <= 3*i+3 && j < components; j++ {
			fmt.Fprintf(&page, "...C%d ", j)
		}
		page.WriteString("}")
	}
	documents["50 components"] = page.String()
	return documents
}

// HostileDocument is a document that must be rejected.
type HostileDocument struct {
	Source string
	Error  string // a part of the error message
}

// Hostile returns documents of at most 2,000 tokens that select more than any server
// should execute, by name. The salt makes the sources of two calls differ.
func Hostile(salt string) map[string]HostileDocument {
	repeat := strings.Repeat
	doubling := func(selections string) string {
		var b strings.Builder
		fmt.Fprintf(&b, "query Q%s { ...F0 }", salt)
		for i := range 60 {
			fmt.Fprintf(&b, " fragment F%d on Query { "+selections+" }", i, i+1, i+1)
		}
		return b.String() + " fragment F60 on Query { __typename }"
	}
	var definitions, operations, variables strings.Builder
	for i := range 270 {
		fmt.Fprintf(&definitions, " fragment F%d on Query { a }", i)
	}
	for i := range 380 {
		fmt.Fprintf(&operations, " query Q%d%s { a }", i, salt)
		fmt.Fprintf(&variables, "$v%d: Int ", i)
	}
	q := "query Q" + salt
	return map[string]HostileDocument{
		"fragment bomb":                     {doubling("...F%d ...F%d"), "a billion or more"},
		"fragment bomb in fields":           {doubling("a { ...F%d } b { ...F%d }"), "MAX_DEPTH"},
		"fragment bomb in inline fragments": {doubling("... { ...F%d } ... { ...F%d }"), "a billion or more"},
		"aliases":                           {q + "{" + Aliases(300, "voices { a }") + "}", "MAX_ROOT_FIELDS"},
		"aliases in a fragment":             {q + "{ ...F ... { ...F } } fragment F on Query {" + Aliases(150, "voices { a }") + "}", "MAX_ROOT_FIELDS"},
		"equal leaves":                      {q + "{" + repeat(" __typename", 1_000) + "}", "MAX_ROOT_FIELDS"},
		"equal nested leaves":               {q + "{ avatarGroups { nodes {" + repeat(" id", 1_000) + "} } }", "MAX_ALIASES"},
		"spreads in inline fragments":       {q + repeat("{ ...", 200) + "{" + repeat(" ...F", 500) + "}" + repeat("}", 200) + " fragment F on Query { a }", "MAX_ROOT_FIELDS"},
		"unknown fields":                    {q + "{ ...F0 }" + chain(90) + " fragment F90 on Query { " + Aliases(450, "") + "}", "MAX_ROOT_FIELDS"},
		"__schema":                          {q + "{" + Aliases(300, "__schema { a }") + "}", "MAX_ROOT_FIELDS"},
		"__type in a fragment":              {q + "{ ...F ...F ...F } fragment F on Query { " + Aliases(3, "__type { a }") + "}", "MAX_INTROSPECTION"},
		"circular introspection":            {q + "{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...U } } } fragment U on __Type { fields { type { interfaces { name } } } }", "`fields`"},
		"multiplying introspection":         {q + "{ __schema { types { ...A ...A ...A } } } fragment A on __Type { ...B ...B ...B ...B ...B } fragment B on __Type {" + repeat(" name", 30) + "}", "inside `__schema`"},
		"a deep query":                      {q + repeat("{ a ", 400) + repeat("}", 400), "MAX_DEPTH"},
		"directives on a field":             {q + "{ a" + repeat(" @skip(if: false)", 250) + " }", "directives at one location"},
		"directives on a fragment":          {q + "{ ...F" + repeat(" @skip(if: false)", 120) + " ..." + repeat(" @skip(if: false)", 100) + " { a } } fragment F on Query @a @b @c @d @e { a }", "directives at one location"},
		"directives on the operation":       {q + repeat(" @skip(if: false)", 250) + " { a }", "directives at one location"},
		"directives on a variable":          {q + "($v: Int" + repeat(" @skip(if: false)", 250) + ") { a }", "directives at one location"},
		"directives everywhere":             {q + "{" + repeat(" a @skip(if: false)", 240) + " }", "MAX_DIRECTIVES"},
		"a list in a list":                  {q + "{ a(x: " + repeat("[", 900) + repeat("]", 900) + ") }", "levels deep in one value"},
		"an object in an object":            {q + "{ a(x: " + repeat("{a: ", 450) + "1" + repeat("}", 450) + ") }", "levels deep in one value"},
		"a list type in a list type":        {q + "($v: " + repeat("[", 900) + "Int" + repeat("]", 900) + ") { a }", "levels deep in one value"},
		"a default in a default":            {q + "($v: Int = " + repeat("[", 900) + repeat("]", 900) + ") { a }", "levels deep in one value"},
		"fragments":                         {q + "{ ...F0 }" + definitions.String(), "MAX_DEFINITIONS"},
		"operations":                        {operations.String(), "MAX_DEFINITIONS"},
		"variables":                         {q + "(" + variables.String() + ") { a }", "variables in one operation"},
		"a fragment that spreads itself":    {q + "{ ...F } fragment F on Query { a { ...G ...G } } fragment G on Query { b { ...F ...F } }", "within itself"},
		"a long name":                       {q + "{ " + repeat("a", 900_000) + " }", "a name of 900000 bytes"},
		"a long value":                      {q + `{ a(x: "` + repeat("a", 900_000) + `") }`, "a value of 900000 bytes"},
		"fragments that spread later ones":  {q + "{ ...F0 }" + spreadingLater(60), "MAX_ROOT_FIELDS"},
	}
}

// Overlapping returns documents of at most 2,000 tokens with hundreds of fields of one
// response path, by name. The limits admit them: they must be validated fast.
func Overlapping(salt string) map[string]string {
	repeat := strings.Repeat
	q, leaves := "query Q"+salt, " id name gender status groupId"
	inline := func(n int, selections string) string {
		return repeat("{ ...", n) + "{" + selections + repeat(" }", n+1)
	}
	return map[string]string{
		"equal leaves":                         q + "{ avatarGroups { nodes {" + repeat(leaves, 190) + " } } }",
		"equal leaves in inline fragments":     q + "{ avatarGroups { nodes " + inline(300, repeat(leaves, 150)) + " } }",
		"equal leaves at the end of a chain":   q + "{ ...F0 }" + chain(90) + " fragment F90 on Query { avatarGroups { nodes " + inline(1, repeat(leaves, 100)) + " } }",
		"unknown leaves in inline fragments":   q + "{ avatarGroups" + inline(300, repeat(leaves, 150)) + " }",
		"unknown leaves at the end of a chain": q + "{ ...F0 }" + chain(90) + " fragment F90 on Query { avatarGroups { ... {" + repeat(" a b c d e", 100) + "} } }",
		"conflicting leaves":                   q + "{ avatarGroups { nodes {" + repeat(" x: id x: name x: gender x: status", 150) + "} } }",
	}
}

// chain returns n fragments each of which spreads the next one.
func chain(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Query { ...F%d }", i, i+1)
	}
	return b.String()
}

// Aliases returns n selections of a field under different aliases. If field is empty
// they are n different fields.
func Aliases(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d", i)
		if field != "" {
			b.WriteString(": " + field)
		}
	}
	return b.String()
}

// spreadingLater returns fragments each of which spreads the next 11.
func spreadingLater(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Query { a b c", i)
		for j := i + 1; j < min(i+12, n); j++ {
			fmt.Fprintf(&b, " ...F%d", j)
		}
		b.WriteString("}")
	}
	return b.String()
}
