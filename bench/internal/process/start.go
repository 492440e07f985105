package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// Options say what is run.
type Options struct {
	Name    string   // for errors
	Command []string // with its arguments
	Dir     string   // empty: this one
	Env     []string // NAME=value, beside this process's own
	Log     string   // the file for standard output and error
	// Address finds the server's host:port in a line of the log, as its group.
	Address *regexp.Regexp
}

// Process is a server that runs.
type Process struct {
	Address string // host:port
	name    string
	pid     int
	command *exec.Cmd
	stdin   io.Closer
	ended   chan struct{}
}

// patience is how long a server may take to begin or to end.
const patience = 20 * time.Second

// Start runs a server and waits for its address. [Process.Stop] must be called.
// Its standard input stays open as long as this process lives: servers that look
// at it end when it does.
func Start(ctx context.Context, o Options) (*Process, error) {
	log, err := os.Create(o.Log)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	command := exec.Command(o.Command[0], o.Command[1:]...)
	command.Dir, command.Env, command.Stdout, command.Stderr = o.Dir, append(os.Environ(), o.Env...), log, log
	stdin, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", o.Name, err)
	}
	p := &Process{name: o.Name, pid: command.Process.Pid, command: command, stdin: stdin, ended: make(chan struct{})}
	go func() {
		_ = command.Wait()
		close(p.ended)
	}()
	if p.Address, err = p.await(ctx, o); err != nil {
		p.Stop()
		return nil, fmt.Errorf("%s: %w (its log is %s)", o.Name, err, o.Log)
	}
	return p, nil
}

// await looks for the address in the log.
func (p *Process) await(ctx context.Context, o Options) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		if address, err := find(o.Log, o.Address); address != "" || err != nil {
			return address, err
		}
		select {
		case <-p.ended:
			return "", errors.New("it has ended")
		case <-ctx.Done():
			return "", fmt.Errorf("it has not told its address: %w", ctx.Err())
		case <-look.C:
		}
	}
}

// find looks at whole lines: the end of one may be written later.
func find(log string, address *regexp.Regexp) (string, error) {
	text, err := os.ReadFile(log)
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(text)) {
		if found := address.FindStringSubmatch(line); found != nil && strings.HasSuffix(line, "\n") {
			return found[1], nil
		}
	}
	return "", nil
}

// Stop ends the process and returns when it has ended.
func (p *Process) Stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	_ = p.stdin.Close()
	select {
	case <-p.ended:
	case <-time.After(patience):
		_ = p.command.Process.Kill()
		<-p.ended
	}
}

// Usage is what a process has used.
type Usage struct {
	CPU  time.Duration // user and system, of all its threads, those that have ended too
	Peak int64         // resident memory in bytes, the most since [Process.ResetPeak] or its start
}

// Usage reads what the process has used so far.
func (p *Process) Usage() (Usage, error) {
	cpu, err := cpuOf(p.pid)
	if err != nil {
		return Usage{}, fmt.Errorf("%s: its CPU time: %w", p.name, err)
	}
	peak, err := peakOf(p.pid)
	if err != nil {
		return Usage{}, fmt.Errorf("%s: its memory: %w", p.name, err)
	}
	return Usage{CPU: cpu, Peak: peak}, nil
}
