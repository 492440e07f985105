package graph

import (
	"fmt"
	"maps"
	"strings"

	"heygen-graphql/graph/document/documenttest"
)

// slowDocuments returns generators of documents that take long to validate, by name.
// The larger n is, the longer it takes.
func slowDocuments() map[string]func(n int) string {
	repeat := strings.Repeat
	spread := func(n int, selections string) string {
		var spreads, fragments strings.Builder
		for i := range n {
			fmt.Fprintf(&spreads, " ...F%d", i)
			fmt.Fprintf(&fragments, " fragment F%d on AvatarGroup {%s }", i, selections)
		}
		return "{ avatarGroups { nodes { id" + spreads.String() + " } } }" + fragments.String()
	}
	all := map[string]func(int) string{
		"equal leaves": func(n int) string {
			return "{ avatarGroups { nodes {" + repeat(" id name gender status groupId", n/5+1) + " } } }"
		},
		"in 10 inline fragments":  func(n int) string { return repeat("{ ...", 10) + "{" + repeat(" __typename", n+1) + repeat("}", 11) },
		"in 900 inline fragments": func(n int) string { return repeat("{ ...", 900) + "{" + repeat(" __typename", n+1) + repeat("}", 901) },
		"inline fragments":        func(n int) string { return repeat("{ ...", n) + "{" + repeat(" __typename", 20) + repeat("}", n+1) },
		"spreads in inline": func(n int) string {
			return repeat("{ ...", 20) + "{" + repeat(" ...F ...G", n+1) + repeat("}", 21) + " fragment F on Query { __typename } fragment G on Query { __typename }"
		},
		"chain and inline":  func(n int) string { return chain(500, " ... {"+repeat(" __typename", n+1)+" }") },
		"chain and aliases": func(n int) string { return chain(900, documenttest.Aliases(n+1, "__typename")) },
		"chain and arguments": func(n int) string {
			return chain(900, repeat(" avatarGroups(first: 1, ownership: PUBLIC) { nodes { id } }", n+1))
		},
		"chain and directives": func(n int) string { return chain(900, repeat(" __typename @skip(if: false)", n+1)) },
		"chain of errors":      func(n int) string { return chain(900, repeat(" nothingLikeThis", n+1)) },
		"long errors": func(n int) string {
			return chain(900, repeat(` avatarGroups(first: "`+repeat("x", 8_000)+`") { nodes { id } }`, n+1))
		},
		"merged sets": func(n int) string {
			return "{" + repeat(" avatarGroups { nodes { id name } edges { node { id } } }", n+1) + " }"
		},
		"many fragments":        func(n int) string { return spread(n, " id name gender status") },
		"many equal components": func(n int) string { return spread(990, repeat(" id", n)) },
		"directives of values":  func(n int) string { return spread(n, " id @skip(if: false) name @include(if: true) @skip(if: false)") },
		"long lists":            func(n int) string { return "{" + repeat(" nodes(ids: ["+repeat(" 1", 100)+"]) { id }", n) + " }" },
		"widest sets":           func(n int) string { return wide(n) },
		"widest sets of nodes": func(n int) string {
			return "{" + numbered(n, " n#: node(id: 1) { ...W }") + " }" + " fragment W on Node { ... on AvatarGroup {" + widest() + "} ... on AvatarLook {" + widest() + "} }"
		},
		"widest set in a chain": func(n int) string {
			return "{ avatarGroup(id: 1) { ...C0 } }" + numberedChain(n) + fmt.Sprintf(" fragment C%d on AvatarGroup {%s }", n, widest())
		},
		"doubling fields":     doublingFields,
		"many deep fragments": func(n int) string { return spread(n, " looks { nodes { group { id name } } }") },
		"conflicts": func(n int) string {
			return "{ avatarGroups { nodes {" + repeat(" x: id x: name x: gender", n+1) + " } } }"
		},
		"arguments": func(n int) string {
			return "{" + repeat(" avatarGroups("+repeat("first: 1 ", 30)+") { nodes { id } }", n+1) + " }"
		},
		"operations": func(n int) string {
			var b strings.Builder
			for i := range n + 1 {
				fmt.Fprintf(&b, " query Q%d { ...F }", i)
			}
			return b.String() + " fragment F on Query { avatarGroups { nodes {" + repeat(" id", 100) + " } } " + documenttest.Aliases(190, "__typename") + " }"
		},
	}
	maps.Copy(all, mergingDocuments())
	return all
}

