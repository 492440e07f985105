//go:build unix

package process

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

var listenAddress = regexp.MustCompile(`listening on (\S+)`)

func shell(t *testing.T, script string) Options {
	return Options{
		Name: "a script", Command: []string{"sh", "-c", script}, Env: []string{"ADDRESS=127.0.0.1:1"},
		Log: filepath.Join(t.TempDir(), "log"), Address: listenAddress,
	}
}

func TestStartReadsAddressFromLogAndStopEndsProcess(t *testing.T) {
	o := shell(t, `echo begin >&2; echo "listening on $ADDRESS"; cat`)
	p, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if p.Address != "127.0.0.1:1" {
		t.Error(p.Address)
	}
	if usage, err := p.Usage(); err == nil && (usage.CPU <= 0 || usage.Peak <= 0) {
		t.Errorf("%+v", usage)
	}
	p.Stop()
	if err := syscall.Kill(p.pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the process still exists: %v", err)
	}
	if log, _ := os.ReadFile(o.Log); !strings.HasPrefix(string(log), "begin\n") {
		t.Errorf("%q", log)
	}
}

func TestStartFailsIfServerExitsAndNamesItsLog(t *testing.T) {
	o := shell(t, "echo no; exit 3")
	if _, err := Start(t.Context(), o); err == nil || !strings.Contains(err.Error(), "exited before it was listening") || !strings.Contains(err.Error(), o.Log) {
		t.Error(err)
	}
	o.Command = []string{"/does/not/exist"}
	if _, err := Start(t.Context(), o); err == nil || !strings.HasPrefix(err.Error(), "a script: ") {
		t.Error(err)
	}
}

func TestStartStopsWaitingWhenContextIsCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, shell(t, "cat")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestFindAddressIgnoresIncompleteLine(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	for contents, want := range map[string]string{"listening on 127.0.0.1:12": "", "x\nlistening on 127.0.0.1:1234\n": "127.0.0.1:1234", "": ""} {
		if err := os.WriteFile(log, []byte(contents), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := findAddress(log, listenAddress); got != want || err != nil {
			t.Errorf("%q: got %q, %v", contents, got, err)
		}
	}
}
