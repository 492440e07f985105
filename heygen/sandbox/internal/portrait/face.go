package portrait

// The head is an egg around (200,170), 120 wide and 162 high; everything here is positioned on it.
const (
	neck = `<path class="dim" d="M172 225V290C172 312 228 312 228 290V225Z"/>` +
		`<path class="skin" d="M172 262C185 272 215 272 228 262V290C228 316 172 316 172 290Z"/>`

	head = `<ellipse class="dim" cx="139" cy="182" rx="12" ry="18"/><ellipse class="dim" cx="261" cy="182" rx="12" ry="18"/>` +
		`<path class="skin" d="M140 165C140 112 165 88 200 88S260 112 260 165C260 215 232 250 200 250S140 215 140 165Z"/>` +
		`<ellipse class="blush" cx="163" cy="206" rx="14" ry="9" opacity=".45"/><ellipse class="blush" cx="237" cy="206" rx="14" ry="9" opacity=".45"/>`

	brows = `<path class="brow" d="M161 156Q173 148 186 155M214 155Q227 148 239 156" fill="none" stroke-width="5" stroke-linecap="round"/>`

	earrings = `<g fill="#e9c46a"><circle cx="137" cy="205" r="5"/><circle cx="263" cy="205" r="5"/></g>`

	freckles = `<g class="dim"><circle cx="158" cy="198" r="1.8"/><circle cx="165" cy="203" r="1.8"/><circle cx="172" cy="197" r="1.8"/>` +
		`<circle cx="228" cy="197" r="1.8"/><circle cx="235" cy="203" r="1.8"/><circle cx="242" cy="198" r="1.8"/></g>`
)

var eyeShapes = []string{
	`<g fill="#2a2321"><ellipse cx="174" cy="176" rx="6" ry="7.5"/><ellipse cx="226" cy="176" rx="6" ry="7.5"/></g>` +
		`<g fill="#fff"><circle cx="176.5" cy="173" r="2"/><circle cx="228.5" cy="173" r="2"/></g>`,
	`<g fill="#fff"><ellipse cx="174" cy="176" rx="11" ry="8"/><ellipse cx="226" cy="176" rx="11" ry="8"/></g>` +
		`<g fill="#3b2a20"><circle cx="175" cy="176" r="6"/><circle cx="227" cy="176" r="6"/></g>` +
		`<g fill="#fff"><circle cx="177" cy="174" r="1.8"/><circle cx="229" cy="174" r="1.8"/></g>`,
	`<g fill="#fff"><ellipse cx="174" cy="176" rx="11" ry="8"/><ellipse cx="226" cy="176" rx="11" ry="8"/></g>` +
		`<g fill="#4d7a86"><circle cx="174" cy="176" r="6.5"/><circle cx="226" cy="176" r="6.5"/></g>` +
		`<g fill="#1d1715"><circle cx="174" cy="176" r="3"/><circle cx="226" cy="176" r="3"/></g>`,
	`<path d="M163 178Q174 167 185 178M215 178Q226 167 237 178" fill="none" stroke="#2a2321" stroke-width="4.5" stroke-linecap="round"/>`,
}

// wideEyes are the shapes with white in them.
var wideEyes = eyeShapes[1:3]

var noses = []string{
	`<path class="line" d="M199 182Q193 200 196 203Q200 206 205 203" fill="none" stroke-width="3" stroke-linecap="round"/>`,
	`<path class="line" d="M192 202Q200 208 208 202" fill="none" stroke-width="3" stroke-linecap="round"/>`,
	`<path class="line" d="M203 180Q210 198 206 203Q201 206 196 204" fill="none" stroke-width="3" stroke-linecap="round"/>`,
}

var mouths = []string{
	`<path d="M180 219Q200 238 220 219" fill="none" stroke="#8a3b34" stroke-width="4" stroke-linecap="round"/>`,
	`<path d="M176 216Q200 220 224 216Q220 241 200 241T176 216Z" fill="#8a3036"/><path d="M180 217Q200 221 220 217L218 224Q200 228 182 224Z" fill="#fff"/>`,
	`<path d="M182 220Q200 216 218 220Q212 233 200 233T182 220Z" fill="#c65b57"/><path d="M182 220Q200 226 218 220" fill="none" stroke="#8a3036" stroke-width="2.5"/>`,
	`<path d="M184 222Q204 234 219 217" fill="none" stroke="#8a3b34" stroke-width="4" stroke-linecap="round"/>`,
}

var glasses = []string{
	`<g fill="#fff" fill-opacity=".22" stroke="#33302e" stroke-width="4"><circle cx="174" cy="177" r="19"/><circle cx="226" cy="177" r="19"/>` +
		`<path d="M193 174Q200 169 207 174M155 174L141 170M245 174L259 170" fill="none"/></g>`,
	`<g fill="#fff" fill-opacity=".22" stroke="#7a4a2b" stroke-width="4"><rect x="154" y="162" width="38" height="28" rx="8"/>` +
		`<rect x="208" y="162" width="38" height="28" rx="8"/><path d="M192 172H208M154 171L141 169M246 171L259 169" fill="none"/></g>`,
}

var beards = []string{
	`<path class="hair" d="M140 176C144 196 150 205 166 206Q184 206 192 210H208Q216 206 234 206C250 205 256 196 260 176C262 232 236 262 200 262S138 232 140 176Z"/>` +
		`<path d="M180 222Q200 238 220 222Q200 230 180 222Z" fill="#8a3036" stroke="#8a3036" stroke-width="3" stroke-linejoin="round"/>`,
	`<path class="hair" d="M172 216C178 206 192 206 200 211C208 206 222 206 228 216C220 220 208 217 200 215C192 217 180 220 172 216Z"/>`,
	`<path class="hair" opacity=".22" d="M141 184C146 202 158 208 172 208Q190 204 200 208Q210 204 228 208C242 208 254 202 259 184C258 222 234 250 200 250S142 222 141 184Z"/>`,
	`<path class="hair" d="M172 215C178 206 192 206 200 210C208 206 222 206 228 215C232 236 222 258 200 258S168 236 172 215ZM182 219Q200 213 218 219Q216 236 200 236T182 219Z" fill-rule="evenodd"/>`,
}
