package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"heygen-graphql/heygen/sandbox"
)

// TestNoOperationCostsMoreThanItMay runs documents made up over the whole schema
// against HeyGens of every kind, and counts.
func TestNoOperationCostsMoreThanItMay(t *testing.T) {
	var worlds []*costWorld
	for _, o := range []sandbox.Options{{}, {OmittedIsPublic: true, UnknownGroupIs404: true}, {OmittedIsPublic: true, TokenKind: sandbox.PageNumbers}} {
		worlds = append(worlds, newCostWorld(t, o))
	}
	most, calls := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		w := rapid.SampledFrom(worlds).Draw(r, "world")
		query := w.document(r)
		requested := requested(t, query, vars{"yes": true, "no": false})
		w.ResetCalls()
		out := w.do(t, query, vars{"yes": true, "no": false})
		if made := len(w.Calls()); made > requested {
			r.Fatalf("%d calls, and it may need %d: %s", made, requested, query)
		} else if made > 0 {
			most, calls = max(most, made), calls+made
		}
		if out.Data == nil && out.codes() != "QUERY_TOO_COMPLEX" {
			r.Fatalf("%.300s: %s", out.Body, query)
		}
	})
	if most < 20 || calls < 200 {
		t.Errorf("at most %d calls for one operation and %d for all are not worth the test", most, calls)
	}
}

// costWorld is a HeyGen, and what to ask it for.
type costWorld struct {
	*api
	ids     map[string][]string // by type
	cursors map[string][]string // by the field of the list
}

func newCostWorld(t *testing.T, o sandbox.Options) *costWorld {
	w := &costWorld{api: newAPI(t, o, withHighLimits), ids: map[string][]string{}, cursors: map[string][]string{}}
	groups, looks, voices := w.Groups(), w.Looks(), w.Voices()
	for i := range 8 {
		w.ids["AvatarGroup"] = append(w.ids["AvatarGroup"], groupGlobalID(groups[i*40].ID))
		w.ids["AvatarLook"] = append(w.ids["AvatarLook"], lookGlobalID(looks[i*300].ID))
		w.ids["Voice"] = append(w.ids["Voice"], globalID("Voice", voices[i*30].ID))
	}
	w.ids["AvatarGroup"] = append(w.ids["AvatarGroup"], groupGlobalID(groupWithManyLooks), groupGlobalID(groupWithoutLooks), "nobody", "a/b")
	w.cursors["avatarGroups"] = w.groupPage(t, vars{"first": 100}).cursors
	w.cursors["avatarLooks"] = (&connectionCase{field: "avatarLooks", id: "lookId"}).fetchPage(t, w.api, vars{"first": 100}).cursors
	w.cursors["voices"] = (&connectionCase{field: "voices", id: "voiceId"}).fetchPage(t, w.api, vars{"first": 100}).cursors
	w.cursors["looks"] = connectionCases[4].fetchPage(t, w.api, vars{"first": 100}).cursors
	for i := range 130 { // the edges that cursors name move by two pages and more
		w.Add(sandbox.Group{ID: fmt.Sprintf("new%d", i), Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9, LooksCount: i % 3})
	}
	for i, g := range groups[:80] { // and some are gone
		if i%3 == 0 {
			w.Remove(g.ID)
		}
	}
	return w
}

// documents makes up one document.
type documents struct {
	*rapid.T
	world     *costWorld
	aliases   int
	fragments map[string][]string // names, by type
	defined   strings.Builder
}

func (w *costWorld) document(r *rapid.T) string {
	d := &documents{T: r, world: w, fragments: map[string][]string{}}
	var root strings.Builder
	for range d.upTo(1, 4) {
		root.WriteString(d.root() + " ")
	}
	text := "query($yes: Boolean!, $no: Boolean!) { __typename @include(if: $yes) __typename @skip(if: $no) " + root.String()
	return text + "} " + d.defined.String()
}

func (d *documents) upTo(least, most int) int { return rapid.IntRange(least, most).Draw(d.T, "n") }

func (d *documents) one(of ...string) string { return rapid.SampledFrom(of).Draw(d.T, "one") }

func (d *documents) alias() string {
	d.aliases++
	return fmt.Sprintf("a%d: ", d.aliases)
}

// root is one field of Query.
func (d *documents) root() string {
	text := d.alias()
	switch d.upTo(0, 5) {
	case 0:
		text += "avatarGroups" + d.paged("avatarGroups", 1, 0, d.one("", " ownership: PRIVATE", " ownership: PUBLIC"), "AvatarGroup")
	case 1:
		text += "avatarLooks" + d.paged("avatarLooks", 1, 0, d.one("", " ownership: PRIVATE", " groupId: \""+d.id("AvatarGroup")+"\"", " avatarType: PHOTO_AVATAR", " avatarType: UNKNOWN"), "AvatarLook")
	case 2:
		text += "voices" + d.paged("voices", 1, 0, d.one("", " type: PRIVATE", " language: \"English\"", " gender: \"\""), "Voice")
	case 3:
		typeName := d.one("AvatarGroup", "AvatarLook", "Voice")
		field := strings.ToLower(typeName[:1]) + typeName[1:]
		text += field + "(id: \"" + d.id(typeName) + "\")" + d.skipped() + d.object(typeName, 1, 0)
	case 4:
		text += "node(id: \"" + d.id(d.one("AvatarGroup", "AvatarLook", "Voice")) + "\")" + d.node(1)
	case 5:
		var ids []string
		for range d.upTo(0, 5) {
			ids = append(ids, "\""+d.id(d.one("AvatarGroup", "AvatarLook", "Voice"))+"\"")
		}
		text += "nodes(ids: [" + strings.Join(ids, " ") + "])" + d.node(5)
	}
	if d.upTo(0, 4) == 0 {
		return "... on Query" + d.skipped() + " { " + text + " }"
	}
	return text
}

