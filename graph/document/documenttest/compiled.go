package documenttest

import (
	"fmt"
	"strings"
)

// CompiledDocument is a document as a client compiler writes it, and the same operation
// as a person would write it: without fragments, each field once.
type CompiledDocument struct {
	Source, Merged string
	Variables      map[string]any
}

// groupFields are the fields that components select of a group. HeyGen's list has them all.
var groupFields = strings.Fields("id name gender previewImageUrl looksCount groupId status createdAt defaultVoiceId consentStatus previewVideoUrl")

// lookFields are the fields that components select of a look.
var lookFields = strings.Fields("id name previewImageUrl avatarType gender lookId tags imageWidth imageHeight status")

// Compiled returns documents as the compilers of Relay, GraphQL Code Generator, Apollo
// and urql write them for large screens, by name. A component has its data in a fragment
// of its own, so that hundreds of fragments select the same few fields.
func Compiled() map[string]CompiledDocument {
	page := func(selections string) string {
		return "query Screen { avatarGroups(first: 20) { nodes {" + selections + " } } }"
	}
	all := map[string]CompiledDocument{
		"150 components of five fields": {
			Source: components(150, page, func(int) string { return " id name gender previewImageUrl looksCount" }),
			Merged: page(" id name gender previewImageUrl looksCount"),
		},
		"201 components of one field": {
			Source: components(201, page, func(int) string { return " id" }),
			Merged: page(" id"),
		},
		"167 components of two fields": {
			Source: components(167, page, func(int) string { return " id name" }),
			Merged: page(" id name"),
		},
		"ten fragments that double":        {Source: page(" ...F0") + doublingOnGroup(9), Merged: page(" id")},
		"300 components with shared ones":  diamond(300),
		"150 components of Relay":          relay(5, 30),
		"Relay's fragments ten deep":       relay(10, 6),
		"Apollo's and urql's __typename":   withTypenames(150),
		"a component of each root field":   rootComponents(60),
		"conditions of 60 components":      conditional(60),
		"components on the interface Node": onNode(40),
	}
	return all
}

// components returns a document of n components on a group, each with a fragment. page
// returns the operation with what it selects of a group.
func components(n int, page func(selections string) string, fields func(i int) string) string {
	var spreads, fragments strings.Builder
	for i := range n {
		fmt.Fprintf(&spreads, " ...Card%d_group", i)
		fmt.Fprintf(&fragments, " fragment Card%d_group on AvatarGroup {%s }", i, fields(i))
	}
	return page(spreads.String()) + fragments.String()
}

// doublingOnGroup returns fragments each of which spreads the next one twice.
func doublingOnGroup(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on AvatarGroup { ...F%d ...F%d }", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on AvatarGroup { id }", n)
	return b.String()
}

// diamond returns a document in which each component includes three shared ones, which
// include two more: fragment masking of GraphQL Code Generator.
func diamond(n int) CompiledDocument {
	page := func(selections string) string {
		return "query Screen { avatarGroups(first: 20) { nodes { __typename" + selections + " } } }"
	}
	const atoms, shared = 10, 20
	var b strings.Builder
	b.WriteString(components(n, page, func(i int) string {
		return fmt.Sprintf(" __typename id %s ...Shared%d_group ...Shared%d_group ...Shared%d_group", groupFields[i%len(groupFields)], i%shared, (i+7)%shared, (i+13)%shared)
	}))
	for i := range shared {
		fmt.Fprintf(&b, " fragment Shared%d_group on AvatarGroup { __typename %s name ...Atom%d_group ...Atom%d_group }", i, groupFields[i%len(groupFields)], i%atoms, (i+1)%atoms)
	}
	for i := range atoms {
		fmt.Fprintf(&b, " fragment Atom%d_group on AvatarGroup { __typename id looks(first: 2) { nodes { __typename id %s } } }", i, lookFields[i])
	}
	return CompiledDocument{
		Source: b.String(),
		Merged: page(" " + strings.Join(groupFields, " ") + " looks(first: 2) { nodes { __typename " + strings.Join(lookFields, " ") + " } }"),
	}
}

