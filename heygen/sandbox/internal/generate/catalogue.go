package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

const (
	privateGroups = 44 // the others are public

	demoGroupID = "group_monica"

	day        = 24 * 60 * 60
	newestTime = 1_790_000_000 // 21 September 2026, in Unix seconds
)

// marshal does not escape & and <, so that the file is readable.
func marshal(v any) ([]byte, error) {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return []byte(strings.TrimSpace(out.String())), err
}

// generateGroups returns all groups in list order.
func generateGroups() []group {
	r := rand.New(rand.NewPCG(3, 1711382400))
	persons := people()
	for _, name := range repeatedNames {
		i := slices.IndexFunc(persons, func(p person) bool { return p.name == name })
		persons = append(persons, persons[i])
	}
	r.Shuffle(len(persons), func(i, j int) { persons[i], persons[j] = persons[j], persons[i] })

	groups := []group{demoGroup()}
	releases := releaseTimes(r, len(persons)-privateGroups)
	for i, p := range persons {
		if isASCII(p.name) && !slices.Contains(repeatedNames, p.name) && rng.Chance(r, 20, 100) {
			p.name = fmt.Sprintf(rng.Pick(r, characterNames...), p.name)
		}
		if i < privateGroups {
			groups = append(groups, privateGroup(r, p))
		} else {
			groups = append(groups, publicGroup(r, p, i-privateGroups, releases[i-privateGroups]))
		}
	}
	slices.SortFunc(groups, compareGroups)
	voices := generateVoices()
	assignDetails(groups, voices)
	groups = append(groups, spellingGroups(groups[len(groups)-1].CreatedAt, voices)...)
	applyConsent(groups)
	applyCustomerNames(groups)
	return groups
}

// compareGroups compares the positions of two groups in the list: newest first, then by id.
func compareGroups(a, b group) int {
	return cmp.Or(cmp.Compare(b.CreatedAt, a.CreatedAt), cmp.Compare(a.ID, b.ID))
}

// demoGroup is the group that documentation can show: it comes first, has every public field, and its id never changes.
func demoGroup() group {
	return group{
		Ownership: "public", ID: demoGroupID, Name: "Monica", LooksCount: 3, CreatedAt: newestTime,
		Gender:          value("female"),
		PreviewImageURL: value(imagePath(demoGroupID)),
		PreviewVideoURL: value(videoPath(demoGroupID)),
		DefaultVoiceID:  value(demoVoiceID),
		ConsentStatus:   value("approved"),
		Status:          value("completed"),
		Error:           null[failure](),
	}
}

// publicGroup generates a stock presenter. In most, training is completed and the filmed person has consented; null marks
// those who never were trained (status) or never were a person (consent_status).
func publicGroup(r *rand.Rand, p person, n int, created float64) group {
	g := commonGroup(r, p)
	g.Ownership, g.CreatedAt = "public", created
	g.ConsentStatus = nullable(r, 32, "approved")
	g.Status = nullable(r, 30, "completed")
	switch { // a handful in each state that is rare in a public group
	case n%160 == 7:
		g.Status = value("processing")
	case n%160 == 31:
		g.Status, g.ConsentStatus = value("pending_consent"), value("pending")
	case n%160 == 64:
		setFailed(r, &g)
	case n%160 == 90:
		g.Status = value("archived") // not documented
	}
	if n%100 == 50 {
		g.CreatedAt += 0.5
	}
	return g
}

// privateGroup generates a group that a customer trained or is training: every state of training is common.
func privateGroup(r *rand.Rand, p person) group {
	g := commonGroup(r, p)
	g.Ownership = "private"
	g.CreatedAt = float64(newestTime - 3600 - r.IntN(420*day))
	switch n := r.IntN(100); {
	case n < 45:
		g.Status, g.ConsentStatus = value("completed"), value("approved")
	case n < 60:
		g.Status, g.ConsentStatus = value("processing"), value("approved")
		g.PreviewImageURL, g.PreviewVideoURL = null[string](), null[string]()
		g.LooksCount = 1
	case n < 75:
		g.Status, g.ConsentStatus = value("pending_consent"), value("pending")
		g.LooksCount = 1
	case n < 90:
		setFailed(r, &g)
		g.ConsentStatus = nullable(r, 50, "approved")
	default: // made from a photo: no training and no consent needed
		g.Status, g.ConsentStatus = null[string](), null[string]()
	}
	return g
}

// commonGroup generates what public and private groups have in common.
func commonGroup(r *rand.Rand, p person) group {
	id := newID(r, p.name)
	return group{
		ID: id, Name: p.name,
		Gender:          nullable(r, 9, genderOf(r, p)),
		PreviewImageURL: nullable(r, 7, imagePath(id)),
		PreviewVideoURL: nullable(r, 20, videoPath(id)),
		LooksCount:      looksCount(r),
		DefaultVoiceID:  nullable(r, 15, rng.HexID(r)),
		Error:           nullable(r, 100, failure{}),
	}
}

var failures = []failure{
	{"face_not_found", "No face could be found in the footage."},
	{"footage_too_short", "The footage is shorter than 15 seconds."},
	{"consent_mismatch", "The person in the consent video is not the person in the footage."},
	{"audio_unclear", "The voice is too quiet to learn from."},
	{"training_failed", "Training ended unexpectedly; please try again."},
}

func setFailed(r *rand.Rand, g *group) {
	g.Status, g.Error = value("failed"), value(rng.Pick(r, failures...))
}

// genderOf spells gender in HeyGen's several ways, and in some that it has not used yet.
func genderOf(r *rand.Rand, p person) string {
	if rng.Chance(r, 3, 100) {
		return rng.Pick(r, "non-binary", "neutral", "Other", "unknown", "")
	}
	if p.woman {
		return rng.Pick(r, "female", "female", "female", "female", "female", "female", "Woman", "Woman", "woman", "Female")
	}
	return rng.Pick(r, "male", "male", "male", "male", "male", "male", "Man", "Man", "man", "Male")
}

// looksCount is a handful for most groups, and hundreds for the few whose looks clients had better not fetch all at once.
func looksCount(r *rand.Rand) int {
	if rng.Chance(r, 3, 100) {
		return 60 + r.IntN(200)
	}
	return 1 + r.IntN(14)
}

// releaseTimes returns n times, newest first. Stock presenters are released in batches, so many share a second: one batch
// is larger than the largest page, so that a client pages from a time to the same time.
func releaseTimes(r *rand.Rand, n int) []float64 {
	var times []float64
	for at := newestTime - 5*day; len(times) < n; at -= day + r.IntN(18*day) {
		size := 1 + r.IntN(9)
		if len(times) > 200 && len(times) < 210 {
			size = 60
		}
		for range min(size, n-len(times)) {
			times = append(times, float64(at))
		}
	}
	return times
}
