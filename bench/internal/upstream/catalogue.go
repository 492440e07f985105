package upstream

import (
	"sync/atomic"
)

// MaxGroups is the maximum number of groups in a catalogue.
const MaxGroups = 60_000

// Catalogue holds the upstream's data. Only its length can change.
type Catalogue struct {
	length    atomic.Int64
	groups    rendered
	positions map[string]int // of groups, by id
	voices    map[string][]byte
	looks     []atomic.Pointer[rendered] // by group, rendered on first use: all of them would take 250 MB
}

// New returns a catalogue of at most [MaxGroups] groups with their looks and voices.
func New(groups int) *Catalogue {
	groups = min(groups, MaxGroups)
	c := &Catalogue{
		groups: render(groups, groupAt), positions: make(map[string]int, groups),
		voices: make(map[string][]byte, Voices), looks: make([]atomic.Pointer[rendered], groups),
	}
	for i := range groups {
		c.positions[hexID("group", i)] = i
	}
	voices := render(Voices, voiceAt)
	for i := range Voices {
		c.voices[voiceID(i)] = voices.slice(i, i+1)
	}
	c.length.Store(int64(groups))
	return c
}

// Len returns the number of visible groups.
func (c *Catalogue) Len() int { return int(c.length.Load()) }

// SetLen makes only the first groups visible. A number above the rendered groups
// makes all of them visible.
func (c *Catalogue) SetLen(groups int) { c.length.Store(int64(min(groups, len(c.looks)))) }

// Group returns the group at a position, counted from 0.
func (c *Catalogue) Group(i int) Group { return groupAt(i) }

// Looks returns all looks of the group at a position.
func (c *Catalogue) Looks(group int) []Look {
	looks := make([]Look, looksCount(group))
	for i := range looks {
		looks[i] = lookAt(group, i)
	}
	return looks
}

// Voice returns the default voice of the group at a position, or nil if it has none.
func (c *Catalogue) Voice(group int) *Voice {
	if groupAt(group).DefaultVoiceID == nil {
		return nil
	}
	return new(voiceAt(group * 7 % Voices))
}

func (c *Catalogue) renderedLooks(group int) rendered {
	if r := c.looks[group].Load(); r != nil {
		return *r
	}
	r := render(looksCount(group), func(i int) Look { return lookAt(group, i) })
	c.looks[group].Store(&r)
	return r
}

// position returns the position of a group and whether the group is visible.
func (c *Catalogue) position(id string) (int, bool) {
	i, ok := c.positions[id]
	return i, ok && i < c.Len()
}
