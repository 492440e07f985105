package relay

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// TestConnectSortedRejectsInvalidCursor checks that the error names the argument and the reason.
func TestConnectSortedRejectsInvalidCursor(t *testing.T) {
	list := newSortedItems(3)
	good := *connectSorted(t, list, Args{}).PageInfo.EndCursor()
	issue := func(secret, scope string) string {
		c, err := ConnectSorted(NewCodec(secret), scope, Sorted[string](list), Args{})
		if err != nil {
			t.Fatal(err)
		}
		return *c.PageInfo.EndCursor()
	}
	expectReason := func(encoded string, reason error) {
		t.Helper()
		for argument, args := range map[string]Args{"after": {After: &encoded}, "before": {Before: &encoded}} {
			_, err := ConnectSorted(NewCodec(""), "test", Sorted[string](list), args)
			if want := "`" + argument + "` cannot be used: "; !errors.Is(err, ErrInvalidCursor) || !strings.HasPrefix(err.Error(), want) ||
				reason != nil && err.Error() != want+reason.Error()+"." {
				t.Errorf("%s: %.40q: %v, want %v", argument, encoded, err, reason)
			}
		}
	}
	for i := range len(good) {
		for _, damaged := range []string{good[:i], good[:i] + string(flip(good[i])) + good[i+1:], good[:i] + good[i+1:], good[:i] + "\n" + good[i:]} {
			expectReason(damaged, nil)
		}
	}
	expectReason("", errCursorMalformed)
	expectReason(good+"=", errCursorMalformed)
	expectReason(strings.Repeat("A", 1<<20), errCursorMalformed)
	expectReason(issue("another secret", "test"), errCursorSignature)
	expectReason(issue("", "another scope"), errCursorScope)
	u := newFakeUpstream(3, 50, false)
	expectReason(*connect(t, u.list(), Args{}).PageInfo.EndCursor(), errCursorScope)
	if _, err := u.list().Connect(t.Context(), Args{After: &good}); !errors.Is(err, errCursorScope) {
		t.Errorf("a page list accepts a keyset cursor: %v", err)
	}
}

// TestSignedKeysetCursorThatIsNeverIssuedIsRejected forges cursors with the right key,
// as anyone can with the default secret.
func TestSignedKeysetCursorThatIsNeverIssuedIsRejected(t *testing.T) {
	c := NewCodec("")
	for name, forged := range map[string]struct {
		flags byte
		key   string
	}{
		"with flags":          {1, "key"},
		"with a too long key": {0, strings.Repeat("k", MaxKeyLength+1)},
	} {
		s := c.signer()
		encoded := string(s.finish(nil, append(s.begin(keysetCursor, forged.flags, hashScope("test")), forged.key...)))
		if key, err := c.decodeKey("test", encoded); err != errCursorMalformed {
			t.Errorf("%s: %.20q, %v", name, key, err)
		}
	}
}

func TestKeyThatCannotBeLocatedExpiresCursor(t *testing.T) {
	list := &singleKey{key: []byte("short")}
	cursor := connectSorted(t, list, Args{}).PageInfo.EndCursor()
	for _, args := range []Args{{After: cursor}, {Before: cursor}, {Last: new(0), Before: cursor}} {
		if _, err := ConnectSorted(NewCodec(""), "test", Sorted[string](newSortedItems(3)), args); err != ErrCursorExpired {
			t.Errorf("%+v: %v", args, err)
		}
	}
}

// singleKey is a list of one item with any sort key.
type singleKey struct{ key []byte }

func (s *singleKey) Len() int                           { return 1 }
func (s *singleKey) Item(int) string                    { return "item" }
func (s *singleKey) AppendKey(buf []byte, _ int) []byte { return append(buf, s.key...) }
func (s *singleKey) Locate(key []byte) (before, through int, ok bool) {
	return 0, 1, bytes.Equal(key, s.key)
}

func TestCursorOfLongestKeyIsAccepted(t *testing.T) {
	for _, n := range []int{0, 1, MaxKeyLength} {
		list := &singleKey{bytes.Repeat([]byte{0xff}, n)}
		cursor := connectSorted(t, list, Args{}).PageInfo.EndCursor()
		if c := connectSorted(t, list, Args{After: cursor}); len(c.Edges) != 0 || !c.PageInfo.HasPreviousPage {
			t.Errorf("a key of %d bytes is not located", n)
		}
	}
}

func TestCursorOfTooLongKeyIsNotIssued(t *testing.T) {
	edge := connectSorted(t, &singleKey{make([]byte, MaxKeyLength+1)}, Args{}).Edges[0]
	defer func() {
		if recover() == nil {
			t.Error("a cursor that would be rejected was issued")
		}
	}()
	edge.Cursor()
}

// TestKeysetCursorWireFormatIsStable decodes a cursor of the first version: clients
// store cursors across restarts and upgrades.
func TestKeysetCursorWireFormatIsStable(t *testing.T) {
	const encoded = "IJ-G0IFrZXnONi_EXHu71w"
	if got := connectSorted(t, &singleKey{[]byte("key")}, Args{}).Edges[0].Cursor(); got != encoded {
		t.Errorf("encoded as %s", got)
	}
	if key, err := NewCodec("").decodeKey("test", encoded); err != nil || string(key) != "key" {
		t.Errorf("decoded as %q, %v", key, err)
	}
}

func FuzzKeysetCursor(f *testing.F) {
	c := NewCodec("")
	f.Add("key", true)
	f.Add("", false)
	f.Fuzz(func(t *testing.T, encoded string, sign bool) {
		if sign { // without a valid signature the key is never decoded
			s := c.signer()
			encoded = string(s.finish(nil, append(s.begin(keysetCursor, 0, hashScope("test")), encoded...)))
		}
		key, err := c.decodeKey("test", encoded)
		if err != nil {
			if !errors.Is(err, ErrInvalidCursor) || key != nil {
				t.Fatalf("%q, %v", key, err)
			}
			return
		}
		if again := connectSorted(t, &singleKey{key}, Args{}).Edges[0].Cursor(); again != encoded {
			t.Fatalf("%q is decoded as %q, which is encoded as %q", encoded, key, again)
		}
	})
}
