package heygen_test

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"heygen-graphql/heygen"
)

const oneGroup = "GET /v3/avatars/{group_id}"

// callRecorder records the calls that a client reports to its observer.
type callRecorder struct {
	mu    sync.Mutex
	calls []heygen.Call
}

func (r *callRecorder) observe(o *heygen.Options) {
	o.Observe = func(_ context.Context, c heygen.Call) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.calls = append(r.calls, c)
	}
}

func (r *callRecorder) want(t *testing.T, calls ...heygen.Call) {
	t.Helper()
	if diff := cmp.Diff(calls, r.calls, cmpopts.EquateErrors()); diff != "" {
		t.Errorf("calls (- want, + got):\n%s", diff)
	}
}

func TestObserverReceivesEveryAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var recorder callRecorder
		start := time.Now()
		s := script(delayed(time.Second, always(503, "", "Retry-After", "2")), delayed(3*time.Second, respond429("4")), delayed(5*time.Second, groupFound))
		if err := readGroup(t, newClient(t, s, withRetries(2), recorder.observe)); err != nil {
			t.Error(err)
		}
		recorder.want(t,
			heygen.Call{Endpoint: oneGroup, Start: start, Duration: time.Second, Status: 503, Err: heygen.ErrUnavailable},
			heygen.Call{Endpoint: oneGroup, Attempt: 1, Start: start.Add(3 * time.Second), Duration: 3 * time.Second, Status: 429, Err: heygen.ErrRateLimited},
			heygen.Call{Endpoint: oneGroup, Attempt: 2, Start: start.Add(10 * time.Second), Duration: 5 * time.Second, Status: 200},
		)
	})
}

func TestAttemptStartsWhenItHasItsSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var recorder callRecorder
		start := time.Now()
		client := newClient(t, delayed(time.Second, groupFound), recorder.observe, func(o *heygen.Options) { o.MaxConcurrent = 1 })
		concurrently(t, client, 2)
		recorder.want(t,
			heygen.Call{Endpoint: oneGroup, Start: start, Duration: time.Second, Status: 200},
			heygen.Call{Endpoint: oneGroup, Start: start.Add(time.Second), Duration: time.Second, Status: 200},
		)
	})
}

func TestAttemptWithoutResponseHasNoStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			transport upstream
			status    int
			took      time.Duration
			kind      error
		}{
			{failing(io.EOF), 0, 0, heygen.ErrUnavailable},
			{hang, 0, 15 * time.Second, heygen.ErrTimeout},
			{slowBody(200), 200, 15 * time.Second, heygen.ErrTimeout},
			{always(404, ""), 404, 0, heygen.ErrNotFound},
		} {
			var recorder callRecorder
			start := time.Now()
			_ = readGroup(t, newClient(t, c.transport, recorder.observe))
			recorder.want(t, heygen.Call{Endpoint: oneGroup, Start: start, Duration: c.took, Status: c.status, Err: c.kind})
		}
	})
}

// Its status is a success: only Err lets an observer count it as a failure.
func TestObserverReceivesInvalidResponses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, body := range []string{"", "<html>", `{"data":{"id":"another","name":"G","looks_count":1,"created_at":1}}`} {
			var recorder callRecorder
			_ = readGroup(t, newClient(t, always(200, body), recorder.observe))
			recorder.want(t, heygen.Call{Endpoint: oneGroup, Start: time.Now(), Status: 200, Err: heygen.ErrInvalidResponse})
		}
		var recorder callRecorder
		_, _ = newClient(t, always(200, `{"data":[{}]}`), recorder.observe).ListVoices(t.Context(), heygen.VoicesParams{})
		recorder.want(t, heygen.Call{Endpoint: "GET /v3/voices", Start: time.Now(), Status: 200, Err: heygen.ErrInvalidResponse})
	})
}

func TestObserverReceivesCancelledAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var recorder callRecorder
		start := time.Now()
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, _ = newClient(t, upstream(hang), recorder.observe).AvatarGroup(ctx, "g")
		recorder.want(t, heygen.Call{Endpoint: oneGroup, Start: start, Duration: time.Second, Err: context.Canceled})
	})
}

func TestObserverReceivesNoCallThatWasNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var recorder callRecorder
		s := script(groupFound)
		client := newClient(t, s, recorder.observe)
		openBreaker(t, s, client) // ten attempts, and a call that is not sent
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		_, _ = client.ListVoices(cancelled, heygen.VoicesParams{})
		_, _ = client.AvatarGroup(t.Context(), "looks")
		if len(recorder.calls) != 10 {
			t.Errorf("%d attempts observed, want 10", len(recorder.calls))
		}
	})
}

// The observer runs without the slot or a lock: with one slot, its own call would
// wait for itself.
func TestObserverMayCallTheClient(t *testing.T) {
	var client *heygen.Client
	var endpoints []string
	client = newClient(t, groupFound, func(o *heygen.Options) {
		o.MaxConcurrent = 1
		o.Observe = func(ctx context.Context, c heygen.Call) {
			if endpoints = append(endpoints, c.Endpoint); len(endpoints) == 1 {
				if stats := client.Stats(); stats.InFlight != 0 {
					t.Errorf("%+v after the call", stats)
				}
				_, _ = client.Voice(ctx, "v")
			}
		}
	})
	if err := readGroup(t, client); err != nil || !slices.Equal(endpoints, []string{oneGroup, "GET /v3/voices/{voice_id}"}) {
		t.Errorf("%v, observed %q", err, endpoints)
	}
}

