package graph

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

func TestCodesAreAllThereAre(t *testing.T) {
	source, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`Code = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	for _, code := range found {
		if !slices.Contains(Codes, Code(code[1])) {
			t.Errorf("%s is missing", code[1])
		}
	}
	if len(found) != len(Codes) {
		t.Errorf("%d codes in the list, and %d in the source", len(Codes), len(found))
	}
}
