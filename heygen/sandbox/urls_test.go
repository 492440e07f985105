package sandbox_test

import (
	"encoding/json"
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

// preview gives a preview's URL as an answer has it, "" for none.
func preview(t *testing.T, box *sandbox.Sandbox, path, key string) string {
	t.Helper()
	var single struct{ Data map[string]any }
	if err := json.Unmarshal(get(t, box, path).Body.Bytes(), &single); err != nil {
		t.Fatal(err)
	}
	text, _ := single.Data[key].(string)
	return text
}

// open asks for a file as a browser does: without a key.
func open(t *testing.T, box *sandbox.Sandbox, url string) int {
	t.Helper()
	w := send(t, box, "GET", strings.TrimPrefix(url, "http://sandbox.test"), nil)
	if w.Code == 200 && xml.Unmarshal(w.Body.Bytes(), new(struct{ XMLName xml.Name })) != nil {
		t.Errorf("%s is no picture: %.100s", url, w.Body)
	}
	return w.Code
}

func TestPreviewsOfPhotosAreSignedAndNoOthers(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	paths := map[string]string{} // and the type of avatar behind each
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
			whole := preview(t, box, path, key)
			if whole == "" {
				continue
			}
			plain, query, is := strings.Cut(whole, "?")
			if is != (kind == sandbox.PhotoAvatar) {
				t.Errorf("%s of a %s is %s", path, kind, whole)
			}
			if got := open(t, box, whole); got != 200 {
				t.Errorf("%s: %d", whole, got)
			}
			if is {
				signed++
				if q := parse(t, query); len(q.Get("Signature")) != 64 || len(q) != 2 {
					t.Errorf("the query of %s is %v", path, q)
				}
				if got := open(t, box, plain); got != 403 {
					t.Errorf("%s without a signature: %d", plain, got)
				}
			}
		}
	}
	if signed < 300 {
		t.Errorf("only %d signed previews", signed)
	}
}

// photos is a group and a look that are photos, by one id, and a look of the group's.
func photos(box *sandbox.Sandbox) {
	box.Add(sandbox.Group{
		ID: "p", AvatarType: sandbox.PhotoAvatar, PreviewImageURL: new("/portraits/p.svg"), PreviewVideoURL: new("/previews/p.svg"),
	})
	box.AddLooks(sandbox.Look{ID: "p", AvatarType: sandbox.PhotoAvatar, PreviewImageURL: new("/looks/p.svg"), GroupID: new("p")},
		sandbox.Look{ID: "q", AvatarType: sandbox.PhotoAvatar, PreviewImageURL: new("/looks/q.svg"), GroupID: new("p")})
}

func TestASignatureIsGoodForOnePictureAndItsTime(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	photos(box)
	whole := preview(t, box, "/v3/avatars/looks/p", "preview_image_url")
	u, err := url.Parse(whole)
	if err != nil || open(t, box, whole) != 200 {
		t.Fatalf("%s: %v", whole, err)
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
		"one of its group":  "/looks/p.svg?" + strings.SplitN(preview(t, box, "/v3/avatars/p", "preview_image_url"), "?", 2)[1],
		"a stranger's look": "/looks/p.svg?Expires=9999999999&Signature=00",
	} {
		if got := open(t, box, path); got != 403 {
			t.Errorf("%s: %d", name, got)
		}
	}
	again := sandbox.New(sandbox.Options{})
	photos(again)
	if got := open(t, again, whole); got != 200 {
		t.Errorf("after a restart: %d", got)
	}
}

func TestASignatureExpires(t *testing.T) {
	for ttl, life := range map[time.Duration]time.Duration{0: 7 * 24 * time.Hour, time.Minute: time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{PreviewTTL: ttl})
			photos(box)
			urls := map[string]string{}
			for _, path := range []string{"/v3/avatars/p", "/v3/avatars/looks/q"} {
				urls[path] = preview(t, box, path, "preview_image_url")
				want := fmt.Sprintf("?Expires=%d&", time.Now().Add(life).Unix())
				if !strings.Contains(urls[path], want) {
					t.Errorf("%s: want %s", urls[path], want)
				}
			}
			sleep(t, life-time.Second)
			for path, url := range urls {
				if got := open(t, box, url); got != 200 {
					t.Errorf("a second before: %d", got)
				}
				if fresh := preview(t, box, path, "preview_image_url"); fresh == url {
					t.Errorf("%s is sent again", url)
				}
				w := send(t, box, "GET", strings.TrimPrefix(url, "http://sandbox.test"), nil)
				if got := w.Header().Get("Cache-Control"); got != "public, max-age=1" {
					t.Errorf("a second before it is kept: %s", got)
				}
			}
			sleep(t, time.Second)
			for path, url := range urls {
				if got := open(t, box, url); got != 403 {
					t.Errorf("at the end: %d", got)
				}
				if got := open(t, box, preview(t, box, path, "preview_image_url")); got != 200 {
					t.Errorf("a fresh one: %d", got)
				}
			}
		})
	}
}

// sleep lets the time of a bubble pass.
func sleep(t *testing.T, d time.Duration) {
	t.Helper()
	<-time.After(d)
}

func TestSignedPicturesAreServedToNobodyElse(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	photos(box)
	w := send(t, box, "HEAD", "/looks/p.svg", http.Header{"X-Api-Key": {"key"}})
	if w.Code != 403 || w.Header().Get("Cache-Control") != "" || strings.Contains(w.Body.String(), "<svg") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := send(t, box, "GET", "/looks/nobody.svg", nil); w.Code != 404 {
		t.Errorf("nobody: %d", w.Code)
	}
	if w := send(t, box, "POST", "/looks/p.svg", nil); w.Code != 405 {
		t.Errorf("POST: %d", w.Code)
	}
}
