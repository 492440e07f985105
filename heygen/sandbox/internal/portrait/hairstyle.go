package portrait

import "strings"

// hairstyle is what is drawn behind the head and shoulders, and what is drawn over the face.
type hairstyle struct {
	behind, before   string
	beards, earrings bool // what it may be combined with
}

// crown is the hair of an uncropped head: a cap that leaves the face free below a parting.
const crown = `<path class="hair" d="M132 186C120 96 158 62 200 62S280 96 268 186C262 160 256 138 246 128C230 122 214 112 204 98C192 116 170 124 152 130C142 140 137 162 132 186Z"/>`

var longHair = []hairstyle{
	{ // straight, to the chest
		behind: `<path class="lock" d="M126 180C114 86 156 56 200 56S286 86 274 180L288 330C250 350 150 350 112 330Z"/>`,
		before: crown,
	},
	{ // a bob with a fringe
		behind: `<path class="lock" d="M122 180C112 84 156 56 200 56S288 84 278 180L282 244C280 262 252 264 246 246H154C148 264 120 262 118 244Z"/>`,
		before: `<path class="hair" d="M130 182C122 96 158 62 200 62S278 96 270 182C266 168 262 156 258 148Q230 136 200 138T142 148C138 156 134 168 130 182Z"/>`,
	},
	{ // waves
		behind: `<g class="lock"><circle cx="200" cy="118" r="68"/><circle cx="138" cy="150" r="34"/><circle cx="262" cy="150" r="34"/><circle cx="122" cy="200" r="32"/>` +
			`<circle cx="278" cy="200" r="32"/><circle cx="124" cy="250" r="34"/><circle cx="276" cy="250" r="34"/><circle cx="140" cy="292" r="30"/><circle cx="260" cy="292" r="30"/></g>`,
		before: crown,
	},
	{ // a bun
		behind: `<circle class="lock" cx="200" cy="54" r="30"/><circle class="hair" cx="200" cy="58" r="24"/>`,
		before: `<path class="hair" d="M136 172C130 100 160 70 200 70S270 100 264 172C258 140 240 112 200 110S142 140 136 172Z"/>`,
	},
	{ // a ponytail over the shoulder
		behind: `<path class="lock" d="M240 90C300 90 306 160 292 220C286 260 300 290 282 320C262 300 250 260 254 210Z"/>`,
		before: `<path class="hair" d="M134 178C126 98 158 66 200 66S274 98 266 178C262 146 252 122 232 112C214 128 178 134 154 130C144 142 138 158 134 178Z"/>`,
	},
	{ // an afro
		behind: `<g class="hair"><circle cx="200" cy="128" r="88"/><circle cx="128" cy="150" r="44"/><circle cx="272" cy="150" r="44"/><circle cx="150" cy="84" r="44"/>` +
			`<circle cx="250" cy="84" r="44"/><circle cx="130" cy="198" r="34"/><circle cx="270" cy="198" r="34"/></g>`,
		before: `<g class="hair"><circle cx="152" cy="122" r="20"/><circle cx="176" cy="106" r="20"/><circle cx="200" cy="100" r="20"/><circle cx="224" cy="106" r="20"/><circle cx="248" cy="122" r="20"/></g>`,
	},
	{ // two braids
		behind: `<path class="lock" d="M128 190C118 90 158 58 200 58S282 90 272 190Z"/><g class="hair"><ellipse cx="124" cy="214" rx="17" ry="20"/><ellipse cx="120" cy="244" rx="16" ry="19"/>` +
			`<ellipse cx="118" cy="273" rx="15" ry="18"/><ellipse cx="118" cy="300" rx="13" ry="16"/><ellipse cx="276" cy="214" rx="17" ry="20"/><ellipse cx="280" cy="244" rx="16" ry="19"/>` +
			`<ellipse cx="282" cy="273" rx="15" ry="18"/><ellipse cx="282" cy="300" rx="13" ry="16"/></g>`,
		before: `<path class="hair" d="M132 184C124 96 158 62 200 62S276 96 268 184C262 148 240 118 200 92C160 118 138 148 132 184Z"/>`,
	},
	{ // a pixie cut
		before: `<path class="hair" d="M136 186C124 104 156 64 204 64S276 100 265 182C260 160 256 146 248 136C226 140 196 132 180 116C172 132 156 142 146 146C140 158 138 170 136 186Z"/>`,
	},
}

var shortHair = []hairstyle{
	{ // a crop
		before: `<path class="hair" d="M135 170C127 98 158 68 200 68S273 98 265 170C260 150 256 136 246 126C218 134 182 134 154 126C144 136 140 150 135 170Z"/>`,
	},
	{ // a side parting
		before: `<path class="hair" d="M135 172C124 110 142 74 178 68C222 54 280 80 266 172C262 150 256 136 248 128C220 130 186 122 168 106C164 120 154 130 148 136C140 148 138 158 135 172Z"/>`,
	},
	{ // clipped
		before: `<path class="hair" opacity=".8" d="M138 160C134 104 164 82 200 82S266 104 262 160C256 132 244 116 226 112H174C156 116 144 132 138 160Z"/>`,
	},
	{ // short curls
		before: `<g class="hair"><circle cx="144" cy="132" r="20"/><circle cx="154" cy="106" r="23"/><circle cx="178" cy="88" r="25"/><circle cx="206" cy="82" r="26"/>` +
			`<circle cx="234" cy="92" r="24"/><circle cx="250" cy="112" r="22"/><circle cx="258" cy="136" r="18"/><circle cx="180" cy="112" r="18"/><circle cx="206" cy="110" r="18"/><circle cx="230" cy="114" r="16"/></g>`,
	},
	{ // a quiff
		before: `<path class="lock" d="M136 170C132 140 140 112 156 104H246C262 116 268 140 264 170C260 150 256 140 248 132H152C144 140 140 150 136 170Z"/>` +
			`<path class="hair" d="M148 134C132 100 152 62 206 52C246 46 268 76 254 134C240 118 218 112 196 114C176 116 160 122 148 134Z"/>`,
	},
	{ // bald on top
		before: `<path class="hair" d="M136 176C132 150 136 134 144 126C146 144 144 160 141 176ZM264 176C268 150 264 134 256 126C254 144 256 160 259 176Z"/>`,
	},
	{ // chin length, tucked behind the ears
		behind: `<path class="lock" d="M126 176C116 86 156 60 200 60S284 86 274 176L270 246C262 258 246 256 244 246H156C154 256 138 258 130 246Z"/>`,
		before: `<path class="hair" d="M134 176C126 98 158 64 200 64S274 98 266 176C260 144 246 122 222 110C206 124 160 128 150 136C142 146 138 160 134 176Z"/>`,
	},
}

// hairstylesFor returns the hairstyles for HeyGen's gender, in all of its spellings. Any other gender, or none, allows every
// hairstyle.
func hairstylesFor(gender string) []hairstyle {
	var styles []hairstyle
	woman, man := false, false
	switch strings.ToLower(gender) {
	case "female", "woman":
		woman = true
	case "male", "man":
		man = true
	}
	if !man {
		for _, c := range longHair {
			c.earrings = true
			styles = append(styles, c)
		}
	}
	if !woman {
		for _, c := range shortHair {
			c.beards = man
			styles = append(styles, c)
		}
	}
	return styles
}
