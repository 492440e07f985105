package graph_test

import (
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// connectionCases are the connections of the schema. Each property of paging is tested for
// all of them.
var connectionCases = slices.Concat(plainConnections, catalogueConnections)

// plainConnections are lists in HeyGen's order, which are read page by page, some with
// HeyGen's filters.
var plainConnections = []*connectionCase{
	groupConnection,
	{
		name: "private groups", field: "avatarGroups", filter: "ownership: PRIVATE", id: "groupId", pageSize: 50,
		ids: func(a *api) []string {
			return filterIDs(a.Groups(), func(g sandbox.Group) (string, bool) { return g.ID, g.Ownership == sandbox.Private })
		},
		add: groupConnection.add, remove: groupConnection.remove,
	},
	{
		name: "private photo avatars", field: "avatarLooks", filter: "avatarType: PHOTO_AVATAR, ownership: PRIVATE", id: "lookId", pageSize: 50,
		ids: func(a *api) []string {
			return filterIDs(a.Looks(), func(l sandbox.Look) (string, bool) {
				return l.ID, l.Ownership == sandbox.Private && l.AvatarType == "photo_avatar"
			})
		},
		add: addLooks("photo_avatar", nil), remove: removeLooks,
	},
	{
		name: "looks by groupId", field: "avatarLooks", filter: `groupId: "` + groupGlobalID(groupWithManyLooks) + `"`, id: "lookId", pageSize: 50,
		ids: lookIDsOf(groupWithManyLooks, ""), add: addLooks("", new(groupWithManyLooks)), remove: removeLooks,
	},
	{
		name: "looks of a group", parent: `avatarGroup(id: "` + groupGlobalID(groupWithManyLooks) + `")`, field: "looks", id: "lookId", pageSize: 50, extraCalls: 1,
		ids: lookIDsOf(groupWithManyLooks, ""), add: addLooks("", new(groupWithManyLooks)), remove: removeLooks,
	},
	{
		name: "studio looks of a group", parent: `avatarGroup(id: "` + groupGlobalID(groupWithManyLooks) + `")`, field: "looks", filter: "avatarType: STUDIO_AVATAR", id: "lookId", pageSize: 50, extraCalls: 1,
		ids: lookIDsOf(groupWithManyLooks, "studio_avatar"), add: addLooks("studio_avatar", new(groupWithManyLooks)), remove: removeLooks,
	},
	{
		name: "voices", field: "voices", id: "voiceId", pageSize: 100,
		ids: func(a *api) []string {
			return filterIDs(a.Voices(), func(v sandbox.Voice) (string, bool) { return v.ID, v.Type != sandbox.Private })
		},
		add: addVoices, remove: (*api).removeVoices,
	},
	{
		name: "English voices", field: "voices", filter: `language: "English"`, id: "voiceId", pageSize: 100,
		ids: func(a *api) []string {
			return filterIDs(a.Voices(), func(v sandbox.Voice) (string, bool) {
				return v.ID, v.Type != sandbox.Private && v.Language == "English"
			})
		},
		add: addVoices, remove: (*api).removeVoices,
	},
}

var groupConnection = &connectionCase{
	name: "groups", field: "avatarGroups", id: "groupId", pageSize: 50,
	ids: func(a *api) []string {
		return filterIDs(a.Groups(), func(g sandbox.Group) (string, bool) { return g.ID, true })
	},
	add: func(a *api, id string, createdAt float64) {
		a.AddGroups(sandbox.Group{ID: id, Name: "New", Ownership: sandbox.Private, CreatedAt: createdAt})
	},
	remove: func(a *api, id string) { a.RemoveGroups(id) },
}

// connectionCase is a connection, with the list of the sandbox that it must equal.
type connectionCase struct {
	name       string
	parent     string // field of Query with its argument; empty: the connection is a field of Query
	field      string
	filter     string
	id         string // field of its nodes with HeyGen's id
	pageSize   int    // of HeyGen
	extraCalls int    // upstream calls before that of the list
	catalogue  bool   // the list is read as a whole

	ids    func(*api) []string                        // expected ids, in order
	add    func(a *api, id string, createdAt float64) // Unix seconds; plain lists are in descending order
	remove func(a *api, id string)
}

// query returns a document that selects one page by the variables first, after, last and
// before.
func (l *connectionCase) query() string {
	filter := l.filter
	if filter != "" {
		filter = ", " + filter
	}
	field := l.field + `(first: $first, after: $after, last: $last, before: $before` + filter + `) {
		edges { cursor node { ` + l.id + ` } }
		nodes { ` + l.id + ` }
		pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
	}`
	if l.parent != "" {
		field = l.parent + " { " + field + " }"
	}
	return `query($first: Int, $after: String, $last: Int, $before: String) { ` + field + ` }`
}

// find returns the connection in a response. It returns nil if the connection is null.
func (l *connectionCase) find(out response) map[string]any {
	data := out.Data
	if l.parent != "" {
		data, _ = data[strings.SplitN(l.parent, "(", 2)[0]].(map[string]any)
	}
	c, _ := data[l.field].(map[string]any)
	return c
}

// connectionPage is one page, as a client decodes it.
type connectionPage struct {
	ids, cursors   []string
	next, previous bool
	start, end     any
}

// fetchPage requests one page. It fails the test if the response has errors.
func (l *connectionCase) fetchPage(t testing.TB, a *api, arguments vars) connectionPage {
	t.Helper()
	return l.parsePage(t, a.mustDo(t, l.query(), arguments))
}

// parsePage returns the page in a response. It fails the test if nodes and edges differ.
func (l *connectionCase) parsePage(t testing.TB, r response) connectionPage {
	t.Helper()
	out := l.find(r)
	info := out["pageInfo"].(map[string]any)
	c := connectionPage{next: info["hasNextPage"].(bool), previous: info["hasPreviousPage"].(bool), start: info["startCursor"], end: info["endCursor"]}
	nodes := out["nodes"].([]any)
	for i, edge := range out["edges"].([]any) {
		e := edge.(map[string]any)
		c.cursors = append(c.cursors, e["cursor"].(string))
		c.ids = append(c.ids, e["node"].(map[string]any)[l.id].(string))
		if len(nodes) <= i || nodes[i].(map[string]any)[l.id] != c.ids[i] {
			t.Errorf("nodes and edges differ at %d", i)
		}
	}
	return c
}

// forEachConnection runs a test for each connection, each with its own sandbox.
func forEachConnection(t *testing.T, o sandbox.Options, test func(*testing.T, *api, *connectionCase)) {
	forEach(t, connectionCases, o, test)
}

// forEachPlainConnection leaves out the catalogues, whose pages of HeyGen's do not depend on
// the requested page, whose cursors hold no page token, and which have no bound of 40 pages.
func forEachPlainConnection(t *testing.T, o sandbox.Options, test func(*testing.T, *api, *connectionCase)) {
	forEach(t, plainConnections, o, test)
}

func forEach(t *testing.T, connections []*connectionCase, o sandbox.Options, test func(*testing.T, *api, *connectionCase)) {
	for _, l := range connections {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			test(t, newAPI(t, o), l)
		})
	}
}

