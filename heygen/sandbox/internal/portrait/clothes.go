package portrait

// torso is the outline common to all clothes, from the neck to the lower edge.
const torso = `M44 400C46 334 86 308 138 297L172 284C180 312 220 312 228 284L262 297C314 308 354 334 356 400Z`

var outfits = []string{
	// a T-shirt
	`<path class="cloth" d="` + torso + `"/><path class="seam" d="M168 286C176 320 224 320 232 286" fill="none" stroke-width="7"/>` +
		`<path class="seam" d="M104 400C106 380 104 366 100 352M296 400C294 380 296 366 300 352" fill="none" stroke-width="4" stroke-linecap="round"/>`,
	// a hooded jumper
	`<path class="cloth" d="` + torso + `"/><path class="fold" d="M140 300C150 262 172 276 178 290C188 314 212 314 222 290C228 276 250 262 260 300C250 338 150 338 140 300Z"/>` +
		`<path class="skin" d="M177 286C184 312 216 312 223 286C216 298 184 298 177 286Z"/>` +
		`<g class="trim"><rect x="178" y="324" width="5" height="48" rx="2.5"/><rect x="217" y="324" width="5" height="40" rx="2.5"/></g>`,
	// a jacket over a shirt
	`<path fill="#fbfaf7" d="` + torso + `"/><path fill="#e3e0da" d="M172 284L200 330L160 312ZM228 284L200 330L240 312Z"/>` +
		`<path class="cloth" d="M44 400C46 334 86 308 138 297L164 288L200 400ZM356 400C354 334 314 308 262 297L236 288L200 400Z"/>` +
		`<path class="fold" d="M164 288L200 400L142 344L158 332L138 318ZM236 288L200 400L258 344L242 332L262 318Z"/>`,
	// a jacket, a shirt and a tie
	`<path fill="#fbfaf7" d="` + torso + `"/><path class="trim" d="M190 318H210L206 334L214 400H186L194 334Z"/><path fill="#e3e0da" d="M172 284L200 322L164 318ZM228 284L200 322L236 318Z"/>` +
		`<path class="cloth" d="M44 400C46 334 86 308 138 297L162 289L194 400ZM356 400C354 334 314 308 262 297L238 289L206 400Z"/>` +
		`<path class="fold" d="M162 289L194 400L140 346L156 334L136 320ZM238 289L206 400L260 346L244 334L264 320Z"/>`,
	// a polo neck
	`<path class="cloth" d="` + torso + `"/><path class="cloth" d="M166 258C184 270 216 270 234 258L238 300C222 318 178 318 162 300Z"/>` +
		`<path class="seam" d="M162 300C178 318 222 318 238 300M165 266C184 278 216 278 235 266" fill="none" stroke-width="4"/>`,
	// a V-neck with a chain
	`<path class="cloth" d="` + torso + `"/><path class="skin" d="M166 286L200 348L234 286C222 306 178 306 166 286Z"/><path class="seam" d="M166 286L200 348L234 286" fill="none" stroke-width="5"/>` +
		`<path d="M172 290Q200 340 228 290" fill="none" stroke="#e9c46a" stroke-width="2"/><circle cx="200" cy="316" r="4" fill="#e9c46a"/>`,
	// a striped jersey
	`<clipPath id="t"><path d="` + torso + `"/></clipPath><g clip-path="url(#t)"><rect class="trim" y="280" width="400" height="120"/>` +
		`<path class="seam" d="M0 322H400M0 344H400M0 366H400M0 388H400" stroke-width="9"/></g><path class="seam" d="M168 286C176 320 224 320 232 286" fill="none" stroke-width="7"/>`,
	// dungarees
	`<path class="trim" d="` + torso + `"/><path class="cloth" d="M132 400V352C150 342 250 342 268 352V400ZM128 300L146 296L156 352H140ZM272 300L254 296L244 352H260Z"/>` +
		`<g fill="#e9c46a"><circle cx="149" cy="356" r="5"/><circle cx="251" cy="356" r="5"/></g>`,
}
