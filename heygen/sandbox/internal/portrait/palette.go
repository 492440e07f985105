package portrait

// skinColour is deep if only the darkest hair contrasts with it.
type skinColour struct {
	base, dim, line, blush string
	deep                   bool
}

var skinColours = []skinColour{
	{"#fde0cc", "#f2c4a6", "#c98b6b", "#f7a79b", false},
	{"#f8d2b3", "#e9b48f", "#bd7f5b", "#f19a88", false},
	{"#f0c29b", "#dda377", "#aa6f47", "#e5876f", false},
	{"#dfa679", "#c78a5c", "#8f5b35", "#d17458", false},
	{"#c68a5c", "#ab7145", "#774927", "#b9603f", true},
	{"#a66c42", "#8a5530", "#5a351a", "#97472d", true},
	{"#85522f", "#6c3f22", "#432411", "#7a3722", true},
	{"#6b4128", "#54311d", "#2f190c", "#5f2b1c", true},
}

// hairColour is a colour of hair; brow contrasts with every skin.
type hairColour struct{ base, dim, brow string }

var hairColours = []hairColour{
	{"#241c1a", "#14100f", "#1c1513"},
	{"#3a2a22", "#281c16", "#2b1e18"},
	{"#5a3a26", "#452b1b", "#452b1b"},
	{"#7d4f2c", "#643d20", "#5e3a1f"},
	{"#a9703a", "#8e5b2c", "#7d4f27"},
	{"#d3a259", "#b98842", "#94692f"},
	{"#e8c583", "#d0a962", "#a9813f"},
	{"#a8452a", "#8b351e", "#7c2f1b"},
	{"#2b2d42", "#1c1e2e", "#1c1e2e"},
}

var blackHair = []hairColour{
	{"#1d1716", "#0f0b0b", "#140f0e"},
	{"#241c1a", "#14100f", "#1c1513"},
	{"#23253a", "#171829", "#171829"},
}

var greyHair = []hairColour{
	{"#b8b6b3", "#9c9a97", "#7b7976"},
	{"#e4e1dc", "#c9c5bf", "#98948d"},
	{"#6e6a68", "#575452", "#4a4745"},
}

type clothColour struct{ base, dim, trim string }

var clothColours = []clothColour{
	{"#2f4858", "#22353f", "#f6f1e7"},
	{"#e07a5f", "#c2624a", "#fff4e6"},
	{"#3d405b", "#2c2e44", "#e9c46a"},
	{"#81b29a", "#669a81", "#fbfaf5"},
	{"#f2cc8f", "#dbb06b", "#3d405b"},
	{"#8d5b8c", "#724772", "#f6e7f2"},
	{"#457b9d", "#346483", "#f1faee"},
	{"#c8553d", "#a9432e", "#fdf0d5"},
	{"#f7f4ee", "#ddd8ce", "#588b8b"},
	{"#4a5d4e", "#38483c", "#e6dcc8"},
	{"#26272b", "#17181b", "#d9d9d9"},
	{"#d78ca0", "#bd7187", "#fff1f3"},
}

type wallColour struct{ wall, light string }

var wallColours = []wallColour{
	{"#cfe8e4", "#e4f4f1"}, {"#fbe3c8", "#fdf0e0"}, {"#d8dcf3", "#e9ecfa"}, {"#f6d5d5", "#fbe8e7"},
	{"#dcebc9", "#ecf5df"}, {"#e6dbf1", "#f2ebf8"}, {"#cfe2f3", "#e4effa"}, {"#f7e7a8", "#fcf3cf"},
	{"#c9d6cf", "#dfe8e3"}, {"#e8d9cc", "#f3eae2"}, {"#b9d9eb", "#d6eaf5"}, {"#f3cbb5", "#f9e1d3"},
}

var sceneries = []string{
	`<circle class="light" cx="200" cy="180" r="150"/>`,
	`<path class="light" d="M0 400V150L250 400ZM60 0H210L400 190V340Z"/>`,
	`<path class="light" d="M0 250C80 200 130 290 220 240S340 200 400 230V400H0Z"/><circle class="light" cx="322" cy="82" r="44"/>`,
	`<rect class="light" x="40" y="40" width="120" height="180" rx="8"/><rect class="light" x="240" y="40" width="120" height="180" rx="8"/>`,
	`<path class="light" d="M40 400V190a160 160 0 0 1 320 0V400Z"/>`,
	`<g class="light"><circle cx="50" cy="60" r="16"/><circle cx="120" cy="30" r="10"/><circle cx="340" cy="50" r="22"/>` +
		`<circle cx="370" cy="150" r="12"/><circle cx="30" cy="180" r="24"/><circle cx="70" cy="280" r="12"/><circle cx="345" cy="250" r="18"/></g>`,
}
