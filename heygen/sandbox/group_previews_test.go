package sandbox_test

import (
	"encoding/xml"
	"net/url"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestCataloguePreviewsAreServed(t *testing.T) {
	box := sandbox.New(sandbox.Options{PublicURL: "http://sandbox.test"})
	for _, g := range box.Groups() {
		if g.AvatarType == sandbox.PhotoAvatar {
			continue // signed
		}
		for _, path := range []*string{g.PreviewImageURL, g.PreviewVideoURL} {
			if path == nil {
				continue
			}
			if u, err := url.Parse(*path); err != nil || u.RawQuery != "" || u.Fragment != "" {
				t.Errorf("%s is not a path: %v", *path, err)
			}
			w := send(t, box, "GET", *path, nil) // no key
			if w.Code != 200 || xml.Unmarshal(w.Body.Bytes(), new(struct{ XMLName xml.Name })) != nil {
				t.Errorf("%s: %d %.100s", *path, w.Code, w.Body)
			}
		}
	}
	if calls := box.Calls(); len(calls) != 0 {
		t.Errorf("pictures count as %d API calls", len(calls))
	}
}

func TestPreviewsCannotRunScripts(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddGroups(sandbox.Group{ID: "evil", Name: `<script>alert("1")</script>`})
	w := send(t, box, "GET", "/portraits/evil.svg", nil)
	for name, want := range map[string]string{
		"Content-Type":            "image/svg+xml",
		"X-Content-Type-Options":  "nosniff",
		"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'",
		"Cache-Control":           "public, max-age=3600",

		"Cross-Origin-Resource-Policy": "cross-origin",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if strings.Contains(w.Body.String(), "<script") {
		t.Error(w.Body)
	}
}

func TestOnlyGroupVideoIsAnimated(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for path, want := range map[string]bool{"/portraits/group_monica.svg": false, "/previews/group_monica.svg": true} {
		if animated := strings.Contains(send(t, box, "GET", path, nil).Body.String(), "@keyframes"); animated != want {
			t.Errorf("%s is animated: %t", path, animated)
		}
	}
}

func TestGroupPreviewDependsOnIDNameAndGender(t *testing.T) {
	box, seen := sandbox.New(sandbox.Options{}), map[string]bool{}
	for _, gender := range []*string{new("female"), new("male"), nil} {
		box.AddGroups(sandbox.Group{ID: "x", Name: "X", Gender: gender})
		seen[send(t, box, "GET", "/portraits/x.svg", nil).Body.String()] = true
	}
	box.AddGroups(sandbox.Group{ID: "x", Name: "Y"}, sandbox.Group{ID: "y", Name: "Y"})
	seen[send(t, box, "GET", "/portraits/x.svg", nil).Body.String()] = true
	seen[send(t, box, "GET", "/portraits/y.svg", nil).Body.String()] = true
	if len(seen) != 5 {
		t.Errorf("%d pictures of 5 subjects", len(seen))
	}
}

func TestPreviewOfUnknownGroupIs404(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	removed := box.Groups()[0].ID
	box.RemoveGroups(removed)
	for _, path := range []string{
		"/portraits/unknown.svg", "/portraits/" + removed + ".svg", "/portraits/" + box.Groups()[1].ID, "/portraits/", "/previews/.svg",
	} {
		if w := send(t, box, "GET", path, nil); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := send(t, box, "POST", "/portraits/group_monica.svg", nil); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}
