package sandbox

import (
	"slices"
	"time"
)

// AddGroups inserts groups, each at the position of its CreatedAt and ID. It replaces a group with the same id.
//
// A group has as many looks as its LooksCount says. Looks added by AddLooks stay and count; the others are generated, the
// same ones each time. If AddLooks added more than LooksCount, LooksCount is raised.
func (s *Sandbox) AddGroups(groups ...Group) {
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

// generateLooks generates or removes looks until the group has LooksCount of them. Remaining generated looks keep their ids.
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

// RemoveGroups removes groups with their looks. An unknown id is not an error.
func (s *Sandbox) RemoveGroups(ids ...string) {
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

// AddLooks inserts looks, as Add does groups. It updates LooksCount of a group that gains or loses a look.
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

// RemoveLooks removes looks, as RemoveGroups does groups. It updates LooksCount of their groups. A group whose last look is
// removed is removed, too, as by HeyGen.
func (s *Sandbox) RemoveLooks(ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		e, ok := s.looks.find(id)
		s.removeLook(id)
		if ok && e.value.GroupID != nil && len(s.looks.ofGroup(*e.value.GroupID)) == 0 {
			s.groups.remove(*e.value.GroupID)
		}
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

// updateLooksCount sets LooksCount to the number of looks, if the group exists.
func (s *Sandbox) updateLooksCount(group string) {
	n := len(s.looks.ofGroup(group))
	if e, ok := s.groups.find(group); ok && e.value.LooksCount != n {
		changed := *e
		changed.value.LooksCount = n
		s.groups.put(&changed)
	}
}

// AddVoices inserts voices, as Add does groups.
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

// RemoveVoices removes voices, as Remove does groups.
func (s *Sandbox) RemoveVoices(ids ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		s.voices.remove(id)
	}
}

// ShortLivedGroupID is the id of a private group, whose looks Options.LookLifetime replaces. Looks of HeyGen are short-lived:
// it advises to store the ids of groups, and to list their looks when one is needed.
const ShortLivedGroupID = "2edd782d19ad118835cdf75dcd81be81"

// looksPerSet is more looks than the group has: looks of two sets share no number, and so no id.
const looksPerSet = 100

// replaceShortLivedLooks replaces the generated looks of the group with as many others if their lifetime has passed. It
// depends on the clock alone, so that every sandbox has the same looks at the same age.
func (s *Sandbox) replaceShortLivedLooks(now time.Time) {
	if s.options.LookLifetime <= 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	set := int(now.Sub(s.started) / s.options.LookLifetime)
	g, ok := s.groups.find(ShortLivedGroupID)
	if set == s.lookSet || !ok {
		return
	}
	s.lookSet = set
	replaced := 0
	for _, e := range s.looks.ofGroup(ShortLivedGroupID) {
		if e.ordinal > 0 {
			s.looks.remove(e.position.ID)
			replaced++
		}
	}
	addedAt := s.started.Add(time.Duration(set) * s.options.LookLifetime)
	for n := range replaced {
		s.looks.put(generateLook(&g.value, set*looksPerSet+n+1, addedAt))
	}
}
