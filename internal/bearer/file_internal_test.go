package bearer

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestNothingOfTheFileStaysInMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte(kept), 0o600); err != nil {
		t.Fatal(err)
	}
	var all []byte
	_, err := visit(path, func(data []byte) error {
		if string(data) != kept {
			t.Errorf("got %q", data)
		}
		all = data[:cap(data)]
		return nil
	})
	if err != nil || len(all) < len(kept) || len(bytes.Trim(all, "\x00")) != 0 {
		t.Errorf("%v, and %q is left", err, bytes.Trim(all, "\x00"))
	}
}
