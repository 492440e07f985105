package repotest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func readme(t *testing.T) string { return page(t, "README.md") }

func TestTheReadmesMapIsTrue(t *testing.T) {
	text := readme(t)
	for of := range mayImport {
		if of != "." && !strings.Contains(of, "sandbox/internal") && !strings.HasPrefix(of, "bench/") && !strings.Contains(text, "]("+of+")") {
			t.Errorf("%s is not on the map", of)
		}
	}
	out, err := exec.Command("git", "ls-files").Output()
	if err != nil {
		return // a copy without its history has nothing to compare with
	}
	for file := range strings.FieldsSeq(string(out)) {
		if top, _, nested := strings.Cut(file, "/"); nested && !strings.HasPrefix(top, ".") && !strings.Contains(text, "("+top+")") && top != "internal" {
			t.Errorf("%s has no place on the map", top)
		}
	}
}

func TestTheCodesAreListed(t *testing.T) {
	source, err := os.ReadFile("graph/codes.go")
	if err != nil {
		t.Fatal(err)
	}
	text := page(t, "docs/queries.md")
	codes := regexp.MustCompile(`Code = "([A-Z_]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(codes) < 10 {
		t.Fatalf("only %d codes found", len(codes))
	}
	for _, code := range codes {
		if !strings.Contains(text, "`"+code[1]+"`") {
			t.Errorf("%s is not in the list", code[1])
		}
	}
}

func TestTheTestsThatSecurityNamesExist(t *testing.T) {
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			source, err := os.ReadFile(path)
			sources.Write(source)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)\\w+)`").FindAllStringSubmatch(string(text), -1)
	if len(named) < 30 {
		t.Errorf("only %d tests are named", len(named))
	}
	for _, name := range named {
		if !strings.Contains(sources.String(), "func "+name[1]+"(") {
			t.Errorf("there is no %s", name[1])
		}
	}
	for _, path := range regexp.MustCompile("`([a-z][a-z/]*(?:/\\w+_test\\.go)?)`").FindAllStringSubmatch(string(text), -1) {
		if _, err := os.Stat(path[1]); err != nil && strings.Contains(path[1], "/") {
			t.Errorf("there is no %s", path[1])
		}
	}
}

// page is what stands in a file that people read.
func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
