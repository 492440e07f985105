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
	woman("Monica"), woman("Monica Belluno"), woman("Dr. Monica Reyes"), woman("MONICA"), woman("monica"), man("Harmonica Joe"),
	woman("Grace"), woman("Grace Monroe"), woman("Nova"), woman("NOVA"), woman("nova"),

	// Numbers, which sort by value.
	woman("Avatar 2"), woman("Avatar 10"), woman("Avatar 1"), woman("Avatar 02"), woman("Avatar 100"), woman("Avatar ٣"),
	man("Unit 7B"), man("24/7 Support"),

	// Several words, hyphens, apostrophes and other punctuation.
	woman("Anna Maria Luisa de la Cruz"), woman("van der Berg, Sanne"), woman("The Night Presenter"), man("Jean-Luc"), man("Jean Luc"),
	woman("Anne-Sophie"), man("O'Brien"), man("O’Brien"), man("D'Angelo"), man("St. John (Studio)"), woman("Sofia\u00a0Vega"), woman("…"),
	woman("Alexandria, " + strings.Repeat("presenter of the quarterly review, ", 8) + "second season"),

	// Letters that do not decompose, ligatures, and letters whose case is not one to one.
	man("Øystein"), man("Łukasz Wrona"), woman("Đurđa"), man("Ħani"), man("Weiß"), man("Weiss"), man("STRAUSS"), man("Strauß"),
	woman("Æsa"), man("Cædmon"), woman("Œdine"), woman("ﬁlippa"), woman("Işıl"), woman("İpek"), man("Þorlákur"),

	// The same letter as one code point and as two.
	woman("Åsmund"), woman("Åsa"), woman("A\u030asa"), woman("Ångström Lab"), man("René Deux"), man("Rene\u0301 Deux"),

	// Symbols, among them one of four code points.
	man("Robin 🚀"), woman("🦊 Foxy"), woman("Lea 👩🏽‍🚀"), man("Luca 🇮🇹"),

	// Scripts without spaces between words, and letters of full and of half width.
	woman("李小雨"), man("李明"), man("王小明"), man("山田太郎"), woman("佐藤 花子"), woman("やまだ さくら"), woman("カタリナ"), woman("ﾊﾅｺ"),
	woman("Ｍｉｋｕ"), woman("Lily 李"), woman("김하늘"),

	// Arabic with marks and without, and alef with hamza and without.
	man("مُحَمَّد"), man("محمد"), woman("فَاطِمَة"), woman("أمل"), woman("امل"),
}

func woman(name string) person { return person{name: name, woman: true} }
func man(name string) person   { return person{name: name} }

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
