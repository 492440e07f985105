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

var listening = regexp.MustCompile(`listening on (\S+)`)

func shell(t *testing.T, script string) Options {
	return Options{
		Name: "a script", Command: []string{"sh", "-c", script}, Env: []string{"PLACE=127.0.0.1:1"},
		Log: filepath.Join(t.TempDir(), "log"), Address: listening,
	}
}

func TestAServerIsFoundByItsLogAndStopped(t *testing.T) {
	o := shell(t, `echo begin >&2; echo "listening on $PLACE"; cat`)
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
		t.Errorf("it is still there: %v", err)
	}
	if log, _ := os.ReadFile(o.Log); !strings.HasPrefix(string(log), "begin\n") {
		t.Errorf("%q", log)
	}
}

func TestAServerThatEndsEarlyIsAnErrorThatNamesItsLog(t *testing.T) {
	o := shell(t, "echo no; exit 3")
	if _, err := Start(t.Context(), o); err == nil || !strings.Contains(err.Error(), "it has ended") || !strings.Contains(err.Error(), o.Log) {
		t.Error(err)
	}
	o.Command = []string{"/there/is/none"}
	if _, err := Start(t.Context(), o); err == nil || !strings.HasPrefix(err.Error(), "a script: ") {
		t.Error(err)
	}
}

func TestAServerIsNotAwaitedWithoutEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, shell(t, "cat")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestHalfALineIsNoAddress(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	for text, want := range map[string]string{"listening on 127.0.0.1:12": "", "x\nlistening on 127.0.0.1:1234\n": "127.0.0.1:1234", "": ""} {
		if err := os.WriteFile(log, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := find(log, listening); got != want || err != nil {
			t.Errorf("%q gives %q, %v", text, got, err)
		}
	}
}
