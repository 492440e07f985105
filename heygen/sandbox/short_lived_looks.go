package sandbox

import "time"

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
