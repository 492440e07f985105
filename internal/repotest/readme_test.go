package repotest

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

func TestReadmeMapListsEveryPackage(t *testing.T) {
	readme := readFile(t, "README.md")
	for pkg := range allowedImports {
		if pkg != "." && !strings.Contains(pkg, "sandbox/internal") && !strings.HasPrefix(pkg, "bench/") && !strings.Contains(readme, "]("+pkg+")") {
			t.Errorf("%s is not on the map", pkg)
		}
	}
	out, err := exec.Command("git", "ls-files").Output()
	if err != nil {
		return // not a git checkout
	}
	for file := range strings.FieldsSeq(string(out)) {
		if top, _, nested := strings.Cut(file, "/"); nested && !strings.HasPrefix(top, ".") && !strings.Contains(readme, "("+top+")") && top != "internal" {
			t.Errorf("%s is not on the map", top)
		}
	}
}

func TestErrorCodesAreDocumented(t *testing.T) {
	source, page := readFile(t, "graph/errcode/errcode.go"), readFile(t, "docs/queries.md")
	codes := regexp.MustCompile(`Code = "([A-Z_]+)"`).FindAllStringSubmatch(source, -1)
	if len(codes) < 10 {
		t.Fatalf("only %d codes found", len(codes))
	}
	for _, code := range codes {
		if !strings.Contains(page, "`"+code[1]+"`") {
			t.Errorf("%s is not documented", code[1])
		}
	}
}

func TestTestsNamedInSecurityExist(t *testing.T) {
	page := readFile(t, "SECURITY.md")
	var sources strings.Builder
	forEachFile(t, func(file string) {
		if strings.HasSuffix(file, "_test.go") {
			sources.WriteString(readFile(t, file))
		}
	})
	names := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)\\w+)`").FindAllStringSubmatch(page, -1)
	if len(names) < 30 {
		t.Errorf("only %d test names found", len(names))
	}
	for _, name := range names {
		if !strings.Contains(sources.String(), "func "+name[1]+"(") {
			t.Errorf("%s does not exist", name[1])
		}
	}
	for _, path := range regexp.MustCompile("`([a-z][a-z/]*(?:/\\w+_test\\.go)?)`").FindAllStringSubmatch(page, -1) {
		if _, err := os.Stat(path[1]); err != nil && strings.Contains(path[1], "/") {
			t.Errorf("%s does not exist", path[1])
		}
	}
}
