package cached

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"heygen-graphql/heygen"
)

// copyOf returns a struct type with the fields of another, after change.
func copyOf(t reflect.Type, change func([]reflect.StructField) []reflect.StructField) reflect.Type {
	return reflect.StructOf(change(slices.Collect(t.Fields())))
}

func TestFormatVersionChangesWithEveryField(t *testing.T) {
	for _, resource := range []reflect.Type{
		reflect.TypeFor[heygen.AvatarGroup](), reflect.TypeFor[heygen.AvatarLook](), reflect.TypeFor[heygen.Voice](), reflect.TypeFor[heygen.VoiceDetails](),
		reflect.TypeFor[heygen.VoicesParams](), reflect.TypeFor[errorRecord](),
	} {
		seen := map[string]string{}
		add := func(name string, change func([]reflect.StructField) []reflect.StructField) {
			// The struct is in a page, as in a record.
			page := reflect.StructOf([]reflect.StructField{{Name: "Data", Type: reflect.SliceOf(reflect.PointerTo(copyOf(resource, change)))}})
			version := formatVersion(page)
			if other, ok := seen[version]; ok {
				t.Errorf("%s: %s and %s have the same version", resource, name, other)
			}
			seen[version] = name
		}
		add("the same", func(fields []reflect.StructField) []reflect.StructField { return fields })
		for i := range resource.NumField() {
			name := resource.Field(i).Name
			add("without "+name, func(fields []reflect.StructField) []reflect.StructField { return slices.Delete(fields, i, i+1) })
			for what, change := range map[string]func(*reflect.StructField){
				"name": func(f *reflect.StructField) { f.Name += "X" },
				"tag":  func(f *reflect.StructField) { f.Tag += ` json:"x"` },
				"type": func(f *reflect.StructField) { f.Type = reflect.TypeFor[map[int]bool]() },
			} {
				add(what+" of "+name, func(fields []reflect.StructField) []reflect.StructField { change(&fields[i]); return fields })
			}
		}
	}
}

func TestFormatVersionChangesWithKindsOfErrors(t *testing.T) {
	before := formatVersion()
	kinds := recordedKinds
	defer func() { recordedKinds = kinds }()
	recordedKinds = append(slices.Clone(kinds[1:]), kinds[0])
	if formatVersion() == before {
		t.Error("the order of kinds is not part of the version")
	}
}

func TestFormatVersionIsWord(t *testing.T) {
	if v := FormatVersion(); v != FormatVersion() || !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(v) {
		t.Error(v)
	}
}

type recursive struct{ Next *recursive }

func TestFormatVersionOfRecursiveTypeEnds(t *testing.T) {
	if formatVersion(reflect.TypeFor[recursive]()) == formatVersion(reflect.TypeFor[struct{ Next *recursive }]()) {
		t.Error("the names of types are not part of the version")
	}
}
