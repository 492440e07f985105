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

// Overlapping returns documents of at most 20,000 tokens with thousands of fields of one
// response path, by name. The limits admit them: they must be validated fast.
func Overlapping(salt string) map[string]string {
	repeat := strings.Repeat
	q, leaves := "query Q"+salt, " id name gender status groupId"
	inline := func(n int, selections string) string {
		return repeat("{ ...", n) + "{" + selections + repeat(" }", n+1)
	}
	return map[string]string{
		"equal leaves":                         q + "{ avatarGroups { nodes {" + repeat(leaves, 3_800) + " } } }",
		"equal leaves in inline fragments":     q + "{ avatarGroups { nodes " + inline(900, repeat(leaves, 2_000)) + " } }",
		"equal leaves at the end of a chain":   q + "{ ...F0 }" + chain(900) + " fragment F900 on Query { avatarGroups { nodes " + inline(1, repeat(leaves, 2_000)) + " } }",
		"equal spreads":                        q + "{ avatarGroups { nodes " + inline(200, repeat(" ...F", 9_000)) + " } } fragment F on AvatarGroup {" + leaves + " }",
		"unknown leaves in inline fragments":   q + "{ avatarGroups" + inline(900, repeat(leaves, 2_000)) + " }",
		"unknown leaves at the end of a chain": q + "{ ...F0 }" + chain(900) + " fragment F900 on Query { avatarGroups { ... {" + repeat(" a b c d e", 1_000) + "} } }",
		"conflicting leaves":                   q + "{ avatarGroups { nodes {" + repeat(" x: id x: name x: gender x: status", 1_500) + "} } }",
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

// spreads returns the spreads of n fragments.
func spreads(n int) string { return numbered(n, " ...F#") }

// numbered returns a part n times, with its number in place of #.
func numbered(n int, part string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(part, "#", fmt.Sprint(i)))
	}
	return b.String()
}