// forEachUnchangedConnection runs a test that does not change the list. Catalogues are cached
// by it, as each page would cost a whole list, and tested with one kind of page token.
func forEachUnchangedConnection(t *testing.T, o sandbox.Options, test func(*testing.T, *api, *connectionCase)) {
	forEachPlainConnection(t, o, test)
	if o.TokenKind != sandbox.StartID {
		return
	}
	for _, l := range catalogueConnections {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			test(t, newCachedAPI(t, o), l)
		})
	}
}

// groupPage requests a page of groups.
func (a *api) groupPage(t testing.TB, arguments vars) connectionPage {
	t.Helper()
	return groupConnection.fetchPage(t, a, arguments)
}

// vars is a JSON object, such as the variables of an operation.
type vars = map[string]any

// filterIDs returns the ids of the selected items.
func filterIDs[T any](items []T, include func(T) (id string, selected bool)) (ids []string) {
	for _, item := range items {
		if id, selected := include(item); selected {
			ids = append(ids, id)
		}
	}
	return ids
}

// groupWithManyLooks has 300 looks, groupWithoutLooks has none.
var groupWithManyLooks, groupWithoutLooks = groupWithLookCount(300), groupWithLookCount(0)

func groupWithLookCount(looks int) string {
	for _, g := range sandbox.New(sandbox.Options{}).Groups() {
		if g.LooksCount == looks {
			return g.ID
		}
	}
	panic("no group has that many looks")
}

func lookIDsOf(groupID, avatarType string) func(*api) []string {
	return func(a *api) []string {
		return filterIDs(a.Looks(), func(l sandbox.Look) (string, bool) {
			return l.ID, l.GroupID != nil && *l.GroupID == groupID && (avatarType == "" || l.AvatarType == avatarType)
		})
	}
}

func addLooks(avatarType string, groupID *string) func(*api, string, float64) {
	return func(a *api, id string, createdAt float64) {
		a.AddLooks(sandbox.Look{ID: id, Name: "New", GroupID: groupID, AvatarType: avatarType, Ownership: sandbox.Private, CreatedAt: createdAt})
	}
}

func removeLooks(a *api, id string) { a.RemoveLooks(id) }

func addVoices(a *api, id string, createdAt float64) {
	a.AddVoices(sandbox.Voice{ID: id, Name: "New", Language: "English", CreatedAt: createdAt})
}

func (a *api) removeVoices(id string) { a.RemoveVoices(id) }

func TestConnectionCasesCoverEveryConnection(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, l := range connectionCases {
		if n := len(l.ids(a)); n < 20 {
			t.Errorf("%s: only %d items", l.name, n)
		}
		l.add(a, "added", 3e9)
		if ids := l.ids(a); ids[0] != "added" && (!l.catalogue || !slices.Contains(ids, "added")) {
			t.Errorf("%s: the added item is not the first", l.name)
		}
		l.remove(a, "added")
		if slices.Contains(l.ids(a), "added") {
			t.Errorf("%s: the removed item is still listed", l.name)
		}
	}
	tested := map[string]bool{}
	for _, l := range connectionCases {
		tested[l.field] = true
	}
	for _, def := range servedSchema(t).Types {
		for _, f := range def.Fields {
			if strings.HasSuffix(f.Type.Name(), "Connection") && !tested[f.Name] {
				t.Errorf("%s.%s has no connection case", def.Name, f.Name)
			}
		}
	}
}
