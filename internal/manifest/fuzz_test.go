package manifest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"heygen-graphql/internal/manifest"
)

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != 3 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, seed := range []string{
		`{"a": "{ a }", "b": "\ud83d\ude00\\u0000"}`, `{"a": "", "a": ""}`, `{"sha256:00": "{ a }"}`, `{} {}`, `[[{}]]`, "\xff",
		`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a", "body": "{ a }", "name": "A"}, {}]}`,
	} {
		f.Add([]byte(seed))
	}
	validID := regexp.MustCompile(`^[A-Za-z0-9_:.~+/=-]{1,128}$`)
	f.Fuzz(func(t *testing.T, data []byte) {
		documents, err := manifest.Parse(data)
		if err != nil {
			if documents != nil || strings.Contains(err.Error(), "\n") || !utf8.ValidString(err.Error()) || len(err.Error()) > 600 {
				t.Errorf("%d documents and the error %q", len(documents), err)
			}
			return
		}
		if !utf8.Valid(data) || len(documents) == 0 || len(documents) > 10_000 {
			t.Errorf("%d documents", len(documents))
		}
		last := ""
		for _, d := range documents {
			if d.ID <= last {
				t.Errorf("%q follows %q", d.ID, last)
			}
			last = d.ID
			if !validID.MatchString(d.ID) || len(d.Name) > 256 || strings.TrimSpace(d.Source) == "" || len(d.Source) > 100<<10 || !utf8.ValidString(d.Source) {
				t.Errorf("%+v", d)
			}
		}
	})
}
