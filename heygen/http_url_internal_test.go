package heygen

import (
	"net/url"
	"testing"

	"pgregory.net/rapid"
)

// TestSimpleURLsAreValidURLs checks that url.Parse accepts every simple URL.
func TestSimpleURLsAreValidURLs(t *testing.T) {
	tested, simple := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		rest := string(rapid.SliceOfN(rapid.SampledFrom([]byte("aaaaaaaaaaaaaaaaaaaaaaaaaZ09.-_/:%?#@[]\\ é~=&")), 1, 12).Draw(r, "rest"))
		if tested++; !isSimpleURL(rest) {
			return
		}
		simple++
		if u, err := url.Parse("https://" + rest); err != nil || u.Host == "" || u.Scheme != "https" {
			r.Fatalf("%q: %v", rest, err)
		}
	})
	if simple < tested/20 {
		t.Errorf("only %d of %d URLs are simple", simple, tested)
	}
	for _, rawURL := range []string{"https://files.heygen.ai/avatar/v3/abc_DEF-1/full.webp", "http://127.0.0.1:8080/sandbox/picture.svg", "https://x?Expires=1&Signature=a%2Fb"} {
		if !IsHTTPURL(rawURL) {
			t.Errorf("%q", rawURL)
		}
	}
	for _, rawURL := range []string{"", "s3://bucket/key", "https://", "https:///path", "https://a b", "ftp://x", "//x/y", "x"} {
		if IsHTTPURL(rawURL) {
			t.Errorf("%q", rawURL)
		}
	}
}

func BenchmarkURL(b *testing.B) {
	for b.Loop() {
		if !IsHTTPURL("https://files2.heygen.ai/avatar/v3/0123456789abcdef0123456789abcdef/full/2.2/preview_target.webp?Expires=1792000000&Signature=abc~DEF_&Key-Pair-Id=K1") {
			b.Fatal()
		}
	}
}
