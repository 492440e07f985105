package manifest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"heygen-graphql/internal/manifest"
)

func TestReadExplainsError(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := syscall.Mkfifo(in("pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, in("bad"), `{"a": ""}`)
	write(t, in("large"), `{"a": "{ a }"}`)
	if err := os.Truncate(in("large"), 32<<20+1); err != nil {
		t.Fatal(err)
	}
	write(t, in("file"), "")
	for name, want := range map[string]string{
		"none":   "does not exist",
		".":      "is not a regular file",
		"pipe":   "is not a regular file", // and does not block
		"file/x": "cannot be read",
		"bad":    `entry "a": document is empty`,
		"large":  "is larger than 32 MiB",
	} {
		if documents, err := manifest.Read(in(name)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, %v; want %s", name, documents, err, want)
		}
	}
}

func TestReadReportsMissingPermission(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	write(t, path, `{"a": "{ a }"}`)
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	_, err := manifest.Read(path)
	if root := os.Geteuid() == 0; root != (err == nil) || !root && err.Error() != "permission denied" { // root may read everything
		t.Error(err)
	}
}

func TestReadAccepts32MiBAndFollowsLinks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "manifest.json")
	content := `{"a": "{ a }"}`
	write(t, path, content+strings.Repeat(" ", 32<<20-len(content)))
	link := path + ".link"
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if documents, err := manifest.Read(link); err != nil || fmt.Sprint(documents) != "[{a  { a }}]" {
		t.Error(documents, err)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
