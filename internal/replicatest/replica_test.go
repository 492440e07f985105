//go:build redis

package replicatest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// key is the HeyGen key of the replicas.
const key = "sk_V2_right"

// startHeyGen starts a fake HeyGen that accepts the keys.
func startHeyGen(t *testing.T, o sandbox.Options) (*sandbox.Sandbox, string) {
	if o.Keys == nil {
		o.Keys = []string{key}
	}
	o.PublicURL = "https://heygen.example"
	s := sandbox.New(o)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

// replica is a server process.
type replica struct {
	t   *testing.T
	url string
	cmd *exec.Cmd

	mu  sync.Mutex
	log bytes.Buffer
}

func (r *replica) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.Write(b)
}

func (r *replica) output() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.String()
}

var listening = regexp.MustCompile(`graphql=(http://[^ ]+)/graphql`)

// startReplica starts a process with settings such as "REDIS_URL=redis://…". It ends with
// the test.
func startReplica(t *testing.T, settings ...string) *replica {
	return startBinary(t, binary, settings...)
}

func startBinary(t *testing.T, path string, settings ...string) *replica {
	t.Helper()
	r := &replica{t: t, cmd: exec.Command(path)}
	r.cmd.Env = append([]string{"LISTEN_ADDR=127.0.0.1:0", "PATH=" + os.Getenv("PATH")}, settings...)
	r.cmd.Stderr = r
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.kill)
	eventually(t, "the replica to listen", func() bool {
		if m := listening.FindStringSubmatch(r.output()); m != nil {
			r.url = m[1]
		}
		return r.url != ""
	})
	return r
}

// startReplicas starts n processes with the same settings.
func startReplicas(t *testing.T, n int, settings ...string) []*replica {
	t.Helper()
	replicas := make([]*replica, n)
	for i := range replicas {
		replicas[i] = startReplica(t, settings...)
	}
	return replicas
}

// kill ends the process as kill -9 does.
func (r *replica) kill() {
	_ = r.cmd.Process.Kill()
	_ = r.cmd.Wait()
}

// stop ends the process by SIGTERM.
func (r *replica) stop() {
	_ = r.cmd.Process.Signal(syscall.SIGTERM)
	if err := r.cmd.Wait(); err != nil {
		r.t.Errorf("%v: %s", err, r.output())
	}
}

// client has no connection limit: each request of a test may have one of its own.
var client = &http.Client{Timeout: 40 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256}}

// response is a GraphQL response.
type response struct {
	status int
	header http.Header
	body   string
	errors []string // their codes
	took   time.Duration
	err    error // of the connection
}

// send sends a document with headers in pairs of name and value.
func (r *replica) send(document string, header ...string) (res response) {
	body, _ := json.Marshal(map[string]string{"query": document})
	return r.post(string(body), header...)
}

func (r *replica) post(body string, header ...string) (res response) {
	req, _ := http.NewRequest(http.MethodPost, r.url+"/graphql", strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	start := time.Now()
	httpRes, err := client.Do(req)
	if err != nil {
		return response{err: err, took: time.Since(start)}
	}
	defer httpRes.Body.Close()
	data, err := io.ReadAll(httpRes.Body)
	res = response{status: httpRes.StatusCode, header: httpRes.Header, body: string(data), err: err, took: time.Since(start)}
	var parsed struct {
		Errors []struct{ Extensions struct{ Code string } }
	}
	if json.Unmarshal(data, &parsed) != nil {
		res.errors = append(res.errors, "NOT_JSON")
	}
	for _, e := range parsed.Errors {
		res.errors = append(res.errors, e.Extensions.Code)
	}
	return res
}

// data returns the data of a response. It fails the test if there is an error.
func (r *replica) data(document string, header ...string) string {
	r.t.Helper()
	res := r.send(document, header...)
	if res.err != nil || res.status != http.StatusOK || len(res.errors) > 0 {
		r.t.Fatalf("%s: %v %d %s\n%s", document, res.err, res.status, res.body, r.output())
	}
	return res.body
}

// metric returns the value of a series at /metrics, or "".
func (r *replica) metric(series string) string {
	r.t.Helper()
	res, err := http.Get(r.url + "/metrics")
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	for line := range strings.Lines(string(body)) {
		if value, ok := strings.CutPrefix(line, series+" "); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

var validID = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_.~-]*$`).MatchString

// validIDs returns the ids of n groups that can be part of a path; a few of the sandbox's
// cannot.
func validIDs(s *sandbox.Sandbox, n int) (ids []string) {
	for _, g := range s.Groups() {
		if validID(g.ID) && len(ids) < n {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// group is a document that fetches a group by its id.
func group(id string) string {
	return fmt.Sprintf(`{avatarGroup(id:%q){groupId name looksCount createdAt gender}}`, id)
}
