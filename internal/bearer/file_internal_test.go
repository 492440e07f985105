package bearer

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestReadFileClearsContent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte(stable), 0o600); err != nil {
		t.Fatal(err)
	}
	var buffer []byte
	_, err := readFile(path, func(data []byte) error {
		if string(data) != stable {
			t.Errorf("got %q", data)
		}
		buffer = data[:cap(data)]
		return nil
	})
	if err != nil || len(buffer) < len(stable) || len(bytes.Trim(buffer, "\x00")) != 0 {
		t.Errorf("%v, and %q is left in memory", err, bytes.Trim(buffer, "\x00"))
	}
}
