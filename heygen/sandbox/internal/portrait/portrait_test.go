package portrait

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSameSubjectHasSamePortrait(t *testing.T) {
	s := Subject{ID: "group_monica", Name: "Monica", Gender: "female"}
	if !bytes.Equal(Draw(s, false), Draw(s, false)) {
		t.Error("two portraits of one subject differ")
	}
}

// A portrait seen yesterday is the same today: drawing looks, or anything new, must not shift the random sequence of a face.
func TestPortraitsNeverChange(t *testing.T) {
	h := sha256.New()
	for i := range 100 {
		s := Subject{ID: fmt.Sprint(i), Name: fmt.Sprint("N ", i), Gender: []string{"female", "Man", ""}[i%3]}
		h.Write(Draw(s, true))
		h.Write(Draw(s, false))
	}
	if got := fmt.Sprintf("%x", h.Sum(nil)); got != "2fda2b6169a8398b5dfd3252e2e724f8f6d76849df798ce93d6ade411236923d" {
		t.Error(got)
	}
}

func TestLookHasOtherClothesAndBackground(t *testing.T) {
	class := func(svg []byte, name string) string {
		return regexp.MustCompile(`\.` + name + `\{[^}]*\}`).FindString(string(svg))
	}
	for i := range 200 {
		s := Subject{ID: fmt.Sprint(i)}
		portrait := Draw(s, false)
		s.Look = "look"
		look := Draw(s, false)
		for name, same := range map[string]bool{
			"skin": true, "blush": true, "hair": true, "lock": true, "brow": true, "line": true, "cloth": false, "wall": false,
		} {
			if a, b := class(portrait, name), class(look, name); a == "" || (a == b) != same {
				t.Errorf("subject %d: %s in the portrait, %s in the look", i, a, b)
			}
		}
	}
}

func TestLooksOfOneSubjectDiffer(t *testing.T) {
	seen := map[string]bool{}
	for i := range 300 {
		seen[string(Draw(Subject{ID: "x", Look: fmt.Sprint(i)}, false))] = true
	}
	if len(seen) < 250 {
		t.Errorf("300 looks are %d pictures", len(seen))
	}
}

func TestInitialsAreInVisiblePart(t *testing.T) {
	for _, c := range []struct {
		width, height int
		attributes    string
		x, y          int
	}{
		{0, 0, `viewBox="0 0 400 400" width="400" height="400" role="img"`, 352, 352},
		{1080, 0, `viewBox="0 0 400 400" width="400" height="400" role="img"`, 352, 352},
		{1024, 1024, `viewBox="0 0 400 400" width="1024" height="1024" preserveAspectRatio="xMidYMid slice" role="img"`, 352, 352},
		{1080, 1920, `viewBox="0 0 400 400" width="1080" height="1920" preserveAspectRatio="xMidYMid slice" role="img"`, 264, 352},
		{1920, 1080, `viewBox="0 0 400 400" width="1920" height="1080" preserveAspectRatio="xMidYMid slice" role="img"`, 352, 264},
	} {
		svg := string(Draw(Subject{ID: "x", Width: c.width, Height: c.height}, false))
		circle := fmt.Sprintf(`<circle cx="%d" cy="%d" r="30" fill="#fff"`, c.x, c.y)
		if !strings.Contains(svg, c.attributes) || !strings.Contains(svg, circle) {
			t.Errorf("%d by %d: %s", c.width, c.height, svg)
		}
	}
}

func TestSubjectsHaveDifferentFaces(t *testing.T) {
	seen := map[string]bool{}
	for i := range 500 {
		seen[string(Draw(Subject{ID: fmt.Sprint(i)}, false))] = true
	}
	if len(seen) < 490 {
		t.Errorf("500 subjects share %d faces", len(seen))
	}
}

func TestOnlyMovingPortraitIsAnimated(t *testing.T) {
	s := Subject{ID: "x", Name: "X"}
	if still := Draw(s, false); bytes.Contains(still, []byte("animation")) {
		t.Error("the portrait is animated")
	}
	moving := Draw(s, true)
	for _, want := range []string{"animation:nod", "animation:blink", "animation:talk", "prefers-reduced-motion"} {
		if !bytes.Contains(moving, []byte(want)) {
			t.Errorf("the preview lacks %s", want)
		}
	}
}

func TestAnySubjectIsWellFormedXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, size := rapid.String(), rapid.IntRange(-1, 4000)
		s := Subject{
			ID: text.Draw(t, "id"), Name: text.Draw(t, "name"), Gender: text.Draw(t, "gender"), Look: text.Draw(t, "look"),
			Width: size.Draw(t, "width"), Height: size.Draw(t, "height"),
		}
		assertWellFormed(t, Draw(s, rapid.Bool().Draw(t, "moving")))
	})
	assertWellFormed(t, Draw(Subject{Name: "<script>alert(1)</script> &\x00\xff ]]>"}, true))
}

// assertWellFormed fails for malformed XML, and for elements that no portrait contains.
func assertWellFormed(t interface{ Fatalf(string, ...any) }, svg []byte) {
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
			t.Fatalf("it contains a <%s>", start.Name.Local)
		}
	}
}

func TestGenderSelectsHairstyles(t *testing.T) {
	for gender, want := range map[string]int{
		"female": len(longHair), "Woman": len(longHair), "male": len(shortHair), "MAN": len(shortHair),
		"": len(longHair) + len(shortHair), "non-binary": len(longHair) + len(shortHair),
	} {
		if got := len(hairstylesFor(gender)); got != want {
			t.Errorf("%q has %d hairstyles, want %d", gender, got, want)
		}
	}
	for _, c := range hairstylesFor("Female") {
		if c.beards || !c.earrings {
			t.Error("a woman's hairstyle allows a beard, or no earrings")
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