func (d *documents) id(typeName string) string { return d.one(d.world.ids[typeName]...) }

func (d *documents) skipped() string {
	return d.one("", "", "", " @skip(if: $no)", " @include(if: $yes)", " @include(if: $no)", " @skip(if: true)")
}

func (d *documents) node(parents int) string {
	var text strings.Builder
	text.WriteString(" { id ")
	for _, typeName := range []string{"AvatarGroup", "AvatarLook", "Voice"} {
		if d.upTo(0, 2) > 0 {
			text.WriteString("... on " + typeName + d.skipped() + d.object(typeName, parents, 0) + " ")
		}
	}
	return text.String() + "}"
}

// paged is the arguments and the selections of a connection of so many parents.
func (d *documents) paged(field string, parents, depth int, filter, typeName string) string {
	most := max(1, 120/parents) // or one document would take minutes
	arguments := filter
	items := min(20, most)
	if d.upTo(0, 9) > 0 || most < 20 {
		items = min(d.upTo(0, 105), most+d.upTo(0, 3))
		arguments += fmt.Sprintf(" %s: %d", d.one("first", "first", "last"), items)
	}
	for _, argument := range []string{" after", " before"} {
		if d.upTo(0, 5) == 0 {
			arguments += argument + ": \"" + d.one(d.world.cursors[field]...) + "\""
		}
	}
	if arguments != "" {
		arguments = "(" + arguments + ")"
	}
	var text strings.Builder
	text.WriteString(" { pageInfo { " + d.one("hasNextPage", "hasPreviousPage", "startCursor", "__typename") + " endCursor } ")
	for range d.upTo(0, 2) {
		inside := d.object(typeName, parents*max(items, 1), depth)
		text.WriteString(d.one("nodes"+inside+" ", "edges { cursor node"+inside+" } ", d.alias()+"nodes"+inside+" ", "... { nodes"+d.skipped()+inside+" } "))
	}
	return arguments + d.skipped() + text.String() + "}"
}

// object is the selections of so many objects.
func (d *documents) object(typeName string, parents, depth int) string {
	text := " { id "
	if parents > 3_000 {
		return text + "}"
	}
	for range d.upTo(0, 3) {
		if names := d.fragments[typeName]; len(names) > 0 && d.upTo(0, 3) == 0 {
			text += "..." + d.one(names...) + d.skipped() + " "
			continue
		}
		part := d.part(typeName, parents, depth)
		switch d.upTo(0, 5) {
		case 0:
			name := fmt.Sprintf("F%d", d.aliases)
			d.aliases++
			fmt.Fprintf(&d.defined, " fragment %s on %s { %s }", name, typeName, part)
			d.fragments[typeName] = append(d.fragments[typeName], name)
			text += "..." + name + d.skipped() + " "
		case 1:
			text += "... on " + d.one(typeName, "Node") + d.skipped() + " { ... on " + typeName + " { " + part + " } } "
		default:
			text += part + " "
		}
	}
	return text + "}"
}

// part is one field of an object.
func (d *documents) part(typeName string, parents, depth int) string {
	switch typeName + d.one("0", "1") {
	case "AvatarGroup0":
		if depth < 3 {
			return d.alias() + "looks" + d.paged("looks", parents, depth+1, d.one("", "", " avatarType: STUDIO_AVATAR", " avatarType: UNKNOWN"), "AvatarLook")
		}
	case "AvatarLook0":
		if depth < 3 {
			return "group" + d.object("AvatarGroup", parents, depth+1)
		}
	case "AvatarGroup1", "AvatarLook1":
		return "defaultVoice" + d.object("Voice", parents, depth)
	case "Voice0":
		field := d.one("supportInteractiveAvatar", "status", "failureMessage", "createdAt")
		return "Voice_" + field + ": " + field
	}
	return d.plain(typeName)
}

// plain is a field that is part of its object.
func (d *documents) plain(typeName string) string {
	field := d.one(plainFields[typeName]...)
	if name, _, _ := strings.Cut(field, " "); name != "__typename" {
		// What may be null in one type and not in another cannot stand beside it under the same name.
		return typeName + "_" + name + ": " + name + d.skipped() + strings.TrimPrefix(field, name)
	}
	return field + d.skipped()
}

var plainFields = map[string][]string{
	"AvatarGroup": {
		"__typename", "id", "groupId", "name", "gender", "previewImageUrl", "previewVideoUrl", "looksCount", "defaultVoiceId", "consentStatus", "status",
		"error { code message }", "createdAt",
	},
	"AvatarLook": {
		"__typename", "id", "lookId", "name", "avatarType", "groupId", "gender", "tags", "supportedApiEngines", "previewImageUrl", "previewVideoUrl",
		"imageWidth", "imageHeight", "preferredOrientation", "defaultVoiceId", "status", "error { message __typename }", "readiness { state reason }",
	},
	"Voice": {"__typename", "id", "voiceId", "name", "language", "gender", "previewAudioUrl", "supportPause"},
}