// relay returns a document whose fragments nest through edges and nodes to a depth, with
// so many components at each level, as Relay's compiler prints it: with id and
// __typename in each object, aliases of its own, and conditions.
func relay(depth, perLevel int) CompiledDocument {
	query := func(selections string) string {
		return `query ScreenQuery($first: Int!, $after: String, $withLooks: Boolean!, $compact: Boolean!) {
  avatarGroups(first: $first, after: $after) {
    edges { cursor node { __typename id` + selections + ` } }
    pageInfo { endCursor hasNextPage }
  }
}
`
	}
	var b strings.Builder
	b.WriteString(query(" ...Level0_0_group"))
	for level := range depth {
		for i := range perLevel {
			fmt.Fprintf(&b, "fragment Level%d_%d_group on AvatarGroup {\n  __typename __id: id id %s %s @skip(if: $compact)\n", level, i, groupFields[(level+i)%len(groupFields)], groupFields[(level+2*i)%len(groupFields)])
			fmt.Fprintf(&b, "  looks(first: 3) @include(if: $withLooks) { edges { cursor node { __typename id ...Look%d_%d_look } } pageInfo { endCursor hasNextPage } }\n", level, i)
			if i+1 < perLevel {
				fmt.Fprintf(&b, "  ...Level%d_%d_group\n", level, i+1)
			}
			if i == 0 && level+1 < depth {
				fmt.Fprintf(&b, "  ...Level%d_0_group\n", level+1)
			}
			fmt.Fprintf(&b, "}\nfragment Look%d_%d_look on AvatarLook { __typename __id: id %s group { __typename id name } }\n", level, i, lookFields[(level+i)%len(lookFields)])
		}
	}
	used := func(fields []string, step int) string {
		selected := map[string]bool{}
		for level := range depth {
			for i := range perLevel {
				selected[fields[(level+i)%len(fields)]] = true
				selected[fields[(level+step*i)%len(fields)]] = true
			}
		}
		var s strings.Builder
		for _, f := range fields {
			if selected[f] {
				s.WriteString(" " + f)
			}
		}
		return s.String()
	}
	return CompiledDocument{
		Source: b.String(),
		Merged: query(" __id: id"+used(groupFields, 2)+" looks(first: 3) @include(if: $withLooks) { edges { cursor node { __typename id __id: id"+
			used(lookFields, 1)+" group { __typename id name } } } pageInfo { endCursor hasNextPage } } ...Unused @skip(if: $compact)") +
			" fragment Unused on AvatarGroup { id }",
		Variables: map[string]any{"first": 10, "withLooks": true, "compact": false},
	}
}

// withTypenames returns a document as Apollo Client and urql send it: __typename in each
// selection set, one selection per line.
func withTypenames(n int) CompiledDocument {
	var spreads, fragments strings.Builder
	for i := range n {
		fmt.Fprintf(&spreads, "        ...Row%d_voice\n", i)
		fmt.Fprintf(&fragments, "\n\nfragment Row%d_voice on Voice {\n  id\n  name\n  language\n  previewAudioUrl\n  __typename\n}", i)
	}
	return CompiledDocument{
		Source: "query Voices($first: Int) {\n  voices(first: $first) {\n    edges {\n      node {\n" + spreads.String() +
			"        __typename\n      }\n      __typename\n    }\n    pageInfo {\n      hasNextPage\n      __typename\n    }\n    __typename\n  }\n  __typename\n}" + fragments.String(),
		Merged: `query Voices($first: Int) { voices(first: $first) { edges { node { id name language previewAudioUrl __typename } __typename }
			pageInfo { hasNextPage __typename } __typename } __typename }`,
		Variables: map[string]any{"first": 30},
	}
}

