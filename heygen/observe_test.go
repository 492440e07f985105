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

// heard remembers the tries that it is told of.
type heard struct {
	mu    sync.Mutex
	calls []heygen.Call
}

func (h *heard) observing(o *heygen.Options) {
	o.Observe = func(_ context.Context, c heygen.Call) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.calls = append(h.calls, c)
	}
}

// are compares them with those that are wanted.
func (h *heard) are(t *testing.T, want ...heygen.Call) {
	t.Helper()
	if diff := cmp.Diff(want, h.calls, cmpopts.EquateErrors()); diff != "" {
		t.Errorf("calls (- wanted, + told of):\n%s", diff)
	}
}

func TestEveryTryIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var h heard
		start := time.Now()
		s := script(after(time.Second, always(503, "", "Retry-After", "2")), after(3*time.Second, limited("4")), after(5*time.Second, found))
		if err := askGroup(t, newClient(t, s, retrying(2), h.observing)); err != nil {
			t.Error(err)
		}
		h.are(t,
			heygen.Call{Endpoint: oneGroup, Start: start, Duration: time.Second, Status: 503, Err: heygen.ErrUnavailable},
			heygen.Call{Endpoint: oneGroup, Attempt: 1, Start: start.Add(3 * time.Second), Duration: 3 * time.Second, Status: 429, Err: heygen.ErrRateLimited},
			heygen.Call{Endpoint: oneGroup, Attempt: 2, Start: start.Add(10 * time.Second), Duration: 5 * time.Second, Status: 200},
		)
	})
}

func TestATryBeginsWhenItHasItsSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var h heard
		start := time.Now()
		client := newClient(t, after(time.Second, found), h.observing, func(o *heygen.Options) { o.MaxConcurrent = 1 })
		burst(t, client, 2)
		h.are(t,
			heygen.Call{Endpoint: oneGroup, Start: start, Duration: time.Second, Status: 200},
			heygen.Call{Endpoint: oneGroup, Start: start.Add(time.Second), Duration: time.Second, Status: 200},
		)
	})
}

func TestATryWithoutAnAnswerHasNoStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			transport upstream
			status    int
			took      time.Duration
			kind      error
		}{
			{fails(io.EOF), 0, 0, heygen.ErrUnavailable},
			{hang, 0, 15 * time.Second, heygen.ErrTimeout},
			{drip(200), 200, 15 * time.Second, heygen.ErrTimeout},
			{always(404, ""), 404, 0, heygen.ErrNotFound},
		} {
			var h heard
			start := time.Now()
			_ = askGroup(t, newClient(t, c.transport, h.observing))
			h.are(t, heygen.Call{Endpoint: oneGroup, Start: start, Duration: c.took, Status: c.status, Err: c.kind})
		}
	})
}

// Its status is that of a success: who counts failures has to know all the same.
func TestAnAnswerThatMakesNoSenseIsToldOfAsSuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, body := range []string{"", "<html>", `{"data":{"id":"another","name":"G","looks_count":1,"created_at":1}}`} {
			var h heard
			_ = askGroup(t, newClient(t, always(200, body), h.observing))
			h.are(t, heygen.Call{Endpoint: oneGroup, Start: time.Now(), Status: 200, Err: heygen.ErrInvalidResponse})
		}
		var h heard
		_, _ = newClient(t, always(200, `{"data":[{}]}`), h.observing).ListVoices(t.Context(), heygen.VoicesParams{})
		h.are(t, heygen.Call{Endpoint: "GET /v3/voices", Start: time.Now(), Status: 200, Err: heygen.ErrInvalidResponse})
	})
}

func TestATryWhoseCallerLeftIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var h heard
		start := time.Now()
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, _ = newClient(t, upstream(hang), h.observing).AvatarGroup(ctx, "g")
		h.are(t, heygen.Call{Endpoint: oneGroup, Start: start, Duration: time.Second, Err: context.Canceled})
	})
}

func TestWhatIsNotAskedIsNotToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var h heard
		s := script(found)
		client := newClient(t, s, h.observing)
		openUp(t, s, client) // ten tries, and a call that is not made
		left, cancel := context.WithCancel(t.Context())
		cancel()
		_, _ = client.ListVoices(left, heygen.VoicesParams{})
		_, _ = client.AvatarGroup(t.Context(), "looks")
		if len(h.calls) != 10 {
			t.Errorf("told of %d tries, want 10", len(h.calls))
		}
	})
}

// Who is told holds neither the slot nor a lock: with one slot, a call of its own
// would wait for itself.
func TestWhoIsToldMayCallTheClient(t *testing.T) {
	var client *heygen.Client
	var told []string
	client = newClient(t, found, func(o *heygen.Options) {
		o.MaxConcurrent = 1
		o.Observe = func(ctx context.Context, c heygen.Call) {
			if told = append(told, c.Endpoint); len(told) == 1 {
				if load := client.Stats(); load.InFlight != 0 {
					t.Errorf("%+v when the call is over", load)
				}
				_, _ = client.Voice(ctx, "v")
			}
		}
	})
	if err := askGroup(t, client); err != nil || !slices.Equal(told, []string{oneGroup, "GET /v3/voices/{voice_id}"}) {
		t.Errorf("%v, told of %q", err, told)
	}
}

