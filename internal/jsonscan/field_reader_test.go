package jsonscan_test

import (
	"slices"
	"strings"
	"testing"

	"heygen-graphql/internal/jsonscan"
)

// reader returns a FieldReader of the values of an array.
func reader(t *testing.T, array string) *jsonscan.FieldReader {
	t.Helper()
	body := []byte(array)
	s := jsonscan.New(body)
	var values []jsonscan.Value
	s.Open('[')
	for s.Next(']', len(values) == 0) {
		values = append(values, s.Value())
	}
	if !s.End() {
		t.Fatalf("unsupported: %s", array)
	}
	r := jsonscan.NewFieldReader(body)
	r.Reset(values)
	return r
}

func TestFieldReaderReadsEachKindInOrder(t *testing.T) {
	r := reader(t, `["a","é\n",7.5,"\ud83d","",true,false,7,"s",null,["b","","c\""],[],null,{"name":"n"},null,1]`)
	for _, want := range []string{"a", "é\n"} {
		if got := r.ReadNonEmptyString(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := string(r.Raw(r.Next())); got != "7.5" {
		t.Errorf("raw %q", got)
	}
	if got := r.ReadString(); got != "\ufffd" {
		t.Errorf("an unpaired surrogate is %q", got)
	}
	if got := r.ReadString(); got != "" {
		t.Errorf("an empty string is %q", got)
	}
	if !r.ReadBool() || r.ReadBool() || r.ReadCount() != 7 {
		t.Error("true, false or 7 differs")
	}
	if got := r.ReadOptionalString(); got == nil || *got != "s" {
		t.Errorf("an optional string is %v", got)
	}
	if got := r.ReadOptionalString(); got != nil {
		t.Errorf("null is %q", *got)
	}
	if got := r.ReadStrings(); !slices.Equal(got, []string{"b", "", `c"`}) || cap(got) != len(got) {
		t.Errorf("strings %q", got)
	}
	if got := r.ReadStrings(); got == nil || len(got) != 0 {
		t.Errorf("an empty array is %q", got)
	}
	if got := r.ReadStrings(); got != nil {
		t.Errorf("null is %q", got)
	}
	var values [3]jsonscan.Value
	if !r.ReadObject(keys, values[:]) || values[0].Present() || r.StringOf(values[1]) != "n" {
		t.Errorf("object %v", values)
	}
	if got := jsonscan.Optional(r, (*jsonscan.FieldReader).ReadCount); got != nil {
		t.Errorf("null is %d", *got)
	}
	if got := jsonscan.Optional(r, (*jsonscan.FieldReader).ReadCount); got == nil || *got != 1 {
		t.Errorf("an optional count is %v", got)
	}
	if !r.OK() {
		t.Error("unsupported")
	}
}

func TestFieldReaderRejectsUnexpectedTypes(t *testing.T) {
	str := func(r *jsonscan.FieldReader) { r.ReadString() }
	optional := func(r *jsonscan.FieldReader) { r.ReadOptionalString() }
	list := func(r *jsonscan.FieldReader) { r.ReadStrings() }
	boolean := func(r *jsonscan.FieldReader) { r.ReadBool() }
	count := func(r *jsonscan.FieldReader) { r.ReadCount() }
	object := func(r *jsonscan.FieldReader) { r.ReadObject(keys, make([]jsonscan.Value, 3)) }
	for _, test := range []struct {
		value string
		read  func(*jsonscan.FieldReader)
	}{
		{`1`, str}, {`null`, str}, {`true`, str}, {`["a"]`, str}, {`{}`, str},
		{`""`, func(r *jsonscan.FieldReader) { r.ReadNonEmptyString() }},
		{`1`, optional}, {`[]`, optional},
		{`"a"`, list}, {`[1]`, list}, {`["a",null]`, list}, {`[["a"]]`, list}, {`{"a":"b"}`, list},
		{`null`, boolean}, {`"true"`, boolean}, {`1`, boolean},
		{`"1"`, count}, {`null`, count}, {`-1`, count}, {`1.0`, count}, {`1e3`, count}, {`2147483648`, count},
		{`[]`, object}, {`"{}"`, object}, {`{"ID":1}`, object}, {`{"id":1,"id":1}`, object},
	} {
		r := reader(t, `[`+test.value+`]`)
		if test.read(r); r.OK() {
			t.Errorf("accepted: %s", test.value)
		}
	}
}

// A long array or an escaped string reserves no memory of its object's strings.
func TestFieldReaderReadsStringsBeyondItsBuffer(t *testing.T) {
	tags := strings.Repeat(`"tag",`, 200) + `"` + strings.Repeat("x", 300) + `"`
	r := reader(t, `["first",[`+tags+`],"last"]`)
	first, list, last := r.ReadString(), r.ReadStrings(), r.ReadString()
	if first != "first" || len(list) != 201 || list[0] != "tag" || len(list[200]) != 300 || last != "last" || !r.OK() {
		t.Errorf("%q, %d strings, %q", first, len(list), last)
	}
}

func TestFieldReaderAllocatesTwicePerObject(t *testing.T) {
	body := []byte(`["a","b","c","d",["e","f"]]`)
	var values []jsonscan.Value
	s := jsonscan.New(body)
	s.Open('[')
	for s.Next(']', len(values) == 0) {
		values = append(values, s.Value())
	}
	r := jsonscan.NewFieldReader(body)
	if n := testing.AllocsPerRun(100, func() {
		r.Reset(values)
		r.ReadString()
		r.ReadOptionalString()
		r.ReadOptionalString()
		r.ReadOptionalString()
		r.ReadStrings()
	}); n != 2 || !r.OK() {
		t.Errorf("%.0f allocations", n)
	}
}
