package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"heygen-graphql/heygen/sandbox"
)

// TestOperationsNeverExceedRequestedCost runs generated documents over the whole schema
// against several configurations of HeyGen, and counts their calls.
func TestOperationsNeverExceedRequestedCost(t *testing.T) {
	var fixtures []*costFixture
	for _, o := range []sandbox.Options{{}, {OmittedIsPublic: true, UnknownGroupIs404: true}, {OmittedIsPublic: true, TokenKind: sandbox.PageNumbers}} {
		fixtures = append(fixtures, newCostFixture(t, o))
	}
	documents, maxCalls, totalCalls := 0, 0, 0
	rapid.Check(t, func(r *rapid.T) {
		f := rapid.SampledFrom(fixtures).Draw(r, "fixture")
		query := f.document(r)
		cost := requestedCost(t, query, vars{"yes": true, "no": false})
		documents++
		f.ResetCalls()
		out := f.do(t, query, vars{"yes": true, "no": false})
		if calls := len(f.Calls()); calls > cost {
			r.Fatalf("%d calls, at a cost of %d: %s", calls, cost, query)
		} else if calls > 0 {
			maxCalls, totalCalls = max(maxCalls, calls), totalCalls+calls
		}
		if out.Data == nil && out.codes() != "QUERY_TOO_COMPLEX" {
			r.Fatalf("%.300s: %s", out.Body, query)
		}
	})
	if maxCalls < 20 || totalCalls < 2*documents {
		t.Errorf("only %d calls for the largest of %d operations and %d for all, too few to test the bound", maxCalls, documents, totalCalls)
	}
}

// costFixture is an api, with arguments for its fields.
type costFixture struct {
	*api
	ids     map[string][]string // by type
	cursors map[string][]string // by the field of the connection
}

func newCostFixture(t *testing.T, o sandbox.Options) *costFixture {
	f := &costFixture{api: newAPI(t, o, withHighLimits), ids: map[string][]string{}, cursors: map[string][]string{}}
	groups, looks, voices := f.Groups(), f.Looks(), f.Voices()
	for i := range 8 {
		f.ids["AvatarGroup"] = append(f.ids["AvatarGroup"], groupGlobalID(groups[i*40].ID))
		f.ids["AvatarLook"] = append(f.ids["AvatarLook"], lookGlobalID(looks[i*300].ID))
		f.ids["Voice"] = append(f.ids["Voice"], globalID("Voice", voices[i*30].ID))
	}
	f.ids["AvatarGroup"] = append(f.ids["AvatarGroup"], groupGlobalID(groupWithManyLooks), groupGlobalID(groupWithoutLooks), "no_such_id", "a/b")
	f.cursors["avatarGroups"] = f.groupPage(t, vars{"first": 100}).cursors
	f.cursors["avatarLooks"] = (&connectionCase{field: "avatarLooks", id: "lookId"}).fetchPage(t, f.api, vars{"first": 100}).cursors
	f.cursors["voices"] = (&connectionCase{field: "voices", id: "voiceId"}).fetchPage(t, f.api, vars{"first": 100}).cursors
	f.cursors["looks"] = plainConnections[4].fetchPage(t, f.api, vars{"first": 100}).cursors
	for _, l := range catalogueConnections {
		f.cursors[l.field] = append(f.cursors[l.field], l.fetchPage(t, f.api, vars{"first": 10}).cursors...)
	}
	for i := range 130 { // moves the edges of the cursors by more than two pages
		f.AddGroups(sandbox.Group{ID: fmt.Sprintf("new%d", i), Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9, LooksCount: i % 3})
	}
	for i, g := range groups[:80] { // some of the edges are deleted
		if i%3 == 0 {
			f.RemoveGroups(g.ID)
		}
	}
	return f
}

// documentGenerator generates one document.
type documentGenerator struct {
	*rapid.T
	fixture     *costFixture
	aliases     int
	fragments   map[string][]string // names, by type
	definitions strings.Builder
}

func (f *costFixture) document(r *rapid.T) string {
	d := &documentGenerator{T: r, fixture: f, fragments: map[string][]string{}}
	var root strings.Builder
	for range d.intBetween(1, 4) {
		root.WriteString(d.rootField() + " ")
	}
	query := "query($yes: Boolean!, $no: Boolean!) { __typename @include(if: $yes) __typename @skip(if: $no) " + root.String()
	return query + "} " + d.definitions.String()
}

func (d *documentGenerator) intBetween(low, high int) int {
	return rapid.IntRange(low, high).Draw(d.T, "n")
}

func (d *documentGenerator) oneOf(values ...string) string {
	return rapid.SampledFrom(values).Draw(d.T, "one")
}

func (d *documentGenerator) alias() string {
	d.aliases++
	return fmt.Sprintf("a%d: ", d.aliases)
}

