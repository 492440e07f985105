package graph_test

import (
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// connections are the lists that this API has, as the tests of paging see them:
// what holds for one must hold for all of them.
var connections = []*listField{
	groupsList,
	{
		name: "private groups", field: "avatarGroups", filter: "ownership: PRIVATE", id: "groupId", limit: 50,
		ids: func(a *api) []string {
			return idsOf(a.Groups(), func(g sandbox.Group) (string, bool) { return g.ID, g.Ownership == sandbox.Private })
		},
		add: groupsList.add, remove: groupsList.remove,
	},
	{
		name: "photo avatars of one's own", field: "avatarLooks", filter: "avatarType: PHOTO_AVATAR, ownership: PRIVATE", id: "lookId", limit: 50,
		ids: func(a *api) []string {
			return idsOf(a.Looks(), func(l sandbox.Look) (string, bool) {
				return l.ID, l.Ownership == sandbox.Private && l.AvatarType == "photo_avatar"
			})
		},
		add: addLooks("photo_avatar", nil), remove: removeLooks,
	},
	{
		name: "looks by their group's id", field: "avatarLooks", filter: `groupId: "` + idOf(manyLooks) + `"`, id: "lookId", limit: 50,
		ids: looksOf(manyLooks, ""), add: addLooks("", new(manyLooks)), remove: removeLooks,
	},
	{
		name: "looks of a group", around: `avatarGroup(id: "` + idOf(manyLooks) + `")`, field: "looks", id: "lookId", limit: 50, extra: 1,
		ids: looksOf(manyLooks, ""), add: addLooks("", new(manyLooks)), remove: removeLooks,
	},
	{
		name: "studio looks of a group", around: `avatarGroup(id: "` + idOf(manyLooks) + `")`, field: "looks", filter: "avatarType: STUDIO_AVATAR", id: "lookId", limit: 50, extra: 1,
		ids: looksOf(manyLooks, "studio_avatar"), add: addLooks("studio_avatar", new(manyLooks)), remove: removeLooks,
	},
	{
		name: "voices", field: "voices", id: "voiceId", limit: 100,
		ids: func(a *api) []string {
			return idsOf(a.Voices(), func(v sandbox.Voice) (string, bool) { return v.ID, v.Type != sandbox.Private })
		},
		add: addVoices, remove: (*api).removeVoices,
	},
	{
		name: "English voices", field: "voices", filter: `language: "English"`, id: "voiceId", limit: 100,
		ids: func(a *api) []string {
			return idsOf(a.Voices(), func(v sandbox.Voice) (string, bool) {
				return v.ID, v.Type != sandbox.Private && v.Language == "English"
			})
		},
		add: addVoices, remove: (*api).removeVoices,
	},
}

var groupsList = &listField{
	name: "groups", field: "avatarGroups", id: "groupId", limit: 50,
	ids: func(a *api) []string {
		return idsOf(a.Groups(), func(g sandbox.Group) (string, bool) { return g.ID, true })
	},
	add: func(a *api, id string, at float64) {
		a.Add(sandbox.Group{ID: id, Name: "New", Ownership: sandbox.Private, CreatedAt: at})
	},
	remove: func(a *api, id string) { a.Remove(id) },
}

// listField is one list.
type listField struct {
	name   string
	around string // the field that it hangs from, if any
	field  string
	filter string
	id     string // the field of its nodes that has HeyGen's own id
	limit  int    // the size of HeyGen's pages
	extra  int    // calls that it takes to get at the list

	ids    func(*api) []string                 // what must be in it, in order
	add    func(a *api, id string, at float64) // at: Unix seconds, by which the list is ordered, latest first
	remove func(a *api, id string)
}

// query asks for one page, by the variables first, after, last and before.
func (l *listField) query() string {
	filter := l.filter
	if filter != "" {
		filter = ", " + filter
	}
	field := l.field + `(first: $first, after: $after, last: $last, before: $before` + filter + `) {
		edges { cursor node { ` + l.id + ` } }
		nodes { ` + l.id + ` }
		pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
	}`
	if l.around != "" {
		field = l.around + " { " + field + " }"
	}
	return `query($first: Int, $after: String, $last: Int, $before: String) { ` + field + ` }`
}

// in finds the connection in an answer; nil: it is null.
func (l *listField) in(out answer) map[string]any {
	data := out.Data
	if l.around != "" {
		data, _ = data[strings.SplitN(l.around, "(", 2)[0]].(map[string]any)
	}
	c, _ := data[l.field].(map[string]any)
	return c
}

// connection is a page as a client reads it.
type connection struct {
	ids, cursors   []string
	next, previous bool
	start, end     any
}

// page asks for one page, which must come without errors.
func (l *listField) page(t testing.TB, a *api, arguments vars) connection {
	t.Helper()
	return l.read(t, a.ok(t, l.query(), arguments))
}

// read takes the page out of an answer.
func (l *listField) read(t testing.TB, answer answer) connection {
	t.Helper()
	out := l.in(answer)
	info := out["pageInfo"].(map[string]any)
	c := connection{next: info["hasNextPage"].(bool), previous: info["hasPreviousPage"].(bool), start: info["startCursor"], end: info["endCursor"]}
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

// forEachList runs a test for every list over a sandbox of its own.
func forEachList(t *testing.T, o sandbox.Options, test func(*testing.T, *api, *listField)) {
	for _, l := range connections {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			test(t, newAPI(t, o), l)
		})
	}
}