// rootComponents returns a document whose components have fragments on Query, each with
// the lists that it shows.
func rootComponents(n int) CompiledDocument {
	const groups, looks, voices = "avatarGroups(first: 5) { nodes {%s } }", "avatarLooks(first: 5) { nodes {%s } }", "voices(first: 5) { nodes {%s } }"
	var spreads, fragments strings.Builder
	for i := range n {
		fmt.Fprintf(&spreads, " ...Section%d_query", i)
		list, fields := groups, " id "+groupFields[i%len(groupFields)]
		switch i % 3 {
		case 1:
			list, fields = looks, " id "+lookFields[i%len(lookFields)]
		case 2:
			list, fields = voices, " id name"
		}
		fmt.Fprintf(&fragments, " fragment Section%d_query on Query { "+list+" }", i, fields)
	}
	return CompiledDocument{
		Source: "query Home {" + spreads.String() + " }" + fragments.String(),
		Merged: fmt.Sprintf("query Home { "+groups+" "+looks+" "+voices+" }", " "+strings.Join(groupFields, " "), " "+strings.Join(lookFields, " "), " id name"),
	}
}

// conditional returns a document in which each component has a condition of its own.
func conditional(n int) CompiledDocument {
	var variables, spreads, fragments strings.Builder
	values := map[string]any{}
	for i := range n {
		fmt.Fprintf(&variables, " $show%d: Boolean! $hide%d: Boolean = false", i, i)
		fmt.Fprintf(&spreads, " ...Panel%d_group @include(if: $show%d)", i, i)
		fmt.Fprintf(&fragments, " fragment Panel%d_group on AvatarGroup { id @skip(if: $hide%d) %s ... @include(if: $show%d) { name looks(first: 1) @skip(if: $hide%d) { nodes { id %s } } } }", i, i, groupFields[i%len(groupFields)], i, i, lookFields[i%len(lookFields)])
		values[fmt.Sprint("show", i)] = i%2 == 0
	}
	// The even ones: fields 0, 2, 4, ... of a list of 11 are all of them, of a list of 10 the half.
	return CompiledDocument{
		Source: "query Panels(" + variables.String() + ") { avatarGroups(first: 20) { nodes {" + spreads.String() + " } } }" + fragments.String(),
		Merged: "query Panels(" + variables.String() + ") { avatarGroups(first: 20) { nodes { " + strings.Join(groupFields, " ") +
			" looks(first: 1) { nodes { id previewImageUrl gender tags imageHeight } } ...Unused @skip(if: true) } } } fragment Unused on AvatarGroup {" + uses(n) + " }",
		Variables: values,
	}
}

// uses selects fields that use every variable of conditional.
func uses(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " id @include(if: $show%d) @skip(if: $hide%d)", i, i)
	}
	return b.String()
}

// onNode returns a document that refetches an object by its global id, as Relay does,
// with fragments on the interface and on each type of it.
func onNode(n int) CompiledDocument {
	var spreads, fragments strings.Builder
	for i := range n {
		fmt.Fprintf(&spreads, " ...Any%d_node ...Group%d_group ...Look%d_look", i, i, i)
		fmt.Fprintf(&fragments, " fragment Any%d_node on Node { __typename id ...Group%d_group }", i, i)
		fmt.Fprintf(&fragments, " fragment Group%d_group on AvatarGroup { %s ... on Node { id ... on AvatarLook { lookId } } }", i, groupFields[i%len(groupFields)])
		fmt.Fprintf(&fragments, " fragment Look%d_look on AvatarLook { look: %s }", i, "lookId")
	}
	query := func(selections string) string {
		return `query Refetch { node(id: "QXZhdGFyR3JvdXA6Z3JvdXBfbW9uaWNh") {` + selections + ` } }`
	}
	return CompiledDocument{
		Source: query(spreads.String()) + fragments.String(),
		Merged: query(" __typename id ... on AvatarGroup { " + strings.Join(groupFields[1:], " ") + " } ... on AvatarLook { look: lookId }"),
	}
}
