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

// projectSettings says how this project is configured for the comparison.
const projectSettings = "this project makes up to " + maxConcurrent + " concurrent upstream calls (`HEYGEN_MAX_CONCURRENT`), as the other servers have no limit; all other settings are the defaults, and the log goes to a file"

// environmentLines returns the machine, the settings and the versions, a line each.
func environmentLines(ctx context.Context, node string) []string {
	return []string{machine(ctx), projectSettings, versions(ctx, node)}
}

// machine describes the hardware and the kernel. It omits what it cannot read.
func machine(ctx context.Context) string {
	processor := "an unknown processor"
	if cpuinfo, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(cpuinfo)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				processor = strings.TrimSpace(value)
				break
			}
		}
	}
	line := fmt.Sprintf("%d cores of %s", runtime.NumCPU(), processor)
	if kernel, err := exec.CommandContext(ctx, "uname", "-sr").Output(); err == nil {
		line += ", " + strings.TrimSpace(string(kernel))
	}
	return line
}

// versions lists the versions of Go, Node and the compared libraries. It omits what
// it cannot read.
func versions(ctx context.Context, node string) string {
	list := []string{strings.Replace(runtime.Version(), "go", "Go ", 1)}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if strings.HasSuffix(module.Path, "99designs/gqlgen") || strings.Contains(module.Path, "graph-gophers/dataloader") {
				list = append(list, strings.Join(strings.Split(module.Path, "/")[1:3], "/")+" "+strings.TrimPrefix(module.Version, "v"))
			}
		}
	}
	if out, err := exec.CommandContext(ctx, "node", "--version").Output(); err == nil {
		list = append(list, "Node "+strings.TrimPrefix(strings.TrimSpace(string(out)), "v"))
	}
	var manifest struct {
		Dependencies         map[string]string `json:"dependencies"`
		OptionalDependencies map[string]string `json:"optionalDependencies"`
	}
	contents, err := os.ReadFile(filepath.Join(node, "package.json"))
	if err == nil && json.Unmarshal(contents, &manifest) == nil {
		maps.Copy(manifest.Dependencies, manifest.OptionalDependencies)
		for _, name := range slices.Sorted(maps.Keys(manifest.Dependencies)) {
			list = append(list, name+" "+manifest.Dependencies[name])
		}
	}
	return strings.Join(list, ", ")
}
