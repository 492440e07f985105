package main

import (
	"context"
	"io"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// searchMonica is a request that needs the list of all groups.
var searchMonica = "/graphql?query=" + url.QueryEscape(`{avatarGroups(search: "monica") {totalCount nodes {name}}}`)

// allTotals is a request that needs every list that a warm server reads.
var allTotals = "/graphql?query=" + url.QueryEscape(`{
	groups: avatarGroups {totalCount} public: avatarGroups(ownership: PUBLIC) {totalCount} private: avatarGroups(ownership: PRIVATE) {totalCount}
	voices {totalCount} privateVoices: voices(type: PRIVATE) {totalCount}
}`)

// logLines passes on each line of a log.
type logLines chan string

// Write implements [io.Writer]. The log writes one line at a time.
func (l logLines) Write(line []byte) (int, error) {
	l <- string(line)
	return len(line), nil
}

func TestWarmServerSearchesWithoutCalls(t *testing.T) {
	heyGen := sandbox.New(sandbox.Options{Keys: []string{"sk_V2_right"}})
	upstream := httptest.NewServer(heyGen)
	defer upstream.Close()
	ctx, stop := context.WithCancel(t.Context())
	lines := make(logLines, 100)
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, nil, env("HEYGEN_BASE_URL", upstream.URL, "HEYGEN_API_KEY", "sk_V2_right", "LISTEN_ADDR", "127.0.0.1:0",
			"CATALOGUE_WARM", "true", "CACHE_FRESH", "1h", "CACHE_PENDING_TTL", "1h"), io.Discard, lines)
	}()
	listening, read := regexp.MustCompile(`graphql=(http://[^ ]+)/graphql`), regexp.MustCompile(`msg="catalogue read" list=(\w+)`)
	serverURL, lists := "", []string{}
	for serverURL == "" || len(lists) < 5 {
		var line string
		select {
		case line = <-lines:
		case code := <-exit:
			t.Fatalf("exit code %d", code)
		}
		if m := listening.FindStringSubmatch(line); m != nil {
			serverURL = m[1]
		}
		if m := read.FindStringSubmatch(line); m != nil {
			lists = append(lists, m[1])
		}
	}
	if want := []string{"groups", "public_groups", "private_groups", "public_voices", "private_voices"}; !slices.Equal(lists, want) {
		t.Errorf("read %v, want %v", lists, want)
	}
	heyGen.ResetCalls()
	if _, body := send(t, "GET", serverURL+searchMonica, ""); !strings.Contains(body, `"Monica"`) {
		t.Error(body)
	}
	_, body := send(t, "GET", serverURL+allTotals, "")
	if calls := heyGen.Calls(); len(calls) > 0 || strings.Contains(body, "errors") || strings.Contains(body, ":0") {
		t.Error(calls, body)
	}
	_, metrics := send(t, "GET", serverURL+"/metrics", "")
	for _, list := range lists {
		if !strings.Contains(metrics, `heygen_graphql_catalogue_walks_total{list="`+list+`",outcome="ok"} 1`) ||
			!strings.Contains(metrics, `heygen_graphql_catalogue_items{list="`+list+`"} `) || !strings.Contains(metrics, `heygen_graphql_catalogue_age_seconds{list="`+list+`"} `) {
			t.Errorf("%s is not warm: %s", list, metrics)
		}
	}
	stop()
	if code := <-exit; code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestServerReadsListsOnlyWhenSearched(t *testing.T) {
	p, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "CATALOGUE_MAX_ITEMS", "99")
	if calls := heyGen.Calls(); len(calls) > 0 {
		t.Error(calls)
	}
	if _, body := send(t, "GET", p.url+searchMonica, ""); !strings.Contains(body, `"CATALOGUE_TOO_LARGE"`) {
		t.Error(body)
	}
	if calls := heyGen.Calls(); len(calls) != 2 {
		t.Error(calls)
	}
}
