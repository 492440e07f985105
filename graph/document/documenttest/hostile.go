package documenttest

import (
	"fmt"
	"maps"
	"strings"
)

// HostileDocument is a document that must be rejected.
type HostileDocument struct {
	Source string
	Error  string // a part of the error message
}

// Hostile returns documents of at most 20,000 tokens that select more than any server
// should execute, or that take long to validate, by name. The salt makes the sources of
// two calls differ.
func Hostile(salt string) map[string]HostileDocument {
	repeat := strings.Repeat
	q := "query Q" + salt
	all := map[string]HostileDocument{
		"aliases":                        {q + "{" + Aliases(500, "voices { a }") + "}", "MAX_ROOT_FIELDS"},
		"aliases in a fragment":          {q + "{ ...F ... { ...F } } fragment F on Query {" + Aliases(300, "voices { a }") + "}", "MAX_ROOT_FIELDS"},
		"aliases in a list":              {q + "{ avatarGroups { nodes {" + Aliases(500, "looks { nodes { id } }") + " } } }", "MAX_ALIASES"},
		"aliases in many fragments":      {q + "{ avatarGroups { nodes {" + spreads(500) + " } } }" + numbered(500, " fragment F# on AvatarGroup { a#: looks { nodes { id } } }"), "MAX_ALIASES"},
		"aliases of many fields":         {q + "{ avatarGroups { nodes {" + numbered(180, " a#: id b#: name c#: gender d#: status e#: groupId f#: looksCount") + " } } }", "in one selection set"},
		"aliases on many paths":          {q + "{" + Aliases(200, "avatarGroups { nodes { ...F } }") + " } fragment F on AvatarGroup {" + numbered(30, " a#: id") + " }", "MAX_FIELDS"},
		"unknown fields":                 {q + "{ ...F0 }" + chain(90) + " fragment F90 on Query { " + Aliases(450, "") + "}", "MAX_ROOT_FIELDS"},
		"__schema":                       {q + "{" + Aliases(300, "__schema { a }") + "}", "MAX_ROOT_FIELDS"},
		"__type in fragments":            {q + "{" + spreads(9) + " }" + numbered(9, " fragment F# on Query { a#: __type { a } }"), "MAX_INTROSPECTION"},
		"circular introspection":         {q + "{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...U } } } fragment U on __Type { fields { type { interfaces { name } } } }", "`fields`"},
		"multiplying introspection":      {q + "{ __schema { types { a: fields { ...A } b: fields { ...A } c: inputFields { ...A } } } } fragment A on __Field {" + Aliases(150, "name") + "}", "inside `__schema`"},
		"a deep query":                   {q + repeat("{ a ", 900) + repeat("}", 900), "MAX_DEPTH"},
		"directives on a field":          {q + "{ a" + repeat(" @skip(if: false)", 2_500) + " }", "directives at one location"},
		"directives on a fragment":       {q + "{ ...F" + repeat(" @skip(if: false)", 120) + " ..." + repeat(" @skip(if: false)", 100) + " { a } } fragment F on Query @a @b @c @d @e { a }", "directives at one location"},
		"directives on the operation":    {q + repeat(" @skip(if: false)", 2_500) + " { a }", "directives at one location"},
		"directives on a variable":       {q + "($v: Int" + repeat(" @skip(if: false)", 250) + ") { a }", "directives at one location"},
		"directives everywhere":          {q + "{" + repeat(" a @skip(if: false)", 2_400) + " }", "MAX_DIRECTIVES"},
		"a list in a list":               {q + "{ a(x: " + repeat("[", 900) + repeat("]", 900) + ") }", "levels deep in one value"},
		"an object in an object":         {q + "{ a(x: " + repeat("{a: ", 450) + "1" + repeat("}", 450) + ") }", "levels deep in one value"},
		"a list type in a list type":     {q + "($v: " + repeat("[", 900) + "Int" + repeat("]", 900) + ") { a }", "levels deep in one value"},
		"a default in a default":         {q + "($v: Int = " + repeat("[", 900) + repeat("]", 900) + ") { a }", "levels deep in one value"},
		"fragments":                      {q + "{ ...F0 }" + numbered(2_700, " fragment F# on Query { a }"), "MAX_DEFINITIONS"},
		"operations":                     {numbered(3_800, " query Q#"+salt+" { a }"), "MAX_DEFINITIONS"},
		"operations with large fragment": {numbered(900, " query Q#"+salt+" { ...F }") + " fragment F on Query { avatarGroups { nodes {" + repeat(" id name", 300) + " } } }", "to validate"},
		"operations with a long list":    {numbered(900, " query Q#"+salt+" { ...F }") + " fragment F on Query { nodes(ids: [" + repeat(" 1", 1_000) + "]) { id } }", "to validate"},
		"a long list":                    {q + "{ nodes(ids: [" + repeat(" 1", 19_000) + "]) { id } }", "a list of 19000 values"},
		"a fragment on many paths":       {q + "{" + Aliases(200, "avatarGroups { nodes { ...F } }") + " } fragment F on AvatarGroup {" + repeat(" id name", 200) + " }", "to validate"},
		"a chain on many paths":          {q + "{" + Aliases(200, "avatarGroups { nodes { ...F0 } }") + " }" + strings.ReplaceAll(chain(300), "Query", "AvatarGroup") + " fragment F300 on AvatarGroup { id }", "to validate"},
		"variables":                      {q + "(" + numbered(3_800, "$v#: Int ") + ") { a }", "variables in one operation"},
		"a fragment that spreads itself": {q + "{ ...F } fragment F on Query { a { ...G ...G } } fragment G on Query { b { ...F ...F } }", "within itself"},
		"a long name":                    {q + "{ " + repeat("a", 900_000) + " }", "a name of 900000 bytes"},
		"a long value":                   {q + `{ a(x: "` + repeat("a", 900_000) + `") }`, "a value of 900000 bytes"},
	}
	maps.Copy(all, bombs(q))
	return all
}

