package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// writeScript writes a shell script and returns its path.
func writeScript(t *testing.T, commands string) string {
	path := filepath.Join(t.TempDir(), "tailcall")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+commands+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTailcallIsOmittedWhereItCannotRun(t *testing.T) {
	const glibc = "tailcall: /lib/libc.so.6: version `GLIBC_2.39' not found\ntailcall: /lib/libc.so.6: version `GLIBC_2.38' not found"
	for name, c := range map[string]struct {
		binary, want string
		runs         bool
	}{
		"no package":   {filepath.Join(t.TempDir(), "tailcall"), "Tailcall is not measured: its package is for Linux on x64 only", false},
		"an old glibc": {writeScript(t, "cat <<'END' >&2\n"+glibc+"\nEND\nexit 1"), "Tailcall is not measured: it needs glibc 2.39, which this system does not have", false},
		"a fault":      {writeScript(t, "exit 1"), "Tailcall is not measured: it does not start", false},
		"runs":         {writeScript(t, "echo tailcall v1"), "tailcall v1 serves only the workloads without pages: it cannot express their cursors", true},
	} {
		runnable, note := withoutTailcall(t.Context(), servers, c.binary)
		found := false
		for _, s := range runnable {
			found = found || s.name == "tailcall"
		}
		if note != c.want || found != c.runs || len(runnable) < len(servers)-1 {
			t.Errorf("%s: %q, %d servers", name, note, len(runnable))
		}
	}
	if runnable, note := withoutTailcall(t.Context(), servers[:2], "/nowhere"); len(runnable) != 2 || note != "" {
		t.Errorf("without Tailcall: %q, %d servers", note, len(runnable))
	}
}

func TestTailcallConfigHasPortOfItsOwn(t *testing.T) {
	working, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	p := paths{node: filepath.Join(working, "node"), logs: t.TempDir()}
	for _, s := range servers {
		if s.name != "tailcall" {
			continue
		}
		options, err := p.processOptions(s, "127.0.0.1:1")
		if err != nil {
			t.Fatal(err)
		}
		schema := readFile(t, options.Command[2])
		if !regexp.MustCompile(`@server\(hostname: "127.0.0.1", port: [1-9][0-9]+\)`).MatchString(schema) || !strings.HasSuffix(options.Command[0], "/bin/tailcall") {
			t.Errorf("%v\n%s", options.Command, schema)
		}
		readFile(t, filepath.Join(p.logs, "worker.js")) // the schema links it
	}
}
