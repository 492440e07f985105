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

// prepare builds this project into folder, installs the Node packages if they are
// missing or outdated, and returns the paths. The caller removes folder.
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
	if err := runCommand(ctx, filepath.Dir(dir), "go", "build", "-o", p.project, "."); err != nil {
		return p, err
	}
	if withNode && outdated(p.node) {
		fmt.Fprintln(progress, "npm ci")
		if err := runCommand(ctx, p.node, "npm", "ci", "--no-audit", "--no-fund"); err != nil {
			return p, err
		}
	}
	return p, nil
}

// outdated reports whether the installed Node packages are missing or older than the
// lock file: npm writes node_modules/.package-lock.json after it has installed all.
func outdated(folder string) bool {
	installed, installedErr := os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json"))
	lock, lockErr := os.Stat(filepath.Join(folder, "package-lock.json"))
	return installedErr != nil || lockErr != nil || installed.ModTime().Before(lock.ModTime())
}

func runCommand(ctx context.Context, dir, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}