// rootField returns a field of Query.
func (d *documentGenerator) rootField() string {
	s := d.alias()
	switch d.intBetween(0, 5) {
	case 0:
		s += "avatarGroups" + d.connection("avatarGroups", 1, 0, d.oneOf("", " ownership: PRIVATE", " ownership: PUBLIC")+d.selection(groupSelections), "AvatarGroup")
	case 1:
		s += "avatarLooks" + d.connection("avatarLooks", 1, 0, d.oneOf("", " ownership: PRIVATE", " groupId: \""+d.id("AvatarGroup")+"\"", " avatarType: PHOTO_AVATAR", " avatarType: UNKNOWN"), "AvatarLook")
	case 2:
		s += "voices" + d.connection("voices", 1, 0, d.oneOf("", " type: PRIVATE", " language: \"English\"", " gender: \"\"")+d.selection(voiceSelections), "Voice")
	case 3:
		typeName := d.oneOf("AvatarGroup", "AvatarLook", "Voice")
		field := strings.ToLower(typeName[:1]) + typeName[1:]
		s += field + "(id: \"" + d.id(typeName) + "\")" + d.directive() + d.selections(typeName, 1, 0)
	case 4:
		s += "node(id: \"" + d.id(d.oneOf("AvatarGroup", "AvatarLook", "Voice")) + "\")" + d.nodeSelections(1)
	case 5:
		var ids []string
		for range d.intBetween(0, 5) {
			ids = append(ids, "\""+d.id(d.oneOf("AvatarGroup", "AvatarLook", "Voice"))+"\"")
		}
		s += "nodes(ids: [" + strings.Join(ids, " ") + "])" + d.nodeSelections(5)
	}
	if d.intBetween(0, 4) == 0 {
		return "... on Query" + d.directive() + " { " + s + " }"
	}
	return s
}

func (d *documentGenerator) id(typeName string) string { return d.oneOf(d.fixture.ids[typeName]...) }

func (d *documentGenerator) directive() string {
	return d.oneOf("", "", "", " @skip(if: $no)", " @include(if: $yes)", " @include(if: $no)", " @skip(if: true)")
}

func (d *documentGenerator) nodeSelections(parents int) string {
	var s strings.Builder
	s.WriteString(" { id ")
	for _, typeName := range []string{"AvatarGroup", "AvatarLook", "Voice"} {
		if d.intBetween(0, 2) > 0 {
			s.WriteString("... on " + typeName + d.directive() + d.selections(typeName, parents, 0) + " ")
		}
	}
	return s.String() + "}"
}

// connection returns the arguments and the selections of a connection that so many
// parents have.
func (d *documentGenerator) connection(field string, parents, depth int, filter, typeName string) string {
	maxItems := max(1, 120/parents) // otherwise one document would take minutes
	arguments := filter
	items := min(20, maxItems)
	if d.intBetween(0, 9) > 0 || maxItems < 20 {
		items = min(d.intBetween(0, 105), maxItems+d.intBetween(0, 3))
		arguments += fmt.Sprintf(" %s: %d", d.oneOf("first", "first", "last"), items)
	}
	for _, argument := range []string{" after", " before"} {
		if d.intBetween(0, 5) == 0 {
			arguments += argument + ": \"" + d.oneOf(d.fixture.cursors[field]...) + "\""
		}
	}
	if arguments != "" {
		arguments = "(" + arguments + ")"
	}
	var s strings.Builder
	s.WriteString(" { pageInfo { " + d.oneOf("hasNextPage", "hasPreviousPage", "startCursor", "__typename") + " endCursor } ")
	if d.intBetween(0, 3) == 0 {
		s.WriteString("..." + d.directive() + " { " + d.oneOf(connectionCounts[typeName]...) + " } ")
	}
	for range d.intBetween(0, 2) {
		selections := d.selections(typeName, parents*max(items, 1), depth)
		s.WriteString(d.oneOf("nodes"+selections+" ", "edges { cursor node"+selections+" } ", d.alias()+"nodes"+selections+" ", "... { nodes"+d.directive()+selections+" } "))
	}
	return arguments + d.directive() + s.String() + "}"
}

// selection returns arguments that search, filter or sort a connection, or none.
func (d *documentGenerator) selection(arguments [][]string) (s string) {
	for _, values := range arguments {
		if d.intBetween(0, 3) == 0 {
			s += " " + d.oneOf(values...)
		}
	}
	return s
}

