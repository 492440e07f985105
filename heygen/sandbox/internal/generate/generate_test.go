package main

import (
	"bytes"
	"os"
	"testing"
)

func TestCommittedCatalogueIsCurrent(t *testing.T) {
	for name, generate := range map[string]func() ([]byte, error){"catalogue.json": groupsJSON, "voices.json": voicesJSON} {
		want, err := generate()
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
			t.Errorf("%s is out of date: run go generate ./heygen/sandbox", name)
		}
		again, _ := generate()
		if !bytes.Equal(again, want) {
			t.Errorf("%s: two runs differ", name)
		}
	}
}