// page asks for a page of groups.
func (a *api) page(t testing.TB, arguments vars) connection {
	t.Helper()
	return groupsList.page(t, a, arguments)
}

type vars = map[string]any

func idsOf[T any](all []T, of func(T) (id string, wanted bool)) (ids []string) {
	for _, one := range all {
		if id, wanted := of(one); wanted {
			ids = append(ids, id)
		}
	}
	return ids
}

// manyLooks is the group with 300 looks, and noLooks one without.
var manyLooks, noLooks = groupWith(300), groupWith(0)

func groupWith(looks int) string {
	for _, g := range sandbox.New(sandbox.Options{}).Groups() {
		if g.LooksCount == looks {
			return g.ID
		}
	}
	panic("no group has so many looks")
}

func looksOf(groupID, avatarType string) func(*api) []string {
	return func(a *api) []string {
		return idsOf(a.Looks(), func(l sandbox.Look) (string, bool) {
			return l.ID, l.GroupID != nil && *l.GroupID == groupID && (avatarType == "" || l.AvatarType == avatarType)
		})
	}
}

func addLooks(avatarType string, groupID *string) func(*api, string, float64) {
	return func(a *api, id string, at float64) {
		a.AddLooks(sandbox.Look{ID: id, Name: "New", GroupID: groupID, AvatarType: avatarType, Ownership: sandbox.Private, CreatedAt: at})
	}
}

func removeLooks(a *api, id string) { a.RemoveLooks(id) }

func addVoices(a *api, id string, at float64) {
	a.AddVoices(sandbox.Voice{ID: id, Name: "New", Language: "English", CreatedAt: at})
}

func (a *api) removeVoices(id string) { a.RemoveVoices(id) }

func TestTheListsOfTheTestsAreWorthTesting(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, l := range connections {
		if n := len(l.ids(a)); n < 20 {
			t.Errorf("%s: only %d", l.name, n)
		}
		l.add(a, "added", 3e9)
		if ids := l.ids(a); ids[0] != "added" {
			t.Errorf("%s: what was added is not the first", l.name)
		}
		l.remove(a, "added")
		if ids := l.ids(a); ids[0] == "added" {
			t.Errorf("%s: what was removed is still there", l.name)
		}
	}
	tested := map[string]bool{}
	for _, l := range connections {
		tested[l.field] = true
	}
	for _, def := range schema(t).Types {
		for _, f := range def.Fields {
			if strings.HasSuffix(f.Type.Name(), "Connection") && !tested[f.Name] {
				t.Errorf("%s.%s is tested nowhere", def.Name, f.Name)
			}
		}
	}
}
