package heygen

import "strings"

// Gender is the category of HeyGen's free-form string for gender.
type Gender string

// The categories.
const (
	Female        Gender = "female"
	Male          Gender = "male"
	OtherGender   Gender = "other"   // a string that names neither, such as neutral
	UnknownGender Gender = "unknown" // no string, or one that says so
)

// genderWords are the strings of each category but OtherGender, in lower case. Seen are female,
// Woman, male and Man; the rest is how people write the same.
var genderWords = map[string]Gender{
	"female": Female, "females": Female, "f": Female, "woman": Female, "women": Female, "girl": Female, "girls": Female,
	"lady": Female, "ladies": Female, "feminine": Female,
	"male": Male, "males": Male, "m": Male, "man": Male, "men": Male, "boy": Male, "boys": Male,
	"gentleman": Male, "gentlemen": Male, "masculine": Male,
	"": UnknownGender, "unknown": UnknownGender, "unspecified": UnknownGender, "n/a": UnknownGender,
}

// classifyGender returns the category of a string, which may be nil. Case and surrounding
// white space do not matter.
func classifyGender(s *string) Gender {
	if s == nil {
		return UnknownGender
	}
	if gender, ok := genderWords[*s]; ok { // as most are
		return gender
	}
	if gender, ok := genderWords[strings.ToLower(trimBlanks(*s))]; ok {
		return gender
	}
	return OtherGender
}

// GenderCategory returns the category of the group's Gender.
func (g AvatarGroup) GenderCategory() Gender { return classifyGender(g.Gender) }

// GenderCategory returns the category of the look's Gender.
func (l AvatarLook) GenderCategory() Gender { return classifyGender(l.Gender) }

// GenderCategory returns the category of the voice's Gender.
func (v Voice) GenderCategory() Gender { return classifyGender(v.Gender) }
