package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"heygen-graphql/heygen/sandbox"
)

var updateFiles = flag.Bool("update", false, "write actual responses into testdata and the documentation")

// TestScripts runs the scripts in testdata. Each starts the server as from a shell, with
// a fake HeyGen that counts calls, executes queries, and compares the responses and the
// number of calls. The commands:
//
//	serve [NAME=value...]     start the fake HeyGen and the server
//	serve embedded [...]      start the server with its embedded sandbox
//	fault name...             the next calls to HeyGen fail, one per name (see package sandbox)
//	query file [variables]    execute a query and write the response to stdout, indented
//	get path                  write the status and the body of a path to stdout
//	calls n                   check the number of calls to HeyGen since the last check, waiting for calls in the background
//	stop                      stop the server and check that it exits with code 0
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *updateFiles,
		Setup: func(env *testscript.Env) error {
			env.Values[scriptEnvKey{}] = &scriptEnv{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": scriptCommand((*scriptEnv).serve), "fault": scriptCommand((*scriptEnv).fault), "query": scriptCommand((*scriptEnv).query),
			"get": scriptCommand((*scriptEnv).get), "calls": scriptCommand((*scriptEnv).calls), "stop": scriptCommand((*scriptEnv).stop),
		},
	})
}

type scriptEnvKey struct{}

// scriptEnv holds the processes of one script.
type scriptEnv struct {
	heygen *sandbox.Sandbox
	server *process
}

func scriptCommand(f func(*scriptEnv, *testscript.TestScript, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, negated bool, args []string) {
		if negated {
			ts.Fatalf("this command cannot be negated")
		}
		f(ts.Value(scriptEnvKey{}).(*scriptEnv), ts, args)
	}
}

func (s *scriptEnv) serve(ts *testscript.TestScript, args []string) {
	var env []string
	if len(args) > 0 && args[0] == "embedded" {
		args = args[1:]
	} else {
		s.heygen = sandbox.New(sandbox.Options{PublicURL: "https://files.example", Keys: []string{"sk_V2_right"}})
		upstream := httptest.NewServer(s.heygen)
		ts.Defer(upstream.Close)
		env = []string{"HEYGEN_BASE_URL", upstream.URL}
	}
	for _, pair := range args {
		name, value, _ := strings.Cut(pair, "=")
		env = append(env, name, value)
	}
	p, err := start(env...)
	ts.Check(err)
	s.server = p
	ts.Defer(p.stop)
}

func (s *scriptEnv) fault(_ *testscript.TestScript, args []string) {
	for _, name := range args {
		s.heygen.QueueFaults(sandbox.Fault(name))
	}
}

func (s *scriptEnv) query(ts *testscript.TestScript, args []string) {
	body := map[string]any{"query": ts.ReadFile(args[0])}
	if len(args) > 1 {
		body["variables"] = json.RawMessage(ts.ReadFile(args[1]))
	}
	request, err := json.Marshal(body)
	ts.Check(err)
	res, err := http.Post(s.server.url+"/graphql", "application/json", bytes.NewReader(request))
	ts.Check(err)
	defer res.Body.Close()
	response, err := io.ReadAll(res.Body)
	ts.Check(err)
	var pretty bytes.Buffer
	ts.Check(json.Indent(&pretty, response, "", "  "))
	pretty.WriteByte('\n')
	_, _ = pretty.WriteTo(ts.Stdout())
}

func (s *scriptEnv) get(ts *testscript.TestScript, args []string) {
	res, err := http.Get(s.server.url + args[0])
	ts.Check(err)
	defer res.Body.Close()
	_, _ = io.WriteString(ts.Stdout(), res.Status+"\n")
	_, err = io.Copy(ts.Stdout(), res.Body)
	ts.Check(err)
}

func (s *scriptEnv) calls(ts *testscript.TestScript, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	// A background refresh may still be in flight.
	for range 500 {
		if len(s.heygen.Calls()) >= want {
			break
		}
		<-time.After(10 * time.Millisecond)
	}
	if got := s.heygen.Calls(); len(got) != want {
		ts.Fatalf("%d calls to HeyGen, want %d: %v", len(got), want, got)
	}
	s.heygen.ResetCalls()
}

func (s *scriptEnv) stop(ts *testscript.TestScript, _ []string) {
	s.server.stop()
	if code := <-s.server.exit; code != 0 {
		ts.Fatalf("exit code %d: %s", code, s.server.output())
	}
}
