package relay

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var examples = []Cursor{
	{},
	{Index: 49, Self: 1<<40 - 1, Front: []uint64{1, 2, 1<<40 - 1}},
	{Token: "eyJsYXN0X2lkIjoiMTIzIn0", Page: 1, Mark: 1<<32 - 1, Index: 1, Self: 7, Front: []uint64{9}, Behind: []uint64{3, 4}},
	{Token: "a+b/c==", Page: 300, Mark: 5, Closes: true, Self: 7, Front: []uint64{9, 8}},
	{Token: strings.Repeat("t", maxToken), Page: maxPage, Index: maxIndex - 1, Front: []uint64{1, 2, 3}, Behind: []uint64{4, 5}},
}

func TestCursorsComeBackAsTheyWent(t *testing.T) {
	c := NewCodec("")
	for _, want := range examples {
		text := c.Encode("scope", want)
		got, err := c.Decode("scope", text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
		if strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("%q must be escaped in a URL", text)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.Uint64Range(0, 1<<40-1)
		want := Cursor{
			Token: rapid.String().Draw(t, "token"), Index: rapid.IntRange(0, 60).Draw(t, "index"), Self: id.Draw(t, "self"),
			Front: rapid.SliceOfN(id, 1, maxFront).Draw(t, "front"), Behind: rapid.SliceOfN(id, 1, maxBehind).Draw(t, "behind"),
		}
		if want.Token != "" {
			want.Page, want.Mark = rapid.IntRange(1, maxPage).Draw(t, "page"), rapid.Uint32().Draw(t, "mark")
		}
		if got, err := c.Decode("s", c.Encode("s", want)); err != nil || !cmp.Equal(got, want) {
			t.Fatalf("%v, %v", got, err)
		}
	})
}

// TestCursorsStayReadable holds a cursor as it was first given out: clients
// keep them over restarts and new versions.
func TestCursorsStayReadable(t *testing.T) {
	const text = "Fei561oCAAAABQMAAAAABwAAAAAJAAAAAAhleUpzWVhOMFgybGtJam9pTVRJekluMIYP2QEOrFDM"
	at := Cursor{Token: "eyJsYXN0X2lkIjoiMTIzIn0", Page: 2, Mark: 5, Index: 2, Self: 7, Front: []uint64{9}, Behind: []uint64{8}}
	if got := NewCodec("").Encode("avatarGroups", at); got != text {
		t.Errorf("written as %s", got)
	}
	if got, err := NewCodec("").Decode("avatarGroups", text); err != nil || !cmp.Equal(got, at) {
		t.Errorf("read as %+v, %v", got, err)
	}
}

func TestDamagedCursorsAreRefusedWithAReason(t *testing.T) {
	c := NewCodec("")
	good := c.Encode("scope", examples[1])
	for i := range len(good) {
		for _, bad := range []string{good[:i], good[:i] + string(flip(good[i])) + good[i+1:], good[:i] + good[i+1:], good[:i] + "A" + good[i:], good[:i] + "\n" + good[i:]} {
			if _, err := c.Decode("scope", bad); bad != good && !errors.Is(err, ErrInvalidCursor) {
				t.Errorf("%q is taken: %v", bad, err)
			}
		}
	}
	for text, want := range map[string]error{
		"":                             errCursorText,
		"YXJyYXljb25uZWN0aW9uOjA=":     errCursorText, // another server's
		strings.Repeat("A", 1<<20):     errCursorText,
		strings.Repeat("A", 64):        errCursorText, // version 0
		good + "=":                     errCursorText,
		" " + good:                     errCursorText,
		c.Encode("other", examples[1]): errCursorScope,
		NewCodec("another secret").Encode("scope", examples[1]): errCursorMAC,
	} {
		if _, err := c.Decode("scope", text); err != want {
			t.Errorf("%.40q: %v, want %v", text, err, want)
		}
	}
}

func flip(b byte) byte {
	if b == 'A' {
		return 'B'
	}
	return 'A'
}

// TestSignedNonsenseIsRefused forges cursors with the right key: whoever knows
// the fixed one can do that.
func TestSignedNonsenseIsRefused(t *testing.T) {
	c := NewCodec("")
	hash := scopeHash("scope")
	scope := string(hash[:])
	self := strings.Repeat("s", hashSize)
	token := "\x01mark" // page 1 and its mark
	for name, body := range map[string]string{
		"nothing":                      "\x10" + scope,
		"no index":                     "\x10" + scope + "\x00",
		"an endless varint":            "\x10" + scope + "\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" + self,
		"a varint with a long form":    "\x10" + scope + "\x00\x81\x00" + self,
		"a huge index":                 "\x10" + scope + "\x00\xff\xff\xff\x7f" + self,
		"a huge page":                  "\x10" + scope + "\xff\xff\xff\x7fmark\x01" + self + "token",
		"a mark cut short":             "\x10" + scope + "\x01ma",
		"neighbours cut short":         "\x1e" + scope + "\x00\x01" + self + self,
		"three neighbours behind":      "\x13" + scope + "\x00\x01" + self + self + self + self,
		"closing without a token":      "\x10" + scope + "\x00\x00" + self,
		"closing with neighbours":      "\x11" + scope + token + "\x00" + self + self + "token",
		"a later page without a token": "\x10" + scope + token + "\x01" + self,
		"the first page with a token":  "\x10" + scope + "\x00\x01" + self + "token",
		"a token of 5 KiB":             "\x10" + scope + token + "\x01" + self + strings.Repeat("t", 5<<10),
	} {
		text := base64.RawURLEncoding.EncodeToString(c.signers.Get().(*signer).sign([]byte(body)))
		if at, err := c.Decode("scope", text); !errors.Is(err, ErrInvalidCursor) {
			t.Errorf("%s: %+v, %v", name, at, err)
		}
	}
}

func FuzzCursor(f *testing.F) {
	c := NewCodec("")
	for _, at := range examples {
		text, _ := encoding.DecodeString(c.Encode("scope", at))
		f.Add(string(text[:len(text)-signatureSize]), true)
		f.Add(c.Encode("scope", at), false)
	}
	f.Fuzz(func(t *testing.T, text string, sign bool) {
		if sign { // get past the signature, to what is behind it
			text = encoding.EncodeToString(c.signers.Get().(*signer).sign([]byte(text)))
		}
		at, err := c.Decode("scope", text)
		if err != nil {
			if !errors.Is(err, ErrInvalidCursor) || at.Token != "" {
				t.Fatalf("%+v, %v", at, err)
			}
			return
		}
		if again := c.Encode("scope", at); again != text {
			t.Fatalf("%q was read as %+v, which is written as %q", text, at, again)
		}
	})
}

func BenchmarkCursorEncode(b *testing.B) {
	c, at := NewCodec(""), Cursor{Token: strings.Repeat("t", 40), Page: 3, Index: 20, Self: 1 << 39, Front: []uint64{1, 2, 3}, Behind: []uint64{4, 5}}
	b.ReportAllocs()
	for b.Loop() {
		c.Encode("avatarGroups ownership=public", at)
	}
}

func BenchmarkCursorDecode(b *testing.B) {
	c, at := NewCodec(""), Cursor{Token: strings.Repeat("t", 40), Page: 3, Index: 20, Self: 1 << 39, Front: []uint64{1, 2, 3}, Behind: []uint64{4, 5}}
	text := c.Encode("avatarGroups ownership=public", at)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Decode("avatarGroups ownership=public", text); err != nil {
			b.Fatal(err)
		}
	}
}
