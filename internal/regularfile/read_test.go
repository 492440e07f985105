package regularfile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"heygen-graphql/internal/regularfile"
)

func TestReadReturnsContentUpToMaxSize(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.Symlink("file", link); err != nil {
		t.Fatal(err)
	}
	const maxSize = 1 << 20
	for _, size := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 200_000, maxSize} {
		want := bytes.Repeat([]byte("x"), size)
		if err := os.WriteFile(path, want, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{path, link} {
			data, info, err := regularfile.Read(name, maxSize)
			if err != nil || !bytes.Equal(data, want) || info.Size() != int64(size) {
				t.Errorf("%d bytes: read %d, %v", size, len(data), err)
			}
		}
	}
}

func TestReadExplainsError(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := syscall.Mkfifo(in("pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in("file"), make([]byte, 2<<20+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path    string
		maxSize int64
		want    string
		known   bool // has a FileInfo
	}{
		{in("missing"), 1 << 20, "does not exist", false},
		{in("file/x"), 1 << 20, "cannot be read", false},
		{dir, 1 << 20, "is not a regular file", true},
		{in("pipe"), 1 << 20, "is not a regular file", true}, // and does not block
		{in("file"), 2 << 20, "is larger than 2 MiB", true},
		{in("file"), 128 << 10, "is larger than 128 KiB", true},
	} {
		data, info, err := regularfile.Read(c.path, c.maxSize)
		if data != nil || err == nil || err.Error() != c.want || (info != nil) != c.known {
			t.Errorf("%s: %d bytes, %v, %v, want %s", c.path, len(data), info, err, c.want)
		}
	}
}
