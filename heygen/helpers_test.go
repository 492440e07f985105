package heygen_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen"
)

const secret = "sk_V2_do_not_print_me"

// upstream is a fake HeyGen whose function returns the response.
type upstream func(*http.Request) (*http.Response, error)

func (u upstream) RoundTrip(r *http.Request) (*http.Response, error) { return u(r) }

// newResponse returns a response with this status and body. headers are pairs of names and
// values.
func newResponse(status int, body string, headers ...string) *http.Response {
	res := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
	for i := 0; i < len(headers); i += 2 {
		res.Header.Set(headers[i], headers[i+1])
	}
	return res
}

// always returns the same response to every request.
func always(status int, body string, headers ...string) upstream {
	return func(*http.Request) (*http.Response, error) { return newResponse(status, body, headers...), nil }
}

func newClient(t testing.TB, transport http.RoundTripper, change ...func(*heygen.Options)) *heygen.Client {
	t.Helper()
	log := &logBuffer{}
	t.Cleanup(func() {
		if strings.Contains(log.String(), secret) {
			t.Error("the log holds the key")
		}
	})
	o := heygen.Options{Key: heygen.NewKey(secret), Transport: transport, Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, f := range change {
		f(&o)
	}
	client, err := heygen.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// logBuffer is a log. Calls that outlive their caller may write to it while it is read.
type logBuffer struct {
	mu     sync.Mutex
	buffer strings.Builder
}

func (j *logBuffer) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buffer.Write(p)
}

func (j *logBuffer) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buffer.String()
}

func readTestdata(t testing.TB, name string) string {
	t.Helper()
	body, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// scriptedUpstream is a fake HeyGen with a step for each request, the last of which
// it repeats. It records when each request arrived.
type scriptedUpstream struct {
	mu       sync.Mutex
	start    time.Time
	script   []upstream
	arrivals []time.Duration // since the start
}

func script(steps ...upstream) *scriptedUpstream {
	return &scriptedUpstream{start: time.Now(), script: steps}
}

func (s *scriptedUpstream) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	step := s.script[min(len(s.arrivals), len(s.script)-1)]
	s.arrivals = append(s.arrivals, time.Since(s.start))
	s.mu.Unlock()
	return step(r)
}

// then replaces the steps for further requests.
func (s *scriptedUpstream) then(steps ...upstream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(s.script[:0:0], make([]upstream, len(s.arrivals))...)
	s.script = append(s.script, steps...)
}

func (s *scriptedUpstream) calls() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]time.Duration(nil), s.arrivals...)
}

