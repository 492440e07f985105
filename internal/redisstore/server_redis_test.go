//go:build redis

package redisstore_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// realRedis is a redis-server from PATH that listens on a Unix socket. Its tests need
// redis-server and redis-cli, and run with -tags redis.
type realRedis struct {
	t         testing.TB
	arguments []string
	socket    string
	process   *exec.Cmd
}

// startRedis starts a redis-server, which ends with the test.
func startRedis(t testing.TB, arguments ...string) *realRedis {
	t.Helper()
	directory, err := os.MkdirTemp("", "redis") // t.TempDir may be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	r := &realRedis{t: t, socket: filepath.Join(directory, "s")}
	r.arguments = append([]string{"--port", "0", "--unixsocket", r.socket, "--save", "", "--appendonly", "no", "--dir", directory, "--daemonize", "no"}, arguments...)
	r.start()
	t.Cleanup(func() {
		r.kill()
		os.RemoveAll(directory)
	})
	return r
}

func (r *realRedis) start() {
	r.t.Helper()
	r.process = exec.Command("redis-server", r.arguments...)
	if err := r.process.Start(); err != nil {
		r.t.Fatal(err)
	}
	eventually(r.t, "start of redis-server", func() bool {
		conn, err := net.Dial("unix", r.socket)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
}

func (r *realRedis) signal(s syscall.Signal) {
	if err := r.process.Process.Signal(s); err != nil {
		r.t.Error(err)
	}
}

func (r *realRedis) kill() {
	r.process.Process.Kill()
	r.process.Wait()
}

// url returns the URL of a user, such as "user:password@", or of the default one.
func (r *realRedis) url(user string) string { return "unix://" + user + r.socket }

// command runs a command and returns its reply.
func (r *realRedis) command(arguments ...string) string {
	r.t.Helper()
	out, err := exec.Command("redis-cli", append([]string{"-s", r.socket}, arguments...)...).CombinedOutput()
	if err != nil {
		r.t.Fatalf("%q: %v: %s", arguments, err, out)
	}
	return strings.TrimSpace(string(out))
}

// documentedUser creates a user with the rules of docs/running.md. It returns the user and
// the password in the form of a URL.
func (r *realRedis) documentedUser() string {
	r.t.Helper()
	page, err := os.ReadFile("../../docs/running.md")
	if err != nil {
		r.t.Fatal(err)
	}
	rules := regexp.MustCompile("`(~heygen-graphql:[^`]*)`").FindSubmatch(page)
	if rules == nil {
		r.t.Fatal("docs/running.md has no rules")
	}
	r.command(append([]string{"ACL", "SETUSER", "documented", "on", ">pw"}, strings.Fields(string(rules[1]))...)...)
	return "documented:pw@"
}

// keys returns the names of the keys that match a pattern.
func (r *realRedis) keys(pattern string) []string { return strings.Fields(r.command("KEYS", pattern)) }
