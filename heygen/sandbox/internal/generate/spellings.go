package main

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// spellings are names that a search or an order by name can get wrong. They are the oldest groups, so that they change no page
// before theirs. As in nameSets, no name is of a real person.
var spellings = []person{
	// One name of several groups, also as a part of longer ones, and in capital and small letters.
	named("Monica"), named("Monica Belluno"), named("Dr. Monica Reyes"), named("MONICA"), named("monica"), named("Harmonica Joe"),
	named("Grace"), named("Grace Monroe"), named("Nova"), named("NOVA"), named("nova"),

	// Numbers, which sort by value.
	named("Avatar 2"), named("Avatar 10"), named("Avatar 1"), named("Avatar 02"), named("Avatar 100"), named("Avatar ٣"),
	named("Unit 7B"), named("24/7 Support"),

	// Several words, hyphens, apostrophes and other punctuation.
	named("Anna Maria Luisa de la Cruz"), named("van der Berg, Sanne"), named("The Night Presenter"), named("Jean-Luc"), named("Jean Luc"),
	named("Anne-Sophie"), named("O'Brien"), named("O’Brien"), named("D'Angelo"), named("St. John (Studio)"), named("Sofia\u00a0Vega"), named("…"),
	named("Alexandria, " + strings.Repeat("presenter of the quarterly review, ", 8) + "second season"),

	// Letters that do not decompose, ligatures, and letters whose case is not one to one.
	named("Øystein"), named("Łukasz Wrona"), named("Đurđa"), named("Ħani"), named("Weiß"), named("Weiss"), named("STRAUSS"), named("Strauß"),
	named("Æsa"), named("Cædmon"), named("Œdine"), named("ﬁlippa"), named("Işıl"), named("İpek"), named("Þorlákur"),

	// The same letter as one code point and as two.
	named("Åsmund"), named("Åsa"), named("A\u030asa"), named("Ångström Lab"), named("René Deux"), named("Rene\u0301 Deux"),

	// Symbols, among them one of four code points.
	named("Robin 🚀"), named("🦊 Foxy"), named("Lea 👩🏽‍🚀"), named("Luca 🇮🇹"),

	// Scripts without spaces between words, and letters of full and of half width.
	named("李小雨"), named("李明"), named("王小明"), named("山田太郎"), named("佐藤 花子"), named("やまだ さくら"), named("カタリナ"), named("ﾊﾅｺ"),
	named("Ｍｉｋｕ"), named("Lily 李"), named("김하늘"),

	// Arabic with marks and without, and alef with hamza and without.
	named("مُحَمَّد"), named("محمد"), named("فَاطِمَة"), named("أمل"), named("امل"),
}

func named(name string) person { return person{name: name, woman: len(name)%2 == 0} }

// spellingGroups generates a public group for each of the spellings, all older than the given time, four at a time. It has a
// random sequence of its own, so that no other group changes.
func spellingGroups(oldest float64, voices []voice) []group {
	r := rand.New(rand.NewPCG(6, 1711382400))
	groups := make([]group, len(spellings))
	for i, p := range spellings {
		// From 100 on, publicGroup makes no state that is rare.
		g := publicGroup(r, p, 100+i%50, oldest-float64((10+i/4)*day))
		g.LooksCount, g.AvatarType = 1+r.IntN(9), avatarType(r, g)
		assignVoice(r, &g, voices)
		groups[i] = g
	}
	slices.SortFunc(groups, compareGroups)
	return groups
}
