package main

import (
	"math/rand/v2"
	"slices"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

// assignDetails sets the avatar type and the default voice of each group. It leaves a few groups without looks, and one
// group with more than six pages of them. It has a random sequence of its own, and runs after everything else is generated.
func assignDetails(groups []group, voices []voice) {
	r := rand.New(rand.NewPCG(5, 1711382400))
	largest := 0
	for i := range groups {
		g := &groups[i]
		g.AvatarType = avatarType(r, *g)
		assignVoice(r, g, voices)
		if empty := rng.Chance(r, 2, 100); empty && g.LooksCount > 1 && g.LooksCount < 20 && g.ID != demoGroupID {
			g.LooksCount = 0
		}
		if g.LooksCount > groups[largest].LooksCount {
			largest = i
		}
	}
	groups[largest].LooksCount = 300
}

// avatarType follows how HeyGen makes each type: studio avatars are its own filmed presenters; digital twins are trained; photo
// avatars are made from one picture, without training.
func avatarType(r *rand.Rand, g group) string {
	n := r.IntN(100)
	switch {
	case g.ID == demoGroupID:
		return "studio_avatar"
	case g.Ownership == "private" && (g.Status.isNull() || n < 12):
		return "photo_avatar"
	case g.Ownership == "private":
		return "digital_twin"
	case n < 60:
		return "studio_avatar"
	case n < 82:
		return "digital_twin"
	default:
		return "photo_avatar"
	}
}

// assignVoice replaces the default voice of a group with an existing voice of a matching gender. In 6 % of the groups the
// generated id remains, which no voice has.
func assignVoice(r *rand.Rand, g *group, voices []voice) {
	missing, n := rng.Chance(r, 6, 100), r.IntN(1<<30)
	if missing || g.DefaultVoiceID.isNull() || g.ID == demoGroupID {
		return
	}
	candidates := slices.DeleteFunc(slices.Clone(voices), func(v voice) bool {
		if v.Type == "private" && g.Ownership != "private" {
			return true
		}
		man, woman := parseGender(v.Gender)
		groupMan, groupWoman := false, false
		if !g.Gender.isNull() {
			groupMan, groupWoman = parseGender(*g.Gender[0])
		}
		return man && groupWoman || woman && groupMan
	})
	g.DefaultVoiceID = value(candidates[n%len(candidates)].ID)
}

func parseGender(gender string) (man, woman bool) {
	switch strings.ToLower(gender) {
	case "male", "man":
		return true, false
	case "female", "woman":
		return false, true
	}
	return false, false
}
