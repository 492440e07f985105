package heygen

import "strings"

// Gender is the category of HeyGen's free text on gender.
type Gender string

// The categories.
const (
	Female        Gender = "female"
	Male          Gender = "male"
	OtherGender   Gender = "other"   // a text that names neither, such as neutral
	UnknownGender Gender = "unknown" // no text, or one that says so
)

// genderWords are the texts of each category but OtherGender, in lower case. Seen are female,
// Woman, male and Man; the rest is how people write the same.
var genderWords = map[string]Gender{
	"female": Female, "females": Female, "f": Female, "woman": Female, "women": Female, "girl": Female, "girls": Female,
	"lady": Female, "ladies": Female, "feminine": Female,
	"male": Male, "males": Male, "m": Male, "man": Male, "men": Male, "boy": Male, "boys": Male,
	"gentleman": Male, "gentlemen": Male, "masculine": Male,
	"": UnknownGender, "unknown": UnknownGender, "unspecified": UnknownGender, "n/a": UnknownGender,
}

// ClassifyGender returns the category of a text, which may be nil. Case and surrounding
// white space do not matter.
func ClassifyGender(text *string) Gender {
	if text == nil {
		return UnknownGender
	}
	if gender, ok := genderWords[*text]; ok { // as most are
		return gender
	}
	if gender, ok := genderWords[strings.ToLower(trimBlanks(*text))]; ok {
		return gender
	}
	return OtherGender
}

// GenderCategory returns the category of the group's Gender.
func (g AvatarGroup) GenderCategory() Gender { return ClassifyGender(g.Gender) }

// GenderCategory returns the category of the look's Gender.
func (l AvatarLook) GenderCategory() Gender { return ClassifyGender(l.Gender) }

// GenderCategory returns the category of the voice's Gender.
func (v Voice) GenderCategory() Gender { return ClassifyGender(v.Gender) }