// failing returns the same error to every request.
func failing(err error) upstream {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// delayed responds after a delay.
func delayed(wait time.Duration, then upstream) upstream {
	return func(r *http.Request) (*http.Response, error) {
		select {
		case <-time.After(wait):
			return then(r)
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
}

var groupFound = always(200, `{"data":`+groupJSON("")+`}`)

func withRetries(n int) func(*heygen.Options) { return func(o *heygen.Options) { o.Retries = n } }

func readGroup(t *testing.T, client *heygen.Client) error {
	t.Helper()
	_, err := client.AvatarGroup(t.Context(), "g")
	return err
}

// callWith makes the call of an id or of the parameters of a list.
func callWith(t *testing.T, client *heygen.Client, params any) (err error) {
	t.Helper()
	switch params := params.(type) {
	case heygen.GroupID:
		_, err = client.AvatarGroup(t.Context(), params)
	case heygen.LookID:
		_, err = client.AvatarLook(t.Context(), params)
	case heygen.VoiceID:
		_, err = client.Voice(t.Context(), params)
	case heygen.AvatarGroupsParams:
		_, err = client.ListAvatarGroups(t.Context(), params)
	case heygen.AvatarLooksParams:
		_, err = client.ListAvatarLooks(t.Context(), params)
	case heygen.VoicesParams:
		_, err = client.ListVoices(t.Context(), params)
	default:
		t.Fatalf("no call has a %T", params)
	}
	return err
}

// listParams returns the parameters of every list, from a token on, by the path and the
// query of its requests without the token.
func listParams(token string) map[string]any {
	return map[string]any{
		"/v3/avatars?limit=7&ownership=private":                                           heygen.AvatarGroupsParams{Ownership: heygen.Private, Limit: 7, Token: token},
		"/v3/avatars/looks?avatar_type=photo_avatar&group_id=g&limit=7&ownership=private": heygen.AvatarLooksParams{GroupID: "g", AvatarType: heygen.PhotoAvatar, Ownership: heygen.Private, Limit: 7, Token: token},
		"/v3/voices?engine=starfish&gender=female&language=English&limit=7&type=private":  heygen.VoicesParams{Type: heygen.PrivateVoice, Engine: "starfish", Language: "English", Gender: "female", Limit: 7, Token: token},
	}
}

// itemJSON returns an item with the fields that HeyGen always sends of groups, looks and
// voices, and these.
func itemJSON(id, fields string) string {
	return fmt.Sprintf(`{"id":%q,"name":"G","looks_count":1,"created_at":1,"avatar_type":"photo_avatar","voice_id":%[1]q,"support_pause":true%s}`, id, fields)
}

// pageJSON returns a page of one item, of any list.
func pageJSON(id, rest string) string { return `{"data":[` + itemJSON(id, "") + `]` + rest + `}` }

// idsOf returns the sequence of the ids of a list.
func idsOf(t *testing.T, client *heygen.Client, params any) iter.Seq2[string, error] {
	t.Helper()
	switch p := params.(type) {
	case heygen.AvatarGroupsParams:
		return mapIDs(client.AllAvatarGroups(t.Context(), p), func(g heygen.AvatarGroup) string { return string(g.ID) })
	case heygen.AvatarLooksParams:
		return mapIDs(client.AllAvatarLooks(t.Context(), p), func(l heygen.AvatarLook) string { return string(l.ID) })
	case heygen.VoicesParams:
		return mapIDs(client.AllVoices(t.Context(), p), func(v heygen.Voice) string { return string(v.ID) })
	}
	t.Fatalf("no list has a %T", params)
	return nil
}

func mapIDs[T any](items iter.Seq2[T, error], id func(T) string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for item, err := range items {
			if !yield(id(item), err) {
				return
			}
		}
	}
}

func collectIDs(t *testing.T, client *heygen.Client, params any) (ids []string, failed error) {
	t.Helper()
	return collect(idsOf(t, client, params))
}

func collect(items iter.Seq2[string, error]) (ids []string, failed error) {
	for id, err := range items {
		switch {
		case failed != nil:
			return ids, fmt.Errorf("more items after the error: %v", failed)
		case err != nil && id != "":
			return ids, fmt.Errorf("%q comes with the error: %v", id, err)
		case err != nil:
			failed = err
		default:
			ids = append(ids, id)
		}
	}
	return ids, failed
}

// expectSkipped checks that a list skips and logs an invalid item, and that a page of
// nothing else is an error.
func expectSkipped(t *testing.T, endpoint string, params any, items map[string]string) {
	t.Helper()
	for name, invalid := range items {
		var log bytes.Buffer
		withLog := func(o *heygen.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) }
		client := newClient(t, always(200, `{"data":[`+itemJSON("a", "")+`,`+invalid+`,`+itemJSON("b", "")+`]}`), withLog)
		if ids, err := collectIDs(t, client, params); err != nil || !slices.Equal(ids, []string{"a", "b"}) {
			t.Errorf("%s: %v, %v", name, ids, err)
		}
		if output := log.String(); strings.Count(output, "\n") != 1 || !strings.Contains(output, "index=1 suppressed=0\n") || !strings.Contains(output, `endpoint="`+endpoint+`"`) {
			t.Errorf("%s: log: %s", name, output)
		}
		err := callWith(t, newClient(t, always(200, `{"data":[`+invalid+`]}`)), params)
		if !errors.Is(err, heygen.ErrInvalidResponse) {
			t.Errorf("%s: a page of nothing else: %v", name, err)
		}
	}
}
