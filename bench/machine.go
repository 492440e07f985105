package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

// machine is what it is measured on, a line each. What cannot be told is left out.
func machine(ctx context.Context) []string {
	processor := "a processor without a name"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				processor = strings.TrimSpace(value)
				break
			}
		}
	}
	lines := []string{fmt.Sprintf("%d cores of %s", runtime.NumCPU(), processor)}
	if kernel, err := exec.CommandContext(ctx, "uname", "-sr").Output(); err == nil {
		lines[0] += ", " + strings.TrimSpace(string(kernel))
	}
	return append(lines, "this project makes up to "+maxCalls+" calls at once (`HEYGEN_MAX_CONCURRENT`), as the others have no bound; all else as by default, its log in a file")
}

// versions are those of what is compared.
func versions(ctx context.Context, node string) []string {
	lines := []string{strings.Replace(runtime.Version(), "go", "Go ", 1)}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if strings.HasSuffix(module.Path, "99designs/gqlgen") || strings.Contains(module.Path, "graph-gophers/dataloader") {
				lines = append(lines, strings.Join(strings.Split(module.Path, "/")[1:3], "/")+" "+strings.TrimPrefix(module.Version, "v"))
			}
		}
	}
	if out, err := exec.CommandContext(ctx, "node", "--version").Output(); err == nil {
		lines = append(lines, "Node "+strings.TrimPrefix(strings.TrimSpace(string(out)), "v"))
	}
	var wanted struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	text, err := os.ReadFile(filepath.Join(node, "package.json"))
	if err == nil && json.Unmarshal(text, &wanted) == nil {
		for _, name := range slices.Sorted(maps.Keys(wanted.Dependencies)) {
			lines = append(lines, name+" "+wanted.Dependencies[name])
		}
	}
	return []string{strings.Join(lines, ", ")}
}
