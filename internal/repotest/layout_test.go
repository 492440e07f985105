package repotest

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// mostLines a file has that is written by hand: what needs more is two things.
const mostLines = 400

func TestFilesAreSmall(t *testing.T) {
	files := 0
	each(t, func(file string) {
		switch path.Ext(file) {
		case ".go", ".graphqls", ".js", ".jsx", ".mjs", ".ts", ".tsx", ".css":
		default:
			return
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		begin, _, _ := bytes.Cut(source, []byte("\npackage "))
		if bytes.Contains(begin, []byte("DO NOT EDIT")) {
			return
		}
		if files++; bytes.Count(source, []byte("\n")) > mostLines {
			t.Errorf("%s has more than %d lines", file, mostLines)
		}
	})
	if files < 300 {
		t.Errorf("only %d files found", files)
	}
}

// Whoever opens a package reads first what it is.
func TestEveryPackageSaysWhatItIs(t *testing.T) {
	docs := map[string]string{}
	each(t, func(file string) {
		if path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || strings.Contains(file, "testdata/") {
			return
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		docs[path.Dir(file)] += parsed.Doc.Text()
	})
	for folder, doc := range docs {
		switch {
		case strings.HasPrefix(doc, "Package "+path.Base(folder)+" "), strings.HasPrefix(doc, "Command "):
		case folder == "graph/internal/exec", folder == "bench/internal/gqlgen/model": // generated, never read
		default:
			t.Errorf("%s does not say what it is: %q", folder, doc)
		}
	}
}

// each visits the files of the repository that people write.
func each(t *testing.T, visit func(file string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			switch entry.Name() {
			case "node_modules", ".git", "dist", "gql", "generated", "__generated__": // what was installed or generated
				return filepath.SkipDir
			}
			return nil
		}
		visit(filepath.ToSlash(file))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
