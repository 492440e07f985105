//go:build redis

package replicatest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// binary is the path of the server, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "replicatest")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	binary = filepath.Join(folder, "heygen-graphql")
	if out, err := build(binary, "../.."); err != nil {
		fmt.Fprintf(os.Stderr, "%v: %s\n", err, out)
		return 1
	}
	return m.Run()
}

// build builds the server in a source folder.
func build(output, source string) ([]byte, error) {
	cmd := exec.Command("go", "build", "-o", output, ".")
	cmd.Dir = source
	return cmd.CombinedOutput()
}
