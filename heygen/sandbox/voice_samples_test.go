package sandbox_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestVoiceSamplesAreServed(t *testing.T) {
	box, samples := sandbox.New(sandbox.Options{}), map[string]bool{}
	for i, v := range box.Voices() {
		if i%3 > 0 && url.PathEscape(v.ID) == v.ID {
			continue // each sample is a second and a half of sound: generating all would be slow
		}
		served := v.PreviewAudioURL != nil && strings.HasPrefix(*v.PreviewAudioURL, "/")
		w := send(t, box, "GET", "/samples/"+url.PathEscape(v.ID)+".wav", nil) // no key
		if !served {
			if w.Code != 404 {
				t.Errorf("%s has no sample: %d", v.ID, w.Code)
			}
			continue
		}
		if w = send(t, box, "GET", *v.PreviewAudioURL, nil); w.Code != 200 || !bytes.HasPrefix(w.Body.Bytes(), []byte("RIFF")) ||
			w.Body.Len() > 100_000 {
			t.Errorf("%s: %d, %d bytes", *v.PreviewAudioURL, w.Code, w.Body.Len())
		}
		samples[w.Body.String()] = true
	}
	if len(samples) < 80 {
		t.Errorf("%d samples are different", len(samples))
	}
	if calls := box.Calls(); len(calls) != 0 {
		t.Errorf("samples count as %d API calls", len(calls))
	}
}

func TestSampleSupportsHeadAndRange(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	full := send(t, box, "GET", demoSamplePath, nil)
	for name, want := range map[string]string{
		"Content-Type":           "audio/wav",
		"Accept-Ranges":          "bytes",
		"Cache-Control":          "public, max-age=3600",
		"X-Content-Type-Options": "nosniff",

		"Cross-Origin-Resource-Policy": "cross-origin",
	} {
		if got := full.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	head := send(t, box, "HEAD", demoSamplePath, nil)
	if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("Content-Length") != full.Header().Get("Content-Length") {
		t.Errorf("HEAD: %d, %d bytes, %v", head.Code, head.Body.Len(), head.Header())
	}
	part := send(t, box, "GET", demoSamplePath, http.Header{"Range": {"bytes=8-11"}})
	if part.Code != 206 || part.Body.String() != "WAVE" || !strings.HasPrefix(part.Header().Get("Content-Range"), "bytes 8-11/") {
		t.Errorf("a range: %d %q %v", part.Code, part.Body, part.Header())
	}
	if w := send(t, box, "GET", demoSamplePath, http.Header{"Range": {"bytes=99999999-"}}); w.Code != 416 {
		t.Errorf("a range past the end: %d", w.Code)
	}
	if w := send(t, box, "POST", demoSamplePath, nil); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestSampleOfUnknownVoiceIs404(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddVoices(
		sandbox.Voice{ID: "elsewhere", PreviewAudioURL: new("https://files.example/a.wav")}, sandbox.Voice{ID: "mute"},
		sandbox.Voice{ID: "other", PreviewAudioURL: new("/samples/another.wav")},
		sandbox.Voice{ID: "a/b", PreviewAudioURL: new("/samples/a%2Fb.wav")},
	)
	box.RemoveVoices("5c3e9f1b7a2d4c60b8e1f7a94d20c6b3")
	for path, want := range map[string]int{
		demoSamplePath: 404, "/samples/unknown.wav": 404, "/samples/elsewhere.wav": 404, "/samples/mute.wav": 404, "/samples/other.wav": 404,
		"/samples/": 404, "/samples/.wav": 404, "/samples/a%2Fb": 404, "/samples/a/b.wav": 200, "/samples/a%2Fb.wav": 200,
	} {
		if w := send(t, box, "GET", path, nil); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

func TestSampleDependsOnIDAndGender(t *testing.T) {
	box, seen := sandbox.New(sandbox.Options{}), map[string]bool{}
	for _, v := range []sandbox.Voice{{ID: "x", Gender: "female"}, {ID: "x", Gender: "male"}, {ID: "y", Gender: "male"}} {
		v.PreviewAudioURL = new("/samples/" + v.ID + ".wav")
		box.AddVoices(v)
		seen[send(t, box, "GET", *v.PreviewAudioURL, nil).Body.String()] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d samples of 3 voices", len(seen))
	}
}
