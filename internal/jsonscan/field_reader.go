package jsonscan

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// FieldReader reads the values of an object one after the other. The strings of an
// object share one allocation, unless they have escapes, and the pointers to them
// point into one slice: that is two allocations an object, and an object that
// outlives the document retains none of it.
type FieldReader struct {
	body        []byte
	values      []Value
	read        int // values read
	maxStrings  int // upper bound of the strings left
	buffer      strings.Builder
	pointees    []string
	unsupported bool
}

// NewFieldReader returns a FieldReader of a scanned document. [FieldReader.Reset]
// sets the values to read.
func NewFieldReader(body []byte) *FieldReader { return &FieldReader{body: body} }

// Reset makes values the ones to read.
func (r *FieldReader) Reset(values []Value) {
	r.values, r.read, r.maxStrings, r.pointees = values, 0, 0, nil
	size := 0
	for _, v := range values {
		if v.Count == 0 {
			continue
		}
		r.maxStrings += int(v.Count)
		// An array or object may hold any amount of white space and of unread members,
		// too, and each object would keep that much memory.
		n := int(v.End - v.Start)
		if v.Kind == ASCIIString || v.Kind == UTF8String || v.Kind < ASCIIString && n <= maxContainer {
			size += n
		}
	}
	r.buffer.Reset()
	r.buffer.Grow(size)
}

// maxContainer is the maximum length in bytes of an array or object for whose
// strings the buffer has room. HeyGen's tags have some 100.
const maxContainer = 256

// OK reports whether each value was of the expected type.
func (r *FieldReader) OK() bool { return !r.unsupported }

// Expect marks the document as unsupported unless ok. It returns ok.
func (r *FieldReader) Expect(ok bool) bool {
	if !ok {
		r.unsupported = true
	}
	return ok
}

// Next returns the next value.
func (r *FieldReader) Next() Value {
	r.read++
	return r.values[r.read-1]
}

// Raw returns the bytes of a value.
func (r *FieldReader) Raw(v Value) []byte { return v.Raw(r.body) }

// present reports whether the next value is present. It skips one that is not.
func (r *FieldReader) present() bool {
	if r.values[r.read].Present() {
		return true
	}
	r.read++
	return false
}

// StringOf returns the string of a value.
func (r *FieldReader) StringOf(v Value) string {
	if !r.Expect(v.IsString()) {
		return ""
	}
	r.maxStrings--
	start, raw := r.buffer.Len(), v.Raw(r.body)
	if v.Kind == EscapedString || v.Kind == UTF8String && !utf8.Valid(raw) {
		var s string
		r.Expect(json.Unmarshal(r.body[v.Start-1:v.End+1], &s) == nil)
		return s
	}
	if start+len(raw) > r.buffer.Cap() { // growing would copy what is in the buffer
		return string(raw)
	}
	r.buffer.Write(raw)
	return r.buffer.String()[start:]
}

// ReadString reads a string.
func (r *FieldReader) ReadString() string { return r.StringOf(r.Next()) }

// ReadNonEmptyString reads a string that must not be empty.
func (r *FieldReader) ReadNonEmptyString() string {
	s := r.ReadString()
	r.Expect(s != "")
	return s
}

// ReadOptionalString reads a string. It returns nil for one that is absent or null.
// Read the required strings first: the slice of pointees has room for all that are left.
func (r *FieldReader) ReadOptionalString() *string {
	if !r.present() {
		return nil
	}
	r.reserve()
	r.pointees = append(r.pointees, r.ReadString())
	return &r.pointees[len(r.pointees)-1]
}

func (r *FieldReader) reserve() {
	if r.pointees == nil {
		r.pointees = make([]string, 0, r.maxStrings)
	}
}

// ReadStrings reads an array of strings. It returns nil for one that is absent or
// null.
func (r *FieldReader) ReadStrings() []string {
	array := r.Next()
	if !array.Present() || !r.Expect(array.Kind == Array) {
		return nil
	}
	r.reserve()
	start := len(r.pointees)
	s := Scanner{body: r.body, pos: int(array.Start) + 1}
	for i := range array.Count {
		s.Next(']', i == 0)
		r.pointees = append(r.pointees, r.StringOf(s.Value()))
	}
	return slices.Clip(r.pointees[start:])
}

// ReadBool reads a boolean.
func (r *FieldReader) ReadBool() bool {
	kind := r.Next().Kind
	r.Expect(kind == True || kind == False)
	return kind == True
}

// ReadCount reads an integer of at most 31 bits that is not negative.
func (r *FieldReader) ReadCount() int {
	v := r.Next()
	n, err := strconv.ParseUint(string(v.Raw(r.body)), 10, 31)
	r.Expect(v.Kind == Number && err == nil)
	return int(n)
}

// ReadObject scans an object as [Scanner.Object] does. It reports whether it is
// supported.
func (r *FieldReader) ReadObject(keys []string, values []Value) bool {
	v := r.Next()
	s := Scanner{body: r.body, pos: int(v.Start)}
	if r.Expect(v.Kind == Object) {
		s.Object(keys, values)
	}
	return r.Expect(s.OK())
}

// Optional reads a value that is not a string. It returns nil for one that is
// absent or null.
func Optional[T any](r *FieldReader, read func(*FieldReader) T) *T {
	if !r.present() {
		return nil
	}
	return new(read(r))
}