// bombs returns documents whose fragments spread others several times each, at the head
// of an operation.
func bombs(operation string) map[string]HostileDocument {
	const expanded = "its fragments expanded"
	last := func(n int) string { return fmt.Sprintf(" fragment F%d on Query { __typename }", n) }
	double := func(n int, selections string) string { // @ is the next fragment
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " fragment F%d on Query {%s }", i, strings.NewReplacer("#", fmt.Sprint(i), "@", fmt.Sprintf("...F%d", i+1)).Replace(selections))
		}
		return operation + "{ ...F0 }" + b.String() + last(n)
	}
	return map[string]HostileDocument{
		"fragments that double":                       {double(30, " @ @"), expanded},
		"fragments that double twice":                 {double(30, " @ @ ... { @ @ }"), expanded},
		"fragments that double, with aliases":         {double(30, " a#: voices { nodes { id } } @ @ ... { @ @ }"), expanded},
		"fragments that double in inline fragments":   {double(60, " ... { @ } ... { @ }"), "a billion or more"},
		"fragments that double in fields":             {double(60, " a { @ } b { @ }"), expanded},
		"fragments that double in lists":              {double(15, " a#: avatarGroups { nodes { ... { @ @ } } } b#: avatarGroups { nodes { @ } }"), expanded},
		"fragments that double at the limit of depth": {operation + "{ ...G0 }" + groupBomb(6), "to validate"},
		"fragments that spread later ones":            {operation + "{ ...F0 }" + spreadingLater(60), expanded},
	}
}

// groupBomb returns fragments on groups that lead to groups by looks, each level under
// two names, and in a fragment with many equal leaves.
func groupBomb(levels int) string {
	var b strings.Builder
	b.WriteString(" fragment G0 on Query { avatarGroup(id: 1) { ...G1 } }")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&b, " fragment G%d on AvatarGroup { a: defaultVoice { ...L } b: looks { nodes { ...L group { ...G%d } } } c: looks { nodes { group { ...G%d } } } }", i, i+1, i+1)
	}
	return fmt.Sprintf("%s fragment G%d on AvatarGroup { id } fragment L on Node {%s }", b.String(), levels, strings.Repeat(" id", 3_000))
}
