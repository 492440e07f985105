package repotest

import (
	"go/parser"
	"go/token"
	"path"
	"strings"
	"testing"
)

const (
	// maxLines is the maximum length of a file that is not generated. A longer one has
	// more than one concept.
	maxLines = 400
	// maxFiles is the maximum number of Go files in a package, without tests and
	// generated files. More cannot be read as a table of contents.
	maxFiles = 30
)

func TestFilesHaveAtMost400Lines(t *testing.T) {
	files := 0
	forEachFile(t, func(file string) {
		switch path.Ext(file) {
		case ".go", ".graphqls", ".js", ".jsx", ".mjs", ".ts", ".tsx", ".css":
		default:
			return
		}
		source := readFile(t, file)
		if isGenerated(source) {
			return
		}
		if files++; strings.Count(source, "\n") > maxLines {
			t.Errorf("%s has more than %d lines", file, maxLines)
		}
	})
	if files < 300 {
		t.Errorf("only %d files found", files)
	}
}

func TestPackagesHaveAtMost30Files(t *testing.T) {
	files := map[string]int{}
	forEachFile(t, func(file string) {
		if path.Ext(file) == ".go" && !strings.HasSuffix(file, "_test.go") && !isGenerated(readFile(t, file)) {
			files[path.Dir(file)]++
		}
	})
	for pkg, n := range files {
		if n > maxFiles {
			t.Errorf("package %s has %d files, at most %d are allowed", pkg, n, maxFiles)
		}
	}
	if len(files) < 20 {
		t.Errorf("only %d packages found", len(files))
	}
}

func isGenerated(source string) bool {
	header, _, _ := strings.Cut(source, "\npackage ")
	return strings.Contains(header, "DO NOT EDIT")
}

func TestEveryPackageHasADocComment(t *testing.T) {
	docs := map[string]string{}
	forEachFile(t, func(file string) {
		if path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || strings.Contains(file, "testdata/") {
			return
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		docs[path.Dir(file)] += parsed.Doc.Text()
	})
	for pkg, doc := range docs {
		switch {
		case strings.HasPrefix(doc, "Package "+path.Base(pkg)+" "), strings.HasPrefix(doc, "Command "):
		case pkg == "graph/internal/exec", pkg == "bench/internal/gqlgen/model": // generated
		default:
			t.Errorf("package %s has no doc comment: %q", pkg, doc)
		}
	}
}
