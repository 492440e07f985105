package upstream

import (
	"sync/atomic"
)

// Most is how many groups a catalogue can have.
const Most = 60_000

// Catalogue is what the upstream has. It never changes but for its length.
type Catalogue struct {
	length atomic.Int64
	groups rendered
	places map[string]int // of groups, by id
	voices map[string][]byte
	looks  []atomic.Pointer[rendered] // by group, rendered when first asked for: all of them would be 250 MB
}

// New renders as many groups, at most [Most], with their looks and voices.
func New(groups int) *Catalogue {
	groups = min(groups, Most)
	c := &Catalogue{
		groups: render(groups, groupAt), places: make(map[string]int, groups),
		voices: make(map[string][]byte, Voices), looks: make([]atomic.Pointer[rendered], groups),
	}
	for i := range groups {
		c.places[hexOf("group", i)] = i
	}
	voices := render(Voices, voiceAt)
	for i := range Voices {
		c.voices[voiceID(i)] = voices.from(i, i+1)
	}
	c.length.Store(int64(groups))
	return c
}

// Len is how many groups it has now.
func (c *Catalogue) Len() int { return int(c.length.Load()) }

// Shorten makes it show its first groups alone; a number beyond what was
// rendered shows all.
func (c *Catalogue) Shorten(groups int) { c.length.Store(int64(min(groups, len(c.looks)))) }

// Group gives the group at a place, counted from 0.
func (c *Catalogue) Group(i int) Group { return groupAt(i) }

// Looks gives all looks of the group at a place.
func (c *Catalogue) Looks(group int) []Look {
	looks := make([]Look, looksOf(group))
	for i := range looks {
		looks[i] = lookAt(group, i)
	}
	return looks
}

// Voice gives the default voice of the group at a place; nil: it has none.
func (c *Catalogue) Voice(group int) *Voice {
	if groupAt(group).DefaultVoiceID == nil {
		return nil
	}
	return new(voiceAt(group * 7 % Voices))
}

func (c *Catalogue) looksOf(group int) rendered {
	if r := c.looks[group].Load(); r != nil {
		return *r
	}
	r := render(looksOf(group), func(i int) Look { return lookAt(group, i) })
	c.looks[group].Store(&r)
	return r
}

// place finds a group by its id, where it is shown.
func (c *Catalogue) place(id string) (int, bool) {
	i, ok := c.places[id]
	return i, ok && i < c.Len()
}
