package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

// MaxGroupCount is the maximum of Options.GroupCount.
const MaxGroupCount = 100_000

// maxGeneratedLooks is the maximum number of looks of a generated group. All but the first are an hour older than the group.
const maxGeneratedLooks = 14

// secondsPerGroup is the time between two generated groups: more than an hour, so that their looks are in the order of the
// groups.
const secondsPerGroup = secondsPerLookTime + 1

// useGroupCount replaces the catalogue by n groups: the first of the catalogue, or all of them and generated ones. They are
// generated on first use.
func (s *Sandbox) useGroupCount(n int) {
	generated := sync.OnceValue(func() []*entry[Group] { return generateGroups(n - len(catalogueGroups().sorted)) })
	s.groups.catalogue = sync.OnceValue(func() *index[Group] {
		groups := catalogueGroups().sorted
		return newIndex(slices.Concat(groups[:min(n, len(groups))], generated()))
	})
	s.looks.generated = generated
	s.looks.catalogue = sync.OnceValue(func() *index[Look] {
		looks := slices.Clone(catalogueLooks().sorted)
		groups := s.groups.catalogue()
		oldest := groups.sorted[len(groups.sorted)-1].position.CreatedAt
		return newIndex(slices.DeleteFunc(looks, func(e *entry[Look]) bool {
			if id := e.value.GroupID; id != nil {
				return groups.byID[*id] == nil
			}
			return e.position.CreatedAt < oldest
		}))
	})
}

// generateGroups generates groups older than the catalogue, newest first; none if n is negative. Each is a copy of a public
// group of the catalogue whose training has ended, except for its id, its name, its previews, its looks and its time. The
// copies share what does not differ, so that they take little memory.
func generateGroups(n int) []*entry[Group] {
	catalogue := catalogueGroups().sorted
	oldest := catalogue[len(catalogue)-1].position.CreatedAt
	originals := slices.DeleteFunc(slices.Clone(catalogue), func(e *entry[Group]) bool {
		return e.value.Ownership != Public || isTraining(e.value.Status)
	})
	entries := make([]entry[Group], max(n, 0))
	generated := make([]*entry[Group], len(entries))
	for i := range entries {
		g := generateGroup(i+1, originals)
		g.CreatedAt = oldest - float64((i+1)*secondsPerGroup)
		entries[i] = entry[Group]{value: g, position: g.position()}
		generated[i] = &entries[i]
	}
	return generated
}

func generateGroup(number int, originals []*entry[Group]) Group {
	id := generatedID(number)
	r := rng.NewSplitMix64(id, 0)
	g := rng.Pick(r, originals...).value
	g.ID, g.Name, g.LooksCount = id, generatedName(r, g.Name, originals), 1+r.IntN(maxGeneratedLooks)
	if g.PreviewImageURL != nil {
		g.PreviewImageURL = new(previewPath(groupImages, id))
	}
	if g.PreviewVideoURL != nil {
		g.PreviewVideoURL = new(previewPath(groupVideos, id))
	}
	return g
}

// generatedName returns the name of a group of the catalogue, most of the time with a number, a place or a second name.
func generatedName(r *rng.SplitMix64, name string, originals []*entry[Group]) string {
	switch n := r.IntN(10); {
	case n < 2:
		return name
	case n < 4:
		return name + " " + strconv.Itoa(2+r.IntN(98))
	case n < 7:
		return name + " in " + rng.Pick(r, places...)
	default:
		return name + " " + strings.TrimSpace(rng.Pick(r, originals...).value.Name)
	}
}

var places = []string{"Antwerp", "Bergen", "Cádiz", "Dakar", "Évora", "Florence", "Gdańsk", "Hanoi", "İzmir", "Jaipur", "Kyoto", "León", "Malmö",
	"Nairobi", "Oulu", "Poznań", "Québec", "Reykjavík", "São Paulo", "Tromsø", "Utrecht", "Valparaíso", "Wrocław", "Zürich"}

// The key of a generated group or look is eight hexadecimal digits, from which its numbers can be computed: a look is found
// by its id although it is generated only then. The factor spreads consecutive numbers; factor*inverse is 1, modulo 2^32.
const (
	keyFactor  uint32 = 2_654_435_769
	keyInverse uint32 = 340_573_321
)

// generatedKey returns the key of a look, or with ordinal 0 that of its group.
func generatedKey(number, ordinal int) string {
	return fmt.Sprintf("%08x", (uint32(number)<<7|uint32(ordinal))*keyFactor)
}

func parseGeneratedKey(key string) (number, ordinal int) {
	n, err := strconv.ParseUint(key, 16, 32)
	if err != nil {
		return 0, 0
	}
	n = uint64(uint32(n) * keyInverse)
	return int(n >> 7), int(n & 127)
}

// generatedID returns the id of the generated group with the number, from 1 on.
func generatedID(number int) string {
	return generatedKey(number, 0) + rng.HexID(rng.NewSplitMix64("generated group", number))[8:]
}

// generatedNumber is the inverse of generatedID. It returns 0 for any other id.
func generatedNumber(id string) int {
	if len(id) != 32 {
		return 0
	}
	number, ordinal := parseGeneratedKey(id[:8])
	if number < 1 || number > MaxGroupCount || ordinal != 0 || generatedID(number) != id {
		return 0
	}
	return number
}
