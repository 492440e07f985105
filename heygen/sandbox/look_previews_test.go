package sandbox_test

import (
	"encoding/xml"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestLookPreviewsAreServedAtTheirSize(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for i, l := range box.Looks() {
		if l.AvatarType == sandbox.PhotoAvatar || i%5 > 0 && url.PathEscape(l.ID) == l.ID {
			continue // the first are signed, and the others are nearly all alike
		}
		for _, path := range []*string{l.PreviewImageURL, l.PreviewVideoURL} {
			if path == nil {
				continue
			}
			if !strings.HasPrefix(*path, "/look") {
				t.Errorf("%s has %s", l.ID, *path)
			}
			var svg struct {
				Width, Height string `xml:",attr"`
				ViewBox       string `xml:"viewBox,attr"`
				Fit           string `xml:"preserveAspectRatio,attr"`
			}
			w := send(t, box, "GET", *path, nil)
			if err := xml.Unmarshal(w.Body.Bytes(), &svg); w.Code != 200 || err != nil {
				t.Errorf("%s: %d %v", *path, w.Code, err)
			}
			width, height, fit := "400", "400", ""
			if l.ImageWidth != nil {
				width, height, fit = strconv.Itoa(*l.ImageWidth), strconv.Itoa(*l.ImageHeight), "xMidYMid slice"
			}
			if !strings.Contains(w.Body.String(), `width="`+width+`" height="`+height+`"`) || svg.ViewBox != "0 0 400 400" || svg.Fit != fit {
				t.Errorf("%s of %sx%s: %.200s", *path, width, height, w.Body)
			}
		}
	}
}

// face returns what all pictures of one subject have in common: the colours of skin and hair, and what is drawn with them.
func face(svg string) string {
	colours := regexp.MustCompile(`\.skin.*?\.cloth`).FindString(svg)
	heads := regexp.MustCompile(`(?s)<g class="nod">.*?</g></g>|<g class="nod">.*`).FindAllString(svg, -1)
	head, _, _ := strings.Cut(strings.Join(heads, ""), "<circle cx=\"352\"")
	return colours + head
}

func TestLookHasFaceOfItsGroupInOtherClothes(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddGroups(sandbox.Group{ID: "g", Name: "G", Gender: new("female")})
	box.AddLooks(
		sandbox.Look{ID: "a", Name: "G", GroupID: new("g"), Gender: new("male")},
		sandbox.Look{ID: "b", Name: "G", GroupID: new("g")},
		sandbox.Look{ID: "alone", Name: "G", Gender: new("female")},
	)
	portrait := send(t, box, "GET", "/portraits/g.svg", nil).Body.String()
	a := send(t, box, "GET", "/looks/a.svg", nil).Body.String()
	b := send(t, box, "GET", "/looks/b.svg", nil).Body.String()
	if face(a) != face(portrait) || face(b) != face(portrait) || len(face(portrait)) < 1000 {
		t.Errorf("faces differ:\n%s\n%s\n%s", face(portrait), face(a), face(b))
	}
	if a == portrait || b == portrait || a == b {
		t.Error("two pictures are the same")
	}
	for _, part := range []string{`\.cloth\{[^}]*`, `\.wall\{[^}]*`, `(?s)<g class="breathe">.*?</g>`} {
		pattern := regexp.MustCompile(part)
		if pattern.FindString(a) == pattern.FindString(portrait) {
			t.Errorf("the look and the portrait have the same %s", pattern.FindString(a))
		}
	}
	if orphan := send(t, box, "GET", "/looks/alone.svg", nil).Body.String(); face(orphan) == face(portrait) {
		t.Error("a look without a group has the face of a group")
	}
	box.AddGroups(sandbox.Group{ID: "g", Name: "G", Gender: new("male"), LooksCount: 2})
	if again := send(t, box, "GET", "/looks/a.svg", nil).Body.String(); face(again) == face(a) {
		t.Error("the look ignores the gender of its group")
	}
}

func TestOnlyLookVideoIsAnimated(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for path, want := range map[string]bool{"/looks/monica_sofa.svg": false, "/look-previews/monica_sofa.svg": true} {
		w := send(t, box, "GET", path, nil)
		if animated := strings.Contains(w.Body.String(), "@keyframes"); w.Code != 200 || animated != want {
			t.Errorf("%s is animated: %t", path, animated)
		}
		if got := w.Header().Get("Content-Security-Policy"); got != "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestPreviewOfUnknownLookIs404(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.RemoveLooks("monica_sofa")
	for _, path := range []string{
		"/looks/monica_sofa.svg", "/looks/unknown.svg", "/looks/group_monica.svg", "/looks/monica_office", "/look-previews/.svg", "/looks/",
	} {
		if w := send(t, box, "GET", path, nil); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
