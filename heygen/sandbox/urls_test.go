package sandbox_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// fetchStatus requests a preview as a browser does: without a key.
func fetchStatus(t *testing.T, box *sandbox.Sandbox, previewURL string) int {
	t.Helper()
	w := send(t, box, "GET", strings.TrimPrefix(previewURL, "http://sandbox.test"), nil)
	if w.Code == 200 && xml.Unmarshal(w.Body.Bytes(), new(struct{ XMLName xml.Name })) != nil {
		t.Errorf("%s is not a picture: %.100s", previewURL, w.Body)
	}
	return w.Code
}

func TestOnlyPhotoPreviewsAreSigned(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	paths := map[string]string{} // and their avatar types
	for _, g := range box.Groups() {
		paths["/v3/avatars/"+url.PathEscape(g.ID)] = g.AvatarType
	}
	for i, l := range box.Looks() {
		if i%10 == 0 || url.PathEscape(l.ID) != l.ID {
			paths["/v3/avatars/looks/"+url.PathEscape(l.ID)] = l.AvatarType
		}
	}
	signed := 0
	for path, kind := range paths {
		for _, key := range []string{"preview_image_url", "preview_video_url"} {
			signedURL := dataField(t, box, path, key)
			if signedURL == "" {
				continue
			}
			plain, query, hasQuery := strings.Cut(signedURL, "?")
			if hasQuery != (kind == sandbox.PhotoAvatar) {
				t.Errorf("%s of a %s is %s", path, kind, signedURL)
			}
			if got := fetchStatus(t, box, signedURL); got != 200 {
				t.Errorf("%s: %d", signedURL, got)
			}
			if hasQuery {
				signed++
				if q := parseQuery(t, query); len(q.Get("Signature")) != 64 || len(q) != 2 {
					t.Errorf("the query of %s is %v", path, q)
				}
				if got := fetchStatus(t, box, plain); got != 403 {
					t.Errorf("%s without a signature: %d", plain, got)
				}
			}
		}
	}
	if signed < 300 {
		t.Errorf("only %d signed previews", signed)
	}
}

// addPhotos adds a photo group and a photo look with the same id, and another look of the group.
func addPhotos(box *sandbox.Sandbox) {
	box.AddGroups(sandbox.Group{
		ID: "p", AvatarType: sandbox.PhotoAvatar, PreviewImageURL: new("/portraits/p.svg"), PreviewVideoURL: new("/previews/p.svg"),
	})
	box.AddLooks(sandbox.Look{ID: "p", AvatarType: sandbox.PhotoAvatar, PreviewImageURL: new("/looks/p.svg"), GroupID: new("p")},
		sandbox.Look{ID: "q", AvatarType: sandbox.PhotoAvatar, PreviewImageURL: new("/looks/q.svg"), GroupID: new("p")})
}

func TestSignatureIsBoundToPathAndExpiry(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	addPhotos(box)
	signedURL := dataField(t, box, "/v3/avatars/looks/p", "preview_image_url")
	u, err := url.Parse(signedURL)
	if err != nil || fetchStatus(t, box, signedURL) != 200 {
		t.Fatalf("%s: %v", signedURL, err)
	}
	expires, signature := u.Query().Get("Expires"), u.Query().Get("Signature")
	forged := []byte(signature)
	forged[10] ^= 1
	for name, path := range map[string]string{
		"no signature":      "/looks/p.svg?Expires=" + expires,
		"no time":           "/looks/p.svg?Signature=" + signature,
		"an empty one":      "/looks/p.svg?Signature=&Expires=" + expires,
		"a forged one":      fmt.Sprintf("/looks/p.svg?Expires=%s&Signature=%s", expires, forged),
		"a cut one":         fmt.Sprintf("/looks/p.svg?Expires=%s&Signature=%s", expires, signature[:63]),
		"a later time":      fmt.Sprintf("/looks/p.svg?Expires=%s0&Signature=%s", expires, signature),
		"no number":         "/looks/p.svg?Expires=never&Signature=" + signature,
		"another look":      "/looks/q.svg?" + u.RawQuery,
		"the moving one":    "/look-previews/p.svg?" + u.RawQuery,
		"the group's":       "/portraits/p.svg?" + u.RawQuery,
		"one of its group":  "/looks/p.svg?" + strings.SplitN(dataField(t, box, "/v3/avatars/p", "preview_image_url"), "?", 2)[1],
		"another signature": "/looks/p.svg?Expires=9999999999&Signature=00",
	} {
		if got := fetchStatus(t, box, path); got != 403 {
			t.Errorf("%s: %d", name, got)
		}
	}
	again := sandbox.New(sandbox.Options{})
	addPhotos(again)
	if got := fetchStatus(t, again, signedURL); got != 200 {
		t.Errorf("after a restart: %d", got)
	}
}

func TestSignatureExpires(t *testing.T) {
	for ttl, life := range map[time.Duration]time.Duration{0: 7 * 24 * time.Hour, time.Minute: time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{PreviewTTL: ttl})
			addPhotos(box)
			urls := map[string]string{}
			for _, path := range []string{"/v3/avatars/p", "/v3/avatars/looks/q"} {
				urls[path] = dataField(t, box, path, "preview_image_url")
				want := fmt.Sprintf("?Expires=%d&", time.Now().Add(life).Unix())
				if !strings.Contains(urls[path], want) {
					t.Errorf("%s: want %s", urls[path], want)
				}
			}
			sleep(t, life-time.Second)
			for path, previewURL := range urls {
				if got := fetchStatus(t, box, previewURL); got != 200 {
					t.Errorf("a second before: %d", got)
				}
				if fresh := dataField(t, box, path, "preview_image_url"); fresh == previewURL {
					t.Errorf("%s is returned again", previewURL)
				}
				w := send(t, box, "GET", strings.TrimPrefix(previewURL, "http://sandbox.test"), nil)
				if got := w.Header().Get("Cache-Control"); got != "public, max-age=1" {
					t.Errorf("a second before expiry, Cache-Control is %s", got)
				}
			}
			sleep(t, time.Second)
			for path, previewURL := range urls {
				if got := fetchStatus(t, box, previewURL); got != 403 {
					t.Errorf("at expiry: %d", got)
				}
				if got := fetchStatus(t, box, dataField(t, box, path, "preview_image_url")); got != 200 {
					t.Errorf("a new URL: %d", got)
				}
			}
		})
	}
}

func TestSignedPreviewRequiresSignature(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	addPhotos(box)
	w := send(t, box, "HEAD", "/looks/p.svg", http.Header{"X-Api-Key": {"key"}})
	if w.Code != 403 || w.Header().Get("Cache-Control") != "" || strings.Contains(w.Body.String(), "<svg") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := send(t, box, "GET", "/looks/unknown.svg", nil); w.Code != 404 {
		t.Errorf("unknown look: %d", w.Code)
	}
	if w := send(t, box, "POST", "/looks/p.svg", nil); w.Code != 405 {
		t.Errorf("POST: %d", w.Code)
	}
}
