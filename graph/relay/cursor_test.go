package relay

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var exampleCursors = []Cursor{
	{},
	{Index: 49, IDHash: 1<<40 - 1, HashesBefore: []uint64{1, 2, 1<<40 - 1}},
	{PageToken: "eyJsYXN0X2lkIjoiMTIzIn0", PageNumber: 1, Checkpoint: 1<<32 - 1, Index: 1, IDHash: 7, HashesBefore: []uint64{9}, HashesAfter: []uint64{3, 4}},
	{PageToken: "a+b/c==", PageNumber: 300, Checkpoint: 5, EndsPage: true, IDHash: 7, HashesBefore: []uint64{9, 8}},
	{PageToken: strings.Repeat("t", maxTokenLength), PageNumber: maxPageNumber, Index: maxIndex - 1, HashesBefore: []uint64{1, 2, 3}, HashesAfter: []uint64{4, 5}},
}

func TestCursorRoundTrip(t *testing.T) {
	c := NewCodec("")
	for _, want := range exampleCursors {
		encoded := c.Encode("scope", want)
		got, err := c.Decode("scope", encoded)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
		if strings.Trim(encoded, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("%q needs escaping in a URL", encoded)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.Uint64Range(0, 1<<40-1)
		want := Cursor{
			PageToken: rapid.String().Draw(t, "token"), Index: rapid.IntRange(0, 60).Draw(t, "index"), IDHash: id.Draw(t, "id"),
			HashesBefore: rapid.SliceOfN(id, 1, maxBefore).Draw(t, "before"), HashesAfter: rapid.SliceOfN(id, 1, maxAfter).Draw(t, "after"),
		}
		if want.PageToken != "" {
			want.PageNumber, want.Checkpoint = rapid.IntRange(1, maxPageNumber).Draw(t, "page"), rapid.Uint32().Draw(t, "checkpoint")
		}
		if got, err := c.Decode("s", c.Encode("s", want)); err != nil || !cmp.Equal(got, want) {
			t.Fatalf("%v, %v", got, err)
		}
	})
}

// TestCursorWireFormatIsStable decodes a cursor of the first version: clients store
// cursors across restarts and upgrades.
func TestCursorWireFormatIsStable(t *testing.T) {
	const encoded = "Fei561oCAAAABQMAAAAABwAAAAAJAAAAAAhleUpzWVhOMFgybGtJam9pTVRJekluMIYP2QEOrFDM"
	cursor := Cursor{PageToken: "eyJsYXN0X2lkIjoiMTIzIn0", PageNumber: 2, Checkpoint: 5, Index: 2, IDHash: 7, HashesBefore: []uint64{9}, HashesAfter: []uint64{8}}
	if got := NewCodec("").Encode("avatarGroups", cursor); got != encoded {
		t.Errorf("encoded as %s", got)
	}
	if got, err := NewCodec("").Decode("avatarGroups", encoded); err != nil || !cmp.Equal(got, cursor) {
		t.Errorf("decoded as %+v, %v", got, err)
	}
}

func TestDecodeRejectsCorruptedCursor(t *testing.T) {
	c := NewCodec("")
	good := c.Encode("scope", exampleCursors[1])
	for i := range len(good) {
		for _, bad := range []string{good[:i], good[:i] + string(flip(good[i])) + good[i+1:], good[:i] + good[i+1:], good[:i] + "A" + good[i:], good[:i] + "\n" + good[i:]} {
			if _, err := c.Decode("scope", bad); bad != good && !errors.Is(err, ErrInvalidCursor) {
				t.Errorf("%q is accepted: %v", bad, err)
			}
		}
	}
	for encoded, want := range map[string]error{
		"":                                   errCursorMalformed,
		"YXJyYXljb25uZWN0aW9uOjA=":           errCursorMalformed, // of another server
		strings.Repeat("A", 1<<20):           errCursorMalformed,
		strings.Repeat("A", 64):              errCursorMalformed, // version 0
		good + "=":                           errCursorMalformed,
		" " + good:                           errCursorMalformed,
		c.Encode("other", exampleCursors[1]): errCursorScope,
		NewCodec("another secret").Encode("scope", exampleCursors[1]): errCursorSignature,
	} {
		if _, err := c.Decode("scope", encoded); err != want {
			t.Errorf("%.40q: %v, want %v", encoded, err, want)
		}
	}
}

