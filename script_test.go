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

var update = flag.Bool("update", false, "write what the scripts in testdata got into them")

// TestScripts runs what stands in testdata: each script starts the server as a
// shell would, before a HeyGen that counts, and says what it asks, what it
// wants to hear, and how many calls that may cost. Its commands:
//
//	serve [NAME=value...]     start HeyGen and the server in front of it
//	serve embedded [...]      start the server on its embedded sandbox
//	misbehave fault...        HeyGen's next calls go wrong, one each (see package sandbox)
//	query file [variables]    ask; the answer is on stdout, indented
//	get path                  the same for any page, with its status in front
//	calls n                   how many calls HeyGen has had since the last time; fewer are waited for
//	stop                      stop the server, which must end with 0
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Values[stageKey{}] = &stage{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": stageCommand((*stage).serve), "misbehave": stageCommand((*stage).misbehave), "query": stageCommand((*stage).query),
			"get": stageCommand((*stage).get), "calls": stageCommand((*stage).calls), "stop": stageCommand((*stage).stop),
		},
	})
}

type stageKey struct{}

// stage is what one script plays on.
type stage struct {
	heygen *sandbox.Sandbox
	server *process
}

func stageCommand(f func(*stage, *testscript.TestScript, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, negated bool, args []string) {
		if negated {
			ts.Fatalf("this command cannot be negated")
		}
		f(ts.Value(stageKey{}).(*stage), ts, args)
	}
}

func (s *stage) serve(ts *testscript.TestScript, args []string) {
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

func (s *stage) misbehave(_ *testscript.TestScript, args []string) {
	for _, name := range args {
		s.heygen.QueueFaults(sandbox.Fault(name))
	}
}

func (s *stage) query(ts *testscript.TestScript, args []string) {
	body := map[string]any{"query": ts.ReadFile(args[0])}
	if len(args) > 1 {
		body["variables"] = json.RawMessage(ts.ReadFile(args[1]))
	}
	text, err := json.Marshal(body)
	ts.Check(err)
	res, err := http.Post(s.server.url+"/graphql", "application/json", bytes.NewReader(text))
	ts.Check(err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	ts.Check(err)
	var pretty bytes.Buffer
	ts.Check(json.Indent(&pretty, answer, "", "  "))
	pretty.WriteByte('\n')
	_, _ = pretty.WriteTo(ts.Stdout())
}

func (s *stage) get(ts *testscript.TestScript, args []string) {
	res, err := http.Get(s.server.url + args[0])
	ts.Check(err)
	defer res.Body.Close()
	_, _ = io.WriteString(ts.Stdout(), res.Status+"\n")
	_, err = io.Copy(ts.Stdout(), res.Body)
	ts.Check(err)
}

func (s *stage) calls(ts *testscript.TestScript, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	// A call behind an answer may be on its way still.
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

func (s *stage) stop(ts *testscript.TestScript, _ []string) {
	s.server.stop()
	if code := <-s.server.exit; code != 0 {
		ts.Fatalf("the server ended with %d: %s", code, s.server.output())
	}
}