// mergingDocuments returns generators of documents that merge many fields, in as many
// ways as possible.
func mergingDocuments() map[string]func(n int) string {
	repeat := strings.Repeat
	leaves := func(n int) string {
		names := strings.Fields("id name gender status groupId looksCount createdAt __typename consentStatus defaultVoiceId")
		var b strings.Builder
		for i := range n {
			b.WriteString(" " + names[i%len(names)])
		}
		return b.String()
	}
	all := map[string]func(int) string{
		"subsets of fragments": func(n int) string { // as an automaton is made deterministic
			const depth = 6
			var b strings.Builder
			b.WriteString("{ avatarGroups { nodes { ...A0 ...B0 } } }")
			for i := range depth {
				fmt.Fprintf(&b, " fragment A%d on AvatarGroup { a: looks { nodes { group { ...A%d ...B%d } } } b: looks { nodes { group { ...A%d } } }%s }", i, i+1, i+1, i+1, leaves(n))
				fmt.Fprintf(&b, " fragment B%d on AvatarGroup { a: looks { nodes { group { ...B%d x%d: id } } } b: looks { nodes { group { ...B%d y%d: id } } }%s }", i, i+1, i, i+1, i, leaves(n))
			}
			return fmt.Sprintf("%s fragment A%d on AvatarGroup { id } fragment B%d on AvatarGroup { id }", b.String(), depth, depth)
		},
		"inline fragments on many paths": func(n int) string {
			return "{" + numbered(190, " a#: avatarGroups { nodes { x#: id ...F } }") + " } fragment F on AvatarGroup {" + repeat(" ... {", n+1) + " id" + repeat(" }", n+1) + " }"
		},
		"equal lists": func(n int) string {
			return "{" + repeat(` avatarGroups(first: 1, after: "x") { nodes { id } }`, n+1) + " }"
		},
		"values in operations": func(n int) string {
			return numbered(400, " query Q# { ...F }") + " fragment F on Query { nodes(ids: [" + repeat(" 1", min(n+1, 1_000)) + "]) { id } }"
		},
		"directives in operations": func(n int) string {
			return numbered(400, " query Q# { ...F }") + " fragment F on Query { avatarGroups { nodes {" + repeat(" id @skip(if: false) @include(if: true)", min(n+1, 490)) + leaves(n) + " } } }"
		},
		"variables in operations": func(n int) string {
			return numbered(200, " query Q#($a: Int, $b: Int, $c: Int) { ...F }") + " fragment F on Query {" + repeat(" avatarGroups(first: $a, last: $b) { nodes { id } }", n+1) + " }"
		},
		"many variables": func(n int) string {
			return "query(" + numbered(n+1, "$v#: ID! ") + ") {" + numbered(n+1, " a#: voice(id: $v#) { id }") + " }"
		},
		"long values in operations": func(n int) string {
			return numbered(400, " query Q# { ...F }") + " fragment F on Query {" + repeat(` avatarGroups(after: "`+repeat("x", 8_000)+`") { nodes { id } }`, n%110+1) + " }"
		},
		"parents of several types": func(n int) string {
			return "{ nodes(ids: []) {" + repeat(" id ... on AvatarGroup { id } ... on AvatarLook { id } ... on Voice { id }", n+1) + " } }"
		},
	}
	for _, operations := range []int{20, 95, 400} {
		all[fmt.Sprintf("%d operations, nested fragment", operations)] = func(n int) string {
			return numbered(operations, " query Q# { avatarGroups { nodes { x#: id ...F } } }") + " fragment F on AvatarGroup {" + leaves(n+1) + " }"
		}
		all[fmt.Sprintf("%d operations, equal", operations)] = func(n int) string {
			return numbered(operations, " query Q# { ...F }") + " fragment F on Query { avatarGroups { nodes {" + leaves(n+1) + " } } }"
		}
		all[fmt.Sprintf("%d operations, aliases", operations)] = func(n int) string {
			return numbered(operations, " query Q# { x#: __typename ...F }") + " fragment F on Query { avatarGroups { nodes {" + documenttest.Aliases(min(n+1, 190), "id") + numbered(max(0, n-190), " b#: name") + " } } }"
		}
		all[fmt.Sprintf("%d operations, chain", operations/2)] = func(n int) string {
			return numbered(operations/2, " query Q# { x#: __typename ...F0 }") + strings.TrimPrefix(chain(operations/2, " avatarGroups { nodes {"+leaves(n+1)+" } }"), "{ ...F0 }")
		}
	}
	for _, paths := range []int{20, 60, 190} {
		all[fmt.Sprintf("%d paths", paths)] = func(n int) string {
			return "{" + numbered(paths, " a#: avatarGroups { nodes { x#: id ...F } }") + " } fragment F on AvatarGroup {" + leaves(n+1) + " }"
		}
	}
	return all
}

// chain returns an operation and fragments that spread each other in a chain. The last
// one has the selections.
func chain(length int, selections string) string {
	var b strings.Builder
	b.WriteString("{ ...F0 }")
	for i := range length {
		fmt.Fprintf(&b, " fragment F%d on Query { ...F%d }", i, i+1)
	}
	return fmt.Sprintf("%s fragment F%d on Query {%s }", b.String(), length, selections)
}

// numbered writes a part n times, with its number in place of #.
func numbered(n int, part string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(part, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// numberedChain returns n fragments on a group each of which spreads the next one.
func numberedChain(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment C%d on AvatarGroup { ...C%d }", i, i+1)
	}
	return b.String()
}

// widest selects 990 fields of a group or a look.
func widest() string {
	return numbered(198, " a#: id b#: name c#: gender d#: status e#: previewImageUrl")
}

// wide has n sets of the widest kind.
func wide(n int) string {
	return "{" + numbered(n, " g#: avatarGroup(id: 1) { ...W }") + " } fragment W on AvatarGroup {" + widest() + " }"
}

// doublingFields has two lists in each of the levels that the depth admits.
func doublingFields(n int) string {
	var b strings.Builder
	b.WriteString("{ avatarGroup(id: 1) { ...D0 } }")
	for i := range 5 {
		fmt.Fprintf(&b, " fragment D%d on AvatarGroup { a: looks { nodes { group { ...D%d } } } b: looks { nodes { group { ...D%d } } } %s }", i, i+1, i+1, numbered(n, " x#: id"))
	}
	return b.String() + " fragment D5 on AvatarGroup { id }"
}
