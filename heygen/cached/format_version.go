package cached

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"sync"

	"heygen-graphql/heygen"
)

// formatRevision is part of the format version. It must be changed if the format of records
// changes in a way that no type shows.
const formatRevision = "1"

// FormatVersion returns the version of the format of records. It changes with every change
// of a type in them: processes of different versions do not read each other's records.
func FormatVersion() string { return currentFormatVersion() }

var currentFormatVersion = sync.OnceValue(func() string {
	return formatVersion(
		reflect.TypeFor[recordContent[heygen.Page[heygen.AvatarGroup]]](), reflect.TypeFor[recordContent[cachedItem[heygen.AvatarGroup]]](), reflect.TypeFor[heygen.AvatarGroupsParams](),
		reflect.TypeFor[recordContent[heygen.Page[heygen.AvatarLook]]](), reflect.TypeFor[recordContent[cachedItem[heygen.AvatarLook]]](), reflect.TypeFor[heygen.AvatarLooksParams](),
		reflect.TypeFor[recordContent[heygen.Page[heygen.Voice]]](), reflect.TypeFor[recordContent[cachedItem[heygen.Voice]]](), reflect.TypeFor[heygen.VoicesParams](),
	)
})

// formatVersion returns a hash of types and of the kinds of errors.
func formatVersion(types ...reflect.Type) string {
	h := sha256.New()
	_, _ = fmt.Fprintln(h, formatRevision, recordedKinds)
	for _, t := range types {
		writeType(h, t, map[reflect.Type]bool{})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

var marshalerType = reflect.TypeFor[json.Marshaler]()

// writeType writes all that decides how encoding/json encodes a type: its name and kind, and
// its fields with their names, tags and types.
func writeType(w io.Writer, t reflect.Type, seen map[reflect.Type]bool) {
	_, _ = fmt.Fprintf(w, "%s %s", t, t.Kind())
	if seen[t] || t.Implements(marshalerType) { // its name is all that is known
		_, _ = fmt.Fprintln(w)
		return
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		_, _ = fmt.Fprint(w, " of ")
		writeType(w, t.Elem(), seen)
	case reflect.Struct:
		_, _ = fmt.Fprintln(w, " {")
		for field := range t.Fields() {
			_, _ = fmt.Fprintf(w, "%s %q %v ", field.Name, field.Tag, field.Anonymous)
			writeType(w, field.Type, seen)
		}
		_, _ = fmt.Fprint(w, "}")
	}
	_, _ = fmt.Fprintln(w)
}
