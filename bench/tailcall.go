package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tailcallWorkloads names the workloads that Tailcall can serve: it cannot express the
// cursors of a page.
var tailcallWorkloads = []string{"aliases", "same-aliases", "group", "typename"}

// tailcallPath returns the path of Tailcall's binary. The variable TAILCALL may name
// another, such as a script that runs it with a newer glibc than the system's.
func tailcallPath(node string) string {
	if path := os.Getenv("TAILCALL"); path != "" {
		return path
	}
	return filepath.Join(node, "node_modules", "@tailcallhq", "core-linux-x64-gnu", "bin", "tailcall")
}

// withoutTailcall removes Tailcall from the servers if its binary cannot run here. It
// returns a line about Tailcall for the report, or "" if there is nothing to say.
func withoutTailcall(ctx context.Context, list []server, binary string) (runnable []server, note string) {
	at := slices.IndexFunc(list, func(s server) bool { return s.name == "tailcall" })
	if at < 0 {
		return list, ""
	}
	title := list[at].title
	if _, err := os.Stat(binary); err != nil {
		return slices.Delete(slices.Clone(list), at, at+1), title + " is not measured: its package is for Linux on x64 only"
	}
	out, err := exec.CommandContext(ctx, binary, "--version").CombinedOutput()
	if err != nil {
		return slices.Delete(slices.Clone(list), at, at+1), title + " is not measured: it " + tailcallFailure(string(out))
	}
	return list, strings.TrimSpace(string(out)) + " serves only the workloads without pages: it cannot express their cursors"
}

var glibcVersion = regexp.MustCompile(`GLIBC_2\.(\d+)' not found`)

// tailcallFailure returns why Tailcall's binary does not run, from its output.
func tailcallFailure(output string) string {
	newest := 0
	for _, match := range glibcVersion.FindAllStringSubmatch(output, -1) {
		minor, _ := strconv.Atoi(match[1]) // digits
		newest = max(newest, minor)
	}
	if newest == 0 {
		return "does not start"
	}
	return fmt.Sprintf("needs glibc 2.%d, which this system does not have", newest)
}

// writeTailcallConfig writes Tailcall's configuration with a free port to the log folder,
// which is removed after the run. It returns the path.
func (p paths) writeTailcallConfig() (string, error) {
	source := filepath.Join(filepath.Dir(p.node), "tailcall")
	schema, err := os.ReadFile(filepath.Join(source, "schema.graphql"))
	if err != nil {
		return "", err
	}
	worker, err := os.ReadFile(filepath.Join(source, "worker.js"))
	if err != nil {
		return "", err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0") // Tailcall does not report a port that the system chose
	if err != nil {
		return "", err
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	if err := listener.Close(); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(p.logs, "worker.js"), worker, 0o600); err != nil {
		return "", err
	}
	path := filepath.Join(p.logs, "tailcall.graphql")
	return path, os.WriteFile(path, []byte(strings.Replace(string(schema), "port: PORT", "port: "+port, 1)), 0o600)
}
