package model

import (
	"net/url"
	"testing"

	"pgregory.net/rapid"
)

// What is plain is an address, by the rules of those who read it.
func TestPlainAddressesAreAddresses(t *testing.T) {
	plain := 0
	rapid.Check(t, func(r *rapid.T) {
		rest := string(rapid.SliceOfN(rapid.SampledFrom([]byte("aaaaaaaaaaaaaaaaaaaaaaaaaZ09.-_/:%?#@[]\\ é~=&")), 1, 12).Draw(r, "rest"))
		if !isPlain(rest) {
			return
		}
		plain++
		if u, err := url.Parse("https://" + rest); err != nil || u.Host == "" || u.Scheme != "https" {
			r.Fatalf("%q: %v", rest, err)
		}
	})
	if plain < 10 {
		t.Errorf("%d plain ones are not worth the test", plain)
	}
	for _, text := range []string{"https://files.heygen.ai/avatar/v3/abc_DEF-1/full.webp", "http://127.0.0.1:8080/sandbox/picture.svg", "https://x?Expires=1&Signature=a%2Fb"} {
		if !IsURL(text) {
			t.Errorf("%q", text)
		}
	}
	for _, text := range []string{"", "s3://bucket/key", "https://", "https:///path", "https://a b", "ftp://x", "//x/y", "x"} {
		if IsURL(text) {
			t.Errorf("%q", text)
		}
	}
}

func BenchmarkURL(b *testing.B) {
	for b.Loop() {
		if !IsURL("https://files2.heygen.ai/avatar/v3/0123456789abcdef0123456789abcdef/full/2.2/preview_target.webp?Expires=1792000000&Signature=abc~DEF_&Key-Pair-Id=K1") {
			b.Fatal()
		}
	}
}
