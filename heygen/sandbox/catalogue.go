package sandbox

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
)

//go:embed catalogue.json
var catalogueJSON []byte

// catalogue is the embedded groups in list order, decoded once for all sandboxes. Nobody may change what it gives.
var catalogue = sync.OnceValue(func() []Group {
	var lines []json.RawMessage
	if err := json.Unmarshal(catalogueJSON, &lines); err != nil {
		panic(err) // the file is part of the binary, and every test reads it
	}
	groups := make([]Group, len(lines))
	for i, line := range lines {
		groups[i] = read(line)
	}
	slices.SortFunc(groups, listOrder)
	return groups
})

// read reads a line of the catalogue: the wire format and ownership.
func read(line []byte) Group {
	var in struct {
		Ownership       Ownership   `json:"ownership"`
		ID              string      `json:"id"`
		Name            string      `json:"name"`
		Gender          *string     `json:"gender"`
		PreviewImageURL *string     `json:"preview_image_url"`
		PreviewVideoURL *string     `json:"preview_video_url"`
		LooksCount      int         `json:"looks_count"`
		DefaultVoiceID  *string     `json:"default_voice_id"`
		ConsentStatus   *string     `json:"consent_status"`
		Status          *string     `json:"status"`
		Error           *GroupError `json:"error"`
		CreatedAt       float64     `json:"created_at"`
	}
	var present map[string]json.RawMessage
	if err := cmp.Or(json.Unmarshal(line, &in), json.Unmarshal(line, &present)); err != nil {
		panic(err)
	}
	g := Group{
		ID: in.ID, Name: in.Name, Ownership: in.Ownership, Gender: in.Gender,
		PreviewImageURL: in.PreviewImageURL, PreviewVideoURL: in.PreviewVideoURL, LooksCount: in.LooksCount,
		DefaultVoiceID: in.DefaultVoiceID, ConsentStatus: in.ConsentStatus, Status: in.Status, Error: in.Error,
		CreatedAt: in.CreatedAt,
	}
	for _, key := range []string{
		"gender", "preview_image_url", "preview_video_url", "default_voice_id", "consent_status", "status", "error",
	} {
		if _, ok := present[key]; !ok {
			g.Absent = append(g.Absent, key)
		}
	}
	return g
}

func listOrder(a, b Group) int {
	return cmp.Or(cmp.Compare(b.CreatedAt, a.CreatedAt), cmp.Compare(a.ID, b.ID))
}

// Groups gives all groups, public and private, in list order: newest first, those of one second by id. It is a copy.
// URLs are as they are kept: those of the catalogue start with /.
func (s *Sandbox) Groups() []Group {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return cloneGroups(s.groups)
}

// Add puts groups in the list, each where its CreatedAt and ID belong. A group with the id of another takes its place.
func (s *Sandbox) Add(groups ...Group) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range cloneGroups(groups) {
		if g.Ownership == "" {
			g.Ownership = Public
		}
		s.groups = append(without(s.groups, g.ID), g)
	}
	slices.SortFunc(s.groups, listOrder)
}

// Remove takes groups out of the list. An id that is not there is no error.
func (s *Sandbox) Remove(ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups = without(s.groups, ids...)
}

// group finds a group by its id. The URLs in it are as they are kept.
func (s *Sandbox) group(id string) (Group, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := slices.IndexFunc(s.groups, func(g Group) bool { return g.ID == id })
	if i < 0 {
		return Group{}, false
	}
	return s.groups[i], true
}

func without(groups []Group, ids ...string) []Group {
	return slices.DeleteFunc(groups, func(g Group) bool { return slices.Contains(ids, g.ID) })
}

// cloneGroups copies what the pointers lead to, too: groups that went in or out are no way to change those inside.
func cloneGroups(groups []Group) []Group {
	groups = slices.Clone(groups)
	for i := range groups {
		g := &groups[i]
		g.Gender, g.Status, g.ConsentStatus = clone(g.Gender), clone(g.Status), clone(g.ConsentStatus)
		g.PreviewImageURL, g.PreviewVideoURL = clone(g.PreviewImageURL), clone(g.PreviewVideoURL)
		g.DefaultVoiceID, g.Error = clone(g.DefaultVoiceID), clone(g.Error)
		g.Absent = slices.Clone(g.Absent)
	}
	return groups
}

func clone[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
