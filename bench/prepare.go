package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// prepare builds this project, installs Node's packages where they are missing, and
// gives the paths. What is built goes into a folder that the caller removes.
func prepare(ctx context.Context, folder string, withNode bool, progress io.Writer) (paths, error) {
	var p paths
	module, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Path}} {{.Dir}}").Output()
	dir, ok := strings.CutPrefix(strings.TrimSpace(string(module)), "heygen-graphql/bench ")
	if err != nil || !ok {
		return p, errors.New("the working directory must be the bench module (go run -C bench .)")
	}
	if p.self, err = os.Executable(); err != nil {
		return p, err
	}
	p.logs, p.node, p.project = folder, filepath.Join(dir, "node"), filepath.Join(folder, "heygen-graphql")
	fmt.Fprintln(progress, "building")
	if err := command(ctx, filepath.Dir(dir), "go", "build", "-o", p.project, "."); err != nil {
		return p, err
	}
	if withNode && stale(p.node) {
		fmt.Fprintln(progress, "npm ci")
		if err := command(ctx, p.node, "npm", "ci", "--no-audit", "--no-fund"); err != nil {
			return p, err
		}
	}
	return p, nil
}

// stale tells whether Node's packages are older than what names them: npm writes
// this file when it has installed all of them.
func stale(folder string) bool {
	installed, err := os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json"))
	wanted, wrong := os.Stat(filepath.Join(folder, "package-lock.json"))
	return err != nil || wrong != nil || installed.ModTime().Before(wanted.ModTime())
}

func command(ctx context.Context, dir, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}
