package main

import (
	"bytes"
	"os"
	"testing"
)

func TestTheCommittedCatalogueIsWhatTheGeneratorGives(t *testing.T) {
	want, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
		t.Error("catalogue.json is out of date: run go generate ./heygen/sandbox")
	}
}

func TestTheGeneratorRepeatsItself(t *testing.T) {
	first, _ := generate()
	second, _ := generate()
	if !bytes.Equal(first, second) {
		t.Error("two runs differ")
	}
}