func TestWhoIsToldHasTheCallersContext(t *testing.T) {
	type key struct{}
	told := 0
	client := newClient(t, found, func(o *heygen.Options) {
		o.Observe = func(ctx context.Context, _ heygen.Call) {
			told++
			if ctx.Value(key{}) != "mine" || ctx.Err() != nil {
				t.Errorf("value %v, ended %v", ctx.Value(key{}), ctx.Err())
			}
		}
	})
	if _, err := client.AvatarGroup(context.WithValue(t.Context(), key{}, "mine"), "g"); err != nil || told != 1 {
		t.Errorf("%v, told %d times", err, told)
	}
}

func debugging(log io.Writer, level slog.Level) func(*heygen.Options) {
	return func(o *heygen.Options) {
		o.Logger = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: level}))
	}
}

func TestADebugLogHasARecordOfEveryTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		steps := []upstream{after(time.Second, limited("1")), after(2*time.Second, found)}
		var all, usual bytes.Buffer
		_ = askGroup(t, newClient(t, script(steps...), retrying(1), debugging(&all, slog.LevelDebug)))
		_ = askGroup(t, newClient(t, script(steps...), retrying(1), debugging(&usual, slog.LevelInfo)))
		var records []string
		for line := range strings.Lines(all.String()) {
			if _, record, ok := strings.Cut(line, "level=DEBUG "); ok {
				records = append(records, record)
			}
		}
		want := []string{
			`msg="upstream request" endpoint="GET /v3/avatars/{group_id}" attempt=0 status=429 outcome="rate limited" duration=1s` + "\n",
			`msg="upstream request" endpoint="GET /v3/avatars/{group_id}" attempt=1 status=200 outcome=ok duration=2s` + "\n",
		}
		if diff := cmp.Diff(want, records); diff != "" {
			t.Errorf("records (- wanted, + got):\n%s", diff)
		}
		if strings.Contains(usual.String(), "upstream request") {
			t.Errorf("without debugging: %s", &usual)
		}
	})
}

// HeyGen, or what stands before it, repeats the key, the id and the address in
// all that it says.
func TestNeitherALogNorACallHoldsAKeyOrAnIDOrAURL(t *testing.T) {
	const id = "4f1c2b3a99887766554433221100ffee"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said := r.Header.Get("X-Api-Key") + " " + r.URL.String()
		w.Header().Set("Location", "http://"+r.Host+r.URL.String()+"?"+secret)
		status, err := strconv.Atoi(r.URL.Query().Get("language"))
		if err != nil {
			status = 502
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"error":{"code":"`+secret+`","message":"`+said+`","param":"`+id+`"},"data":[{"id":"`+said+`"}]}`)
	}))
	gone := server.URL
	for _, status := range []string{"200", "302", "400", "401", "403", "404", "429", "500", "no answer"} {
		if status == "no answer" {
			server.Close()
		}
		var log bytes.Buffer
		var h heard
		client := newClient(t, nil, debugging(&log, slog.LevelDebug), h.observing, func(o *heygen.Options) { o.BaseURL = gone + "/" + id })
		_, _ = client.AvatarGroup(t.Context(), id)
		_, _ = client.AvatarLook(t.Context(), id)
		_, _ = client.Voice(t.Context(), id)
		_, _ = client.ListVoices(t.Context(), heygen.VoicesParams{Language: status, Token: id})
		if len(h.calls) != 4 || strings.Count(log.String(), "upstream request") != 4 {
			t.Errorf("%s: told of %d calls, and the log of %s", status, len(h.calls), &log)
		}
		for _, call := range h.calls {
			log.WriteString(call.Endpoint + call.Outcome())
		}
		for _, hidden := range []string{secret, id, strings.TrimPrefix(gone, "http://"), "http://"} {
			if strings.Contains(log.String(), hidden) {
				t.Errorf("%s: %q is told in %s", status, hidden, &log)
			}
		}
	}
}

// declared are the names, and the values of those that are texts, of what is
// declared in files of the package at the top.
func declared(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	all := map[string]string{}
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
						all[name.Name] = ""
						if i < len(value.Values) {
							if text, ok := value.Values[i].(*ast.BasicLit); ok && text.Kind == token.STRING {
								all[name.Name], _ = strconv.Unquote(text.Value)
							}
						}
					}
				}
			}
		}
	}
	return all
}

func TestEndpointsAreAllThatAreAsked(t *testing.T) {
	var want []string
	for _, text := range declared(t) {
		if strings.HasPrefix(text, "GET /") {
			want = append(want, text)
		}
	}
	slices.Sort(want)
	got := slices.Sorted(slices.Values(heygen.Endpoints()))
	if len(want) < 6 || !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOutcomesAreOneForEachKind(t *testing.T) {
	kinds := 0
	for name := range declared(t) {
		if strings.HasPrefix(name, "Err") && name != "ErrOverloaded" { // of a call that is not made
			kinds++
		}
	}
	got := heygen.Outcomes()
	if distinct := slices.Compact(slices.Sorted(slices.Values(got))); len(distinct) != len(got) || len(got) != kinds+2 || got[0] != "ok" || !slices.Contains(got, "context canceled") {
		t.Errorf("%d kinds, and the outcomes %q", kinds, got)
	}
}
