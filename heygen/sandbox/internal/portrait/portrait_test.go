package portrait

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTheSameSitterLooksTheSame(t *testing.T) {
	s := Sitter{ID: "group_monica", Name: "Monica", Gender: "female"}
	if !bytes.Equal(Draw(s, false), Draw(s, false)) {
		t.Error("two portraits of one sitter differ")
	}
}

func TestSittersLookDifferent(t *testing.T) {
	seen := map[string]bool{}
	for i := range 500 {
		seen[string(Draw(Sitter{ID: fmt.Sprint(i)}, false))] = true
	}
	if len(seen) < 490 {
		t.Errorf("500 sitters share %d faces", len(seen))
	}
}

func TestOnlyThePreviewMoves(t *testing.T) {
	s := Sitter{ID: "x", Name: "X"}
	if still := Draw(s, false); bytes.Contains(still, []byte("animation")) {
		t.Error("the portrait moves")
	}
	moving := Draw(s, true)
	for _, want := range []string{"animation:nod", "animation:blink", "animation:talk", "prefers-reduced-motion"} {
		if !bytes.Contains(moving, []byte(want)) {
			t.Errorf("the preview lacks %s", want)
		}
	}
}

func TestAnyStringsGiveWellFormedXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, size := rapid.String(), rapid.IntRange(-1, 4000)
		s := Sitter{
			ID: text.Draw(t, "id"), Name: text.Draw(t, "name"), Gender: text.Draw(t, "gender"), Look: text.Draw(t, "look"),
			Width: size.Draw(t, "width"), Height: size.Draw(t, "height"),
		}
		wellFormed(t, Draw(s, rapid.Bool().Draw(t, "moving")))
	})
	wellFormed(t, Draw(Sitter{Name: "<script>alert(1)</script> &\x00\xff ]]>"}, true))
}

// wellFormed fails for a document that does not parse, and for an element that a portrait has no use for.
func wellFormed(t interface{ Fatalf(string, ...any) }, svg []byte) {
	for dec := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		start, ok := token.(xml.StartElement)
		if ok && slices.Contains([]string{"script", "image", "use", "a", "foreignObject"}, start.Name.Local) {
			t.Fatalf("there is a <%s> in it", start.Name.Local)
		}
	}
}

func TestGenderDecidesWhichHair(t *testing.T) {
	for gender, want := range map[string]int{
		"female": len(long), "Woman": len(long), "male": len(short), "MAN": len(short),
		"": len(long) + len(short), "non-binary": len(long) + len(short),
	} {
		if got := len(cutsFor(gender)); got != want {
			t.Errorf("%q has %d cuts to choose from, not %d", gender, got, want)
		}
	}
	for _, c := range cutsFor("Female") {
		if c.beards || !c.earrings {
			t.Error("a woman's cut goes with a beard, or without earrings")
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Monica":         "M",
		"ömer":           "Ö",
		"Chef Éva":       "CÉ",
		"Lola & Friends": "LF",
		"Dr. Ada Maria":  "DA",
		"さくら":            "さ",
		"فاطمة الزهراء":  "ف",
		"किरण":           "कि", // the vowel sign belongs to the letter
		"42":             "",
		"":               "",
		"\xff\xfe":       "",
		"Елена Мила":     "ЕМ",
	} {
		if got := initials(name); got != want {
			t.Errorf("initials(%q) = %q, want %q", name, got, want)
		}
	}
}
