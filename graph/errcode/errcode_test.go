package errcode

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

func TestAllAreAllThereAre(t *testing.T) {
	source, err := os.ReadFile("errcode.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`Code = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	for _, code := range found {
		if !slices.Contains(All, Code(code[1])) {
			t.Errorf("%s is missing", code[1])
		}
	}
	if len(found) != len(All) {
		t.Errorf("%d codes in the list, and %d in the source", len(All), len(found))
	}
}