func TestObserverReceivesTheCallersContext(t *testing.T) {
	type key struct{}
	observed := 0
	client := newClient(t, groupFound, func(o *heygen.Options) {
		o.Observe = func(ctx context.Context, _ heygen.Call) {
			observed++
			if ctx.Value(key{}) != "of the caller" || ctx.Err() != nil {
				t.Errorf("value %v, ended %v", ctx.Value(key{}), ctx.Err())
			}
		}
	})
	if _, err := client.AvatarGroup(context.WithValue(t.Context(), key{}, "of the caller"), "g"); err != nil || observed != 1 {
		t.Errorf("%v, observed %d times", err, observed)
	}
}

func withLog(log io.Writer, level slog.Level) func(*heygen.Options) {
	return func(o *heygen.Options) {
		o.Logger = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: level}))
	}
}

func TestDebugLogHasARecordOfEveryAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		steps := []upstream{delayed(time.Second, respond429("1")), delayed(2*time.Second, groupFound)}
		var debug, info bytes.Buffer
		_ = readGroup(t, newClient(t, script(steps...), withRetries(1), withLog(&debug, slog.LevelDebug)))
		_ = readGroup(t, newClient(t, script(steps...), withRetries(1), withLog(&info, slog.LevelInfo)))
		var records []string
		for line := range strings.Lines(debug.String()) {
			if _, record, ok := strings.Cut(line, "level=DEBUG "); ok {
				records = append(records, record)
			}
		}
		want := []string{
			`msg="upstream request" endpoint="GET /v3/avatars/{group_id}" attempt=0 status=429 outcome="rate limited" duration=1s` + "\n",
			`msg="upstream request" endpoint="GET /v3/avatars/{group_id}" attempt=1 status=200 outcome=ok duration=2s` + "\n",
		}
		if diff := cmp.Diff(want, records); diff != "" {
			t.Errorf("records (- want, + got):\n%s", diff)
		}
		if strings.Contains(info.String(), "upstream request") {
			t.Errorf("at level info: %s", &info)
		}
	})
}

// HeyGen, or a proxy before it, repeats the key, the id and the URL everywhere in
// its responses.
func TestLogAndCallsHoldNoKeyOrIDOrURL(t *testing.T) {
	const id = "4f1c2b3a99887766554433221100ffee"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		echo := r.Header.Get("X-Api-Key") + " " + r.URL.String()
		w.Header().Set("Location", "http://"+r.Host+r.URL.String()+"?"+secret)
		status, err := strconv.Atoi(r.URL.Query().Get("language"))
		if err != nil {
			status = 502
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"error":{"code":"`+secret+`","message":"`+echo+`","param":"`+id+`"},"data":[{"id":"`+echo+`"}]}`)
	}))
	baseURL := server.URL
	for _, status := range []string{"200", "302", "400", "401", "403", "404", "429", "500", "no response"} {
		if status == "no response" {
			server.Close()
		}
		var log bytes.Buffer
		var recorder callRecorder
		client := newClient(t, nil, withLog(&log, slog.LevelDebug), recorder.observe, func(o *heygen.Options) { o.BaseURL = baseURL + "/" + id })
		_, _ = client.AvatarGroup(t.Context(), id)
		_, _ = client.AvatarLook(t.Context(), id)
		_, _ = client.Voice(t.Context(), id)
		_, _ = client.ListVoices(t.Context(), heygen.VoicesParams{Language: status, Token: id})
		if len(recorder.calls) != 4 || strings.Count(log.String(), "upstream request") != 4 {
			t.Errorf("%s: %d calls observed, and the log is %s", status, len(recorder.calls), &log)
		}
		for _, call := range recorder.calls {
			log.WriteString(call.Endpoint + call.Outcome())
		}
		for _, hidden := range []string{secret, id, strings.TrimPrefix(baseURL, "http://"), "http://"} {
			if strings.Contains(log.String(), hidden) {
				t.Errorf("%s: %q is in %s", status, hidden, &log)
			}
		}
	}
}

// packageValues returns the constants and variables of the package, with the value
// of those that are string literals.
func packageValues(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	values := map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			general, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range general.Specs {
				if value, ok := spec.(*ast.ValueSpec); ok {
					for i, name := range value.Names {
						values[name.Name] = ""
						if i < len(value.Values) {
							if literal, ok := value.Values[i].(*ast.BasicLit); ok && literal.Kind == token.STRING {
								values[name.Name], _ = strconv.Unquote(literal.Value)
							}
						}
					}
				}
			}
		}
	}
	return values
}

func TestEndpointsListsEveryEndpoint(t *testing.T) {
	var want []string
	for _, value := range packageValues(t) {
		if strings.HasPrefix(value, "GET /") {
			want = append(want, value)
		}
	}
	slices.Sort(want)
	got := slices.Sorted(slices.Values(heygen.Endpoints()))
	if len(want) < 6 || !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOutcomesListsEveryKind(t *testing.T) {
	kinds := 0
	for name := range packageValues(t) {
		if strings.HasPrefix(name, "Err") && name != "ErrOverloaded" { // the error of a call that is not sent
			kinds++
		}
	}
	got := heygen.Outcomes()
	if distinct := slices.Compact(slices.Sorted(slices.Values(got))); len(distinct) != len(got) || len(got) != kinds+2 || got[0] != "ok" || !slices.Contains(got, "context canceled") {
		t.Errorf("%d kinds, and the outcomes %q", kinds, got)
	}
}
