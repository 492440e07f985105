//go:build redis

package replicatest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// redisServer is a redis-server of its own, on loopback, that stores nothing on disk.
type redisServer struct {
	t       *testing.T
	address string
	args    []string
	cmd     *exec.Cmd
}

// startRedis starts redis-server with additional arguments. It ends with the test.
func startRedis(t *testing.T, args ...string) *redisServer {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(address)
	r := &redisServer{t: t, address: address, args: append([]string{"--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.TempDir()}, args...)}
	r.start()
	t.Cleanup(r.kill)
	return r
}

func (r *redisServer) start() {
	r.cmd = exec.Command("redis-server", r.args...)
	r.cmd.Stderr = os.Stderr
	if err := r.cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	eventually(r.t, "redis-server to respond", func() bool {
		reply, err := r.try("PING")
		return err == nil && (reply == "+PONG" || strings.HasPrefix(reply, "-NOAUTH"))
	})
}

// kill ends the server as kill -9 does, and forgets its data.
func (r *redisServer) kill() {
	_ = r.cmd.Process.Kill()
	_ = r.cmd.Wait()
}

func (r *redisServer) signal(s syscall.Signal) {
	if err := r.cmd.Process.Signal(s); err != nil {
		r.t.Fatal(err)
	}
}

func (r *redisServer) url() string { return "redis://" + r.address }

// do sends commands over a connection of their own and returns the last reply.
func (r *redisServer) do(commands ...[]string) string {
	r.t.Helper()
	reply, err := r.try2(commands...)
	if err != nil || strings.HasPrefix(reply, "-") {
		r.t.Fatalf("%v: %s %v", commands, reply, err)
	}
	return reply
}

func (r *redisServer) try(words ...string) (string, error) { return r.try2(words) }

func (r *redisServer) try2(commands ...[]string) (reply string, err error) {
	conn, err := net.DialTimeout("tcp", r.address, time.Second)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	replies := bufio.NewReader(conn)
	for _, words := range commands {
		fmt.Fprintf(conn, "*%d\r\n", len(words))
		for _, word := range words {
			fmt.Fprintf(conn, "$%d\r\n%s\r\n", len(word), word)
		}
		if reply, err = readReply(replies); err != nil {
			return "", err
		}
	}
	return reply, nil
}

// readReply returns a reply of the protocol RESP2; elements of an array are separated by
// line breaks.
func readReply(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return "", err
	}
	line = strings.TrimSuffix(line, "\r\n")
	switch line[0] {
	case '$':
		n, _ := strconv.Atoi(line[1:])
		if n < 0 {
			return "", nil
		}
		body := make([]byte, n+2)
		_, err = io.ReadFull(r, body)
		return string(body[:n]), err
	case '*':
		n, _ := strconv.Atoi(line[1:])
		var elements []string
		for range n {
			element, err := readReply(r)
			if err != nil {
				return "", err
			}
			elements = append(elements, element)
		}
		return strings.Join(elements, "\n"), nil
	default:
		return line, nil
	}
}

// keys returns the names of all keys.
func (r *redisServer) keys() []string { return strings.Fields(r.do([]string{"KEYS", "*"})) }

// delayProxy is a TCP proxy before Redis that delays each reply.
type delayProxy struct {
	address string
	delay   time.Duration
}

func startDelayProxy(t *testing.T, target string, delay time.Duration) *delayProxy {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &delayProxy{address: l.Addr().String(), delay: delay}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go p.forward(conn, target)
		}
	}()
	return p
}

func (p *delayProxy) forward(conn net.Conn, target string) {
	defer conn.Close()
	server, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(server, conn)
		server.Close()
	}()
	type chunk struct {
		at   time.Time
		data []byte
	}
	chunks := make(chan chunk, 1024)
	go func() {
		defer close(chunks)
		for {
			buffer := make([]byte, 64<<10)
			n, err := server.Read(buffer)
			if n > 0 {
				chunks <- chunk{time.Now().Add(p.delay), buffer[:n]}
			}
			if err != nil {
				return
			}
		}
	}()
	for c := range chunks {
		<-time.After(time.Until(c.at))
		if _, err := conn.Write(c.data); err != nil {
			return
		}
	}
}

// eventually waits until a condition holds, at most 15 seconds.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(15 * time.Second)
	for !condition() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
