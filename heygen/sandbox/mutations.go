package sandbox

import (
	"slices"
	"time"
)

// Groups gives all groups, public and private, in list order: newest first, those of one second by id. It is a copy.
// URLs are as they are kept: those of the catalogue start with /, and none is signed. Statuses are those of this moment.
func (s *Sandbox) Groups() []Group {
	s.mu.RLock()
	defer s.mu.RUnlock()
	now := time.Now()
	return cloneAll(s.groups.all(), func(e *entry[Group]) Group { return s.groupAt(e, now) })
}

// Looks gives all looks in list order, as Groups does groups.
func (s *Sandbox) Looks() []Look {
	s.mu.RLock()
	defer s.mu.RUnlock()
	now := time.Now()
	return cloneAll(s.looks.all(), func(e *entry[Look]) Look { return s.lookAt(e, now) })
}

// Voices gives all voices, public and private, in list order, as Groups does groups.
func (s *Sandbox) Voices() []Voice {
	s.mu.RLock()
	defer s.mu.RUnlock()
	now := time.Now()
	return cloneAll(s.voices.all(), func(e *entry[Voice]) Voice { return s.voiceAt(e, now) })
}

// Add puts groups in the list, each where its CreatedAt and ID belong. A group with the id of another takes its place.
//
// A group has as many looks as its LooksCount says. Looks that AddLooks has given it stay, and count; looks are made up
// for the rest of them, the same ones each time. If AddLooks has given it more than LooksCount, LooksCount is raised.
func (s *Sandbox) Add(groups ...Group) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for _, g := range groups {
		g = g.clone()
		if g.Ownership == "" {
			g.Ownership = Public
		}
		if g.AvatarType == "" && g.Ownership == Private {
			g.AvatarType = DigitalTwin
		} else if g.AvatarType == "" {
			g.AvatarType = StudioAvatar
		}
		s.groups.put(newEntry(g, now))
		s.generateLooks(g, now)
	}
}

// generateLooks makes the looks of a group as many as its LooksCount says. Those made up before keep their ids.
func (s *Sandbox) generateLooks(g Group, now time.Time) {
	var ordinals []int
	added := 0
	for _, e := range s.looks.ofGroup(g.ID) {
		if e.ordinal == 0 {
			added++
		} else {
			ordinals = append(ordinals, e.ordinal)
			s.looks.remove(e.position.ID)
		}
	}
	slices.Sort(ordinals)
	generated := max(g.LooksCount-added, 0)
	for n := 1; len(ordinals) < generated; n++ {
		if !slices.Contains(ordinals, n) {
			ordinals = append(ordinals, n)
		}
	}
	for _, n := range ordinals[:generated] {
		s.putLook(generateLook(&g, n, now))
	}
	s.updateLooksCount(g.ID)
}

// Remove takes groups out of the list, and their looks with them. An id that is not there is no error.
func (s *Sandbox) Remove(ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		if _, ok := s.groups.find(id); !ok {
			continue
		}
		s.groups.remove(id)
		for _, e := range s.looks.ofGroup(id) {
			s.looks.remove(e.position.ID)
		}
	}
}

// AddLooks puts looks in the list, as Add does groups. LooksCount of a group that gains or loses one follows.
func (s *Sandbox) AddLooks(looks ...Look) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for _, l := range looks {
		l = l.clone()
		if l.Ownership == "" {
			l.Ownership = Public
		}
		if l.AvatarType == "" {
			l.AvatarType = StudioAvatar
		}
		s.putLook(newEntry(l, now))
	}
}

// RemoveLooks takes looks out of the list, as Remove does groups. LooksCount of their groups follows.
func (s *Sandbox) RemoveLooks(ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		s.removeLook(id)
	}
}

func (s *Sandbox) putLook(e *entry[Look]) {
	s.removeLook(e.position.ID)
	s.looks.put(e)
	if e.value.GroupID != nil {
		s.updateLooksCount(*e.value.GroupID)
	}
}

func (s *Sandbox) removeLook(id string) {
	e, ok := s.looks.find(id)
	s.looks.remove(id)
	if ok && e.value.GroupID != nil {
		s.updateLooksCount(*e.value.GroupID)
	}
}

// updateLooksCount makes LooksCount true, if there is such a group.
func (s *Sandbox) updateLooksCount(group string) {
	n := len(s.looks.ofGroup(group))
	if e, ok := s.groups.find(group); ok && e.value.LooksCount != n {
		changed := *e
		changed.value.LooksCount = n
		s.groups.put(&changed)
	}
}

// AddVoices puts voices in the list, as Add does groups.
func (s *Sandbox) AddVoices(voices ...Voice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for _, v := range voices {
		v = v.clone()
		if v.Type == "" {
			v.Type = Public
		}
		s.voices.put(newEntry(v, now))
	}
}

// RemoveVoices takes voices out of the list, as Remove does groups.
func (s *Sandbox) RemoveVoices(ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		s.voices.remove(id)
	}
}
