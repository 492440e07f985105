// Package portrait draws a friendly face for an avatar group, as SVG: the same face for the same id each time, so that a
// list of groups looks like a list of people without a picture in the repository.
//
// It depicts no real person, and it has nothing to do with HTTP. A face is composed of a few dozen parts and colours that
// the hash of the id selects: enough for millions of different ones.
//
//	svg := portrait.Draw(portrait.Subject{ID: "group_monica", Name: "Monica", Gender: "female"}, false)
package portrait

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

// Subject is the person to draw. The id selects the face, gender limits the hairstyles, and the name provides the initials
// in the corner. Each may be any string.
type Subject struct {
	ID, Name, Gender string

	// Look is the id of another look of the same person: the same face in other clothes, against another background. Empty:
	// the portrait.
	Look string

	// Width and Height are the size of the picture, if both are known. It is cropped from the square.
	Width, Height int
}

// Draw returns a complete SVG document of 400 by 400 units, at the size of the subject. If moving, the portrait nods,
// blinks and talks, in pure CSS, and stays still for users who prefer reduced motion.
func Draw(s Subject, moving bool) []byte {
	r := rng.New(s.ID)
	skin := rng.Pick(r, skinColours...)
	hair, eyes := rng.Pick(r, hairColours...), rng.Pick(r, eyeShapes...)
	if skin.deep { // brown hair, or dark eyes without white, would be invisible
		hair, eyes = rng.Pick(r, blackHair...), rng.Pick(r, wideEyes...)
	}
	if rng.Chance(r, 1, 7) {
		hair = rng.Pick(r, greyHair...)
	}
	cloth, wall := rng.Pick(r, clothColours...), rng.Pick(r, wallColours...)

	style := rng.Pick(r, hairstylesFor(s.Gender)...)
	scenery, outfit := rng.Pick(r, sceneries...), rng.Pick(r, outfits...)
	if s.Look != "" {
		lookRand := rng.New("look " + s.Look)
		cloth, wall = rng.PickOther(lookRand, cloth, clothColours...), rng.PickOther(lookRand, wall, wallColours...)
		scenery, outfit = rng.PickOther(lookRand, scenery, sceneries...), rng.PickOther(lookRand, outfit, outfits...)
	}
	mouth, nose := rng.Pick(r, mouths...), rng.Pick(r, noses...)
	var extras []string
	if style.beards && rng.Chance(r, 1, 2) {
		extras = append(extras, rng.Pick(r, beards...))
	}
	if rng.Chance(r, 1, 4) {
		extras = append(extras, rng.Pick(r, glasses...))
	}
	if style.earrings && rng.Chance(r, 1, 3) {
		extras = append(extras, earrings)
	}
	if rng.Chance(r, 1, 6) {
		extras = append(extras, freckles)
	}

	var out bytes.Buffer
	f := frameOf(s)
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" %s role="img">`+
		`<title>%s</title><style>`, f.attributes, escape(s.Name))
	fmt.Fprintf(&out, `.skin{fill:%s}.dim{fill:%s}.blush{fill:%s}.hair{fill:%s}.lock{fill:%s}.brow{stroke:%s}`+
		`.cloth{fill:%s}.fold{fill:%s}.seam{stroke:%s}.trim{fill:%s}.wall{fill:%s}.light{fill:%s}.line{stroke:%s}`,
		skin.base, skin.dim, skin.blush, hair.base, hair.dim, hair.brow,
		cloth.base, cloth.dim, cloth.dim, cloth.trim, wall.wall, wall.light, skin.line)
	if moving {
		out.WriteString(motion(r))
	}
	out.WriteString(`</style><rect class="wall" width="400" height="400"/>`)
	out.WriteString(scenery)
	writeGroup(&out, "nod", style.behind)
	writeGroup(&out, "breathe", neck, outfit)
	writeGroup(&out, "nod", head, `<g class="blink">`, eyes, `</g>`, brows, nose, `<g class="talk">`, mouth, `</g>`,
		strings.Join(extras, ""), style.before)
	fmt.Fprintf(&out, `<circle cx="%d" cy="%d" r="30" fill="#fff" fill-opacity=".88"/>`+
		`<text x="%d" y="%d" text-anchor="middle" font-family="system-ui,sans-serif" font-size="26" font-weight="600" `+
		`fill="#333" direction="ltr">%s</text></svg>`, f.right-48, f.bottom-48, f.right-48, f.bottom-39, escape(initials(s.Name)))
	return out.Bytes()
}

func writeGroup(out *bytes.Buffer, class string, parts ...string) {
	fmt.Fprintf(out, `<g class="%s">%s</g>`, class, strings.Join(parts, ""))
}

// motion differs a little from face to face: a wall of faces that all blink at once is uncanny.
func motion(r *rand.Rand) string {
	nod, blink := 4+float64(r.IntN(20))/10, 3+float64(r.IntN(25))/10
	return fmt.Sprintf(`.nod{animation:nod %.1fs ease-in-out infinite;transform-origin:200px 280px}`+
		`.breathe{animation:breathe %.1fs ease-in-out infinite}`+
		`.blink{animation:blink %.1fs linear infinite;transform-origin:200px 176px}`+
		`.talk{animation:talk .9s ease-in-out infinite;transform-origin:200px 222px}`+
		`@keyframes nod{0%%,100%%{transform:rotate(-1.5deg)}30%%{transform:translateY(3px)}55%%{transform:rotate(2deg)}}`+
		`@keyframes breathe{50%%{transform:translateY(2px)}}`+
		`@keyframes blink{0%%,92%%,100%%{transform:scaleY(1)}96%%{transform:scaleY(.08)}}`+
		`@keyframes talk{0%%,100%%{transform:scaleY(1)}25%%{transform:scaleY(.6)}60%%{transform:scaleY(1.15)}}`+
		`@media (prefers-reduced-motion:reduce){g{animation:none!important}}`, nod, nod, blink)
}