func flip(b byte) byte {
	if b == 'A' {
		return 'B'
	}
	return 'A'
}

// TestDecodeRejectsInconsistentSignedCursor forges cursors with the right key, as
// anyone can with the default secret.
func TestDecodeRejectsInconsistentSignedCursor(t *testing.T) {
	c := NewCodec("")
	scopeHash := hashScope("scope")
	scope := string(scopeHash[:])
	id := strings.Repeat("s", hashSize)
	token := "\x01mark" // page 1 and its checkpoint
	for name, body := range map[string]string{
		"no fields":                        "\x10" + scope,
		"no index":                         "\x10" + scope + "\x00",
		"an endless varint":                "\x10" + scope + "\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" + id,
		"a non-canonical varint":           "\x10" + scope + "\x00\x81\x00" + id,
		"a huge index":                     "\x10" + scope + "\x00\xff\xff\xff\x7f" + id,
		"a huge page":                      "\x10" + scope + "\xff\xff\xff\x7fmark\x01" + id + "token",
		"a truncated checkpoint":           "\x10" + scope + "\x01ma",
		"truncated neighbors":              "\x1e" + scope + "\x00\x01" + id + id,
		"three neighbors after":            "\x13" + scope + "\x00\x01" + id + id + id + id,
		"end of page without a token":      "\x10" + scope + "\x00\x00" + id,
		"end of page with neighbors after": "\x11" + scope + token + "\x00" + id + id + "token",
		"a later page without a token":     "\x10" + scope + token + "\x01" + id,
		"the first page with a token":      "\x10" + scope + "\x00\x01" + id + "token",
		"a token of 5 KiB":                 "\x10" + scope + token + "\x01" + id + strings.Repeat("t", 5<<10),
	} {
		encoded := base64.RawURLEncoding.EncodeToString(c.signers.Get().(*signer).appendSignature([]byte(body)))
		if cursor, err := c.Decode("scope", encoded); !errors.Is(err, ErrInvalidCursor) {
			t.Errorf("%s: %+v, %v", name, cursor, err)
		}
	}
}

func FuzzCursor(f *testing.F) {
	c := NewCodec("")
	for _, cursor := range exampleCursors {
		buf, _ := cursorEncoding.DecodeString(c.Encode("scope", cursor))
		f.Add(string(buf[:len(buf)-signatureSize]), true)
		f.Add(c.Encode("scope", cursor), false)
	}
	f.Fuzz(func(t *testing.T, encoded string, sign bool) {
		if sign { // without a valid signature the payload is never decoded
			encoded = cursorEncoding.EncodeToString(c.signers.Get().(*signer).appendSignature([]byte(encoded)))
		}
		cursor, err := c.Decode("scope", encoded)
		if err != nil {
			if !errors.Is(err, ErrInvalidCursor) || cursor.PageToken != "" {
				t.Fatalf("%+v, %v", cursor, err)
			}
			return
		}
		if again := c.Encode("scope", cursor); again != encoded {
			t.Fatalf("%q is decoded as %+v, which is encoded as %q", encoded, cursor, again)
		}
	})
}

func BenchmarkCursorEncode(b *testing.B) {
	c, cursor := NewCodec(""), Cursor{PageToken: strings.Repeat("t", 40), PageNumber: 3, Index: 20, IDHash: 1 << 39, HashesBefore: []uint64{1, 2, 3}, HashesAfter: []uint64{4, 5}}
	b.ReportAllocs()
	for b.Loop() {
		c.Encode("avatarGroups ownership=public", cursor)
	}
}

func BenchmarkCursorDecode(b *testing.B) {
	c, cursor := NewCodec(""), Cursor{PageToken: strings.Repeat("t", 40), PageNumber: 3, Index: 20, IDHash: 1 << 39, HashesBefore: []uint64{1, 2, 3}, HashesAfter: []uint64{4, 5}}
	encoded := c.Encode("avatarGroups ownership=public", cursor)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Decode("avatarGroups ownership=public", encoded); err != nil {
			b.Fatal(err)
		}
	}
}
