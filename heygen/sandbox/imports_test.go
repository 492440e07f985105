package sandbox_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// If the client and the sandbox shared a struct, a misspelt key would be misspelt in both and no test would fail.
func TestSandboxNeverImportsClient(t *testing.T) {
	const module, own = "heygen-graphql", "heygen-graphql/heygen/sandbox"
	files := 0
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		files++
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			ours := imported == module || strings.HasPrefix(imported, module+"/")
			if ours && imported != own && !strings.HasPrefix(imported, own+"/") {
				t.Errorf("%s imports %s", path, imported)
			}
			if !ours && strings.Contains(strings.Split(imported, "/")[0], ".") && !strings.HasSuffix(path, "_test.go") {
				t.Errorf("%s imports %s, which is not in the standard library", path, imported)
			}
		}
		return nil
	})
	if err != nil || files < 30 {
		t.Errorf("%v after %d files", err, files)
	}
}
