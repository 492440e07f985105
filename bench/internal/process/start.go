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

// Options configures a process.
type Options struct {
	Name    string   // for errors
	Command []string // program and arguments
	Dir     string   // empty means the current folder
	Env     []string // NAME=value, added to the environment of this process
	Log     string   // file for standard output and error
	// Address matches the log line with the server's host:port, its first group.
	Address *regexp.Regexp
}

// Process is a running server.
type Process struct {
	Address string // host:port
	name    string
	pid     int
	command *exec.Cmd
	stdin   io.Closer
	exited  chan struct{}
}

// startStopTimeout limits how long a server may take to start or to stop.
const startStopTimeout = 20 * time.Second

// Start runs a server and waits for its address. The caller must call
// [Process.Stop]. The server's standard input stays open as long as this process
// lives, so servers that read it can exit when this process does.
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
	p := &Process{name: o.Name, pid: command.Process.Pid, command: command, stdin: stdin, exited: make(chan struct{})}
	go func() {
		_ = command.Wait()
		close(p.exited)
	}()
	if p.Address, err = p.waitForAddress(ctx, o); err != nil {
		p.Stop()
		return nil, fmt.Errorf("%s: %w (log: %s)", o.Name, err, o.Log)
	}
	return p, nil
}

// waitForAddress polls the log for the address.
func (p *Process) waitForAddress(ctx context.Context, o Options) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, startStopTimeout)
	defer cancel()
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for {
		if address, err := findAddress(o.Log, o.Address); address != "" || err != nil {
			return address, err
		}
		select {
		case <-p.exited:
			return "", errors.New("exited before it was listening")
		case <-ctx.Done():
			return "", fmt.Errorf("no address in its log: %w", ctx.Err())
		case <-poll.C:
		}
	}
}

// findAddress ignores an incomplete last line: its end may be written later.
func findAddress(log string, address *regexp.Regexp) (string, error) {
	contents, err := os.ReadFile(log)
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(contents)) {
		if match := address.FindStringSubmatch(line); match != nil && strings.HasSuffix(line, "\n") {
			return match[1], nil
		}
	}
	return "", nil
}

// Stop terminates the process and waits until it has exited.
func (p *Process) Stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	_ = p.stdin.Close()
	select {
	case <-p.exited:
	case <-time.After(startStopTimeout):
		_ = p.command.Process.Kill()
		<-p.exited
	}
}

// Usage is the resource usage of a process.
type Usage struct {
	CPU  time.Duration // user and system, of all threads, including exited ones
	Peak int64         // maximum resident memory in bytes since [Process.ResetPeak] or the start
}

// Usage returns the resource usage so far.
func (p *Process) Usage() (Usage, error) {
	cpu, err := cpuTime(p.pid)
	if err != nil {
		return Usage{}, fmt.Errorf("%s: CPU time: %w", p.name, err)
	}
	peak, err := peakMemory(p.pid)
	if err != nil {
		return Usage{}, fmt.Errorf("%s: memory: %w", p.name, err)
	}
	return Usage{CPU: cpu, Peak: peak}, nil
}