// The arguments that search, filter or sort a connection; some restrict nothing, and some are
// invalid.
var (
	searches = []string{`search: "a"`, `search: "m"`, `search: "new"`, `search: " N\u00ebw!"`, `search: "é 漢"`, `search: " "`, `search: ""`, `search: null`, `search: "a b c d e f g h i"`}

	groupSelections = [][]string{searches, {
		`filter: {gender: FEMALE}`, `filter: {gender: [MALE, UNKNOWN], status: [COMPLETED]}`, `filter: {status: UNKNOWN, hasPreviewImage: true}`, `filter: {hasDefaultVoice: false, minLooksCount: 2}`,
		`filter: {createdFrom: "2026-01-01T00:00:00Z"}`, `filter: {createdBefore: "2100-01-01T00:00:00+02:00", gender: []}`, `filter: {}`, `filter: null`, `filter: {minLooksCount: 0, gender: []}`,
	}, {`orderBy: {field: NAME}`, `orderBy: {field: NAME, direction: DESC}`, `orderBy: {direction: ASC, field: CREATED_AT}`, `orderBy: {field: LOOKS_COUNT, direction: DESC}`, `orderBy: null`}}

	lookSelections = [][]string{searches, {
		`filter: {readiness: READY}`, `filter: {readiness: [NOT_READY, UNKNOWN], orientation: null}`, `filter: {orientation: [PORTRAIT, UNKNOWN]}`, `filter: {tags: ["Casual", "new"]}`, `filter: {tags: []}`, `filter: {tags: ""}`,
	}}

	voiceSelections = [][]string{searches, {`orderBy: {field: NAME}`, `orderBy: {field: LANGUAGE, direction: DESC}`, `orderBy: null`}}
)

// connectionCounts are fields of connections that count the whole list.
var connectionCounts = map[string][]string{
	"AvatarGroup": {"totalCount", "total: totalCount", "facets { gender { value count } status { count value __typename } }", "facets { ... on AvatarGroupFacets { s: status { value } } }"},
	"AvatarLook":  {"totalCount", "total: totalCount"},
	"Voice":       {"totalCount", "facets { gender { count value } }", "facets { ... { language { value count } } gender { __typename } }", "f: facets { __typename }"},
}

// selections returns the selection set of a type that so many objects have.
func (d *documentGenerator) selections(typeName string, parents, depth int) string {
	s := " { id "
	if parents > 3_000 {
		return s + "}"
	}
	for range d.intBetween(0, 3) {
		if names := d.fragments[typeName]; len(names) > 0 && d.intBetween(0, 3) == 0 {
			s += "..." + d.oneOf(names...) + d.directive() + " "
			continue
		}
		field := d.field(typeName, parents, depth)
		switch d.intBetween(0, 5) {
		case 0:
			name := fmt.Sprintf("F%d", d.aliases)
			d.aliases++
			fmt.Fprintf(&d.definitions, " fragment %s on %s { %s }", name, typeName, field)
			d.fragments[typeName] = append(d.fragments[typeName], name)
			s += "..." + name + d.directive() + " "
		case 1:
			s += "... on " + d.oneOf(typeName, "Node") + d.directive() + " { ... on " + typeName + " { " + field + " } } "
		default:
			s += field + " "
		}
	}
	return s + "}"
}

// field returns a field of a type.
func (d *documentGenerator) field(typeName string, parents, depth int) string {
	switch typeName + d.oneOf("0", "1") {
	case "AvatarGroup0":
		if depth < 3 {
			return d.alias() + "looks" + d.connection("looks", parents, depth+1, d.oneOf("", "", " avatarType: STUDIO_AVATAR", " avatarType: UNKNOWN")+d.selection(lookSelections), "AvatarLook")
		}
	case "AvatarLook0":
		if depth < 3 {
			return "group" + d.selections("AvatarGroup", parents, depth+1)
		}
	case "AvatarGroup1", "AvatarLook1":
		return "defaultVoice" + d.selections("Voice", parents, depth)
	case "Voice0":
		name := d.oneOf("supportInteractiveAvatar", "status", "failureMessage", "createdAt")
		return "Voice_" + name + ": " + name
	}
	return d.leafField(typeName)
}

// leafField returns a field that needs no upstream call of its own.
func (d *documentGenerator) leafField(typeName string) string {
	leaf := d.oneOf(leafFields[typeName]...)
	if name, _, _ := strings.Cut(leaf, " "); name != "__typename" {
		// An alias: fields of the same name that differ in nullability between types cannot be merged.
		return typeName + "_" + name + ": " + name + d.directive() + strings.TrimPrefix(leaf, name)
	}
	return leaf + d.directive()
}

var leafFields = map[string][]string{
	"AvatarGroup": {
		"__typename", "id", "groupId", "name", "gender", "genderCategory", "previewImageUrl", "previewVideoUrl", "previewExpiresAt", "ownership", "looksCount", "defaultVoiceId", "consentStatus", "status",
		"error { code message }", "createdAt",
	},
	"AvatarLook": {
		"__typename", "id", "lookId", "name", "avatarType", "groupId", "gender", "genderCategory", "tags", "supportedApiEngines", "previewImageUrl", "previewVideoUrl", "previewExpiresAt",
		"imageWidth", "imageHeight", "aspectRatio", "preferredOrientation", "defaultVoiceId", "status", "error { message __typename }", "readiness { state reason }",
	},
	"Voice": {"__typename", "id", "voiceId", "name", "language", "gender", "genderCategory", "previewAudioUrl", "supportPause"},
}
