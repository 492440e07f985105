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

func TestReadNamesTheTroubleOfAFile(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
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
		"none":   "it does not exist",
		".":      "it is not a regular file",
		"pipe":   "it is not a regular file", // and does not wait for who writes into it
		"file/x": "it cannot be read",
		"bad":    `entry "a": its text is empty`,
		"large":  "it has more than 32 MiB",
	} {
		if documents, err := manifest.Read(in(name)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, %v; want %s", name, documents, err, want)
		}
	}
}

func TestReadTellsAFileItMayNotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	write(t, path, `{"a": "{ a }"}`)
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	_, err := manifest.Read(path)
	if root := os.Geteuid() == 0; root != (err == nil) || !root && err.Error() != "this process may not read it" { // root may read everything
		t.Error(err)
	}
}

func TestReadTakesAFileOf32MiBAndFollowsLinks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "manifest.json")
	text := `{"a": "{ a }"}`
	write(t, path, text+strings.Repeat(" ", 32<<20-len(text)))
	link := path + ".link"
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if documents, err := manifest.Read(link); err != nil || fmt.Sprint(documents) != "[{a  { a }}]" {
		t.Error(documents, err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
