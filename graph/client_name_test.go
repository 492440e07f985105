package graph_test

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

func decode(t testing.TB, body string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), v); err != nil {
		t.Fatal(err)
	}
}

func TestClientNamesAreLoggedIfTheyAreSafe(t *testing.T) {
	log := &logBuffer{}
	var records []graph.OperationRecord
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) {
		g.Logger = slog.New(slog.NewTextHandler(log, nil))
		g.OnResponse = func(r graph.OperationRecord) { records = append(records, r) }
	})
	for _, test := range []struct {
		headers       []string
		name, version string
	}{
		{nil, "", ""},
		{[]string{"GraphQL-Client-Name", "web", "GraphQL-Client-Version", "1.2.3"}, "web", "1.2.3"},
		{[]string{"ApolloGraphQL-Client-Name", "com.example.app-apollo-ios", "ApolloGraphQL-Client-Version", "2"}, "com.example.app-apollo-ios", "2"},
		{[]string{"GraphQL-Client-Name", "web", "ApolloGraphQL-Client-Name", "ios", "ApolloGraphQL-Client-Version", "2"}, "web", "2"},
		{[]string{"GraphQL-Client-Name", strings.Repeat("w", 64)}, strings.Repeat("w", 64), ""},
		{[]string{"GraphQL-Client-Name", strings.Repeat("w", 65)}, "", ""},
		{[]string{"GraphQL-Client-Name", "two words"}, "", ""},
		{[]string{"GraphQL-Client-Name", "line\nbreak"}, "", ""},
		{[]string{"GraphQL-Client-Name", "wéb"}, "", ""},
		{[]string{"GraphQL-Client-Name", "\x7f"}, "", ""},
		{[]string{"GraphQL-Client-Name", "web", "GraphQL-Client-Name", "ios"}, "", ""},
	} {
		log.reset()
		a.send(t, newRequest(t, "GET", "/graphql?query={__typename}", "", test.headers...))
		r := records[len(records)-1]
		line := log.String()
		if r.Client != test.name || r.ClientVersion != test.version {
			t.Errorf("%q: %q %q", test.headers, r.Client, r.ClientVersion)
		}
		if strings.Contains(line, " client="+test.name+" ") != (test.name != "") || strings.Contains(line, " client_version="+test.version+" ") != (test.version != "") || strings.Contains(line, "line") {
			t.Errorf("%q: logged %s", test.headers, line)
		}
	}
}

func TestUntrustedDocumentsAreLoggedOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &logBuffer{}
		untrusted := 0
		a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) {
			g.Logger = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))
			g.ObserveUntrusted = true
			g.OnResponse = func(r graph.OperationRecord) {
				if r.Untrusted {
					untrusted++
				}
			}
		})
		const trusted = `query Known { __typename }`
		if err := a.Handler.(*graph.Handler).SetTrustedDocuments([]graph.TrustedDocument{{ID: "known", Source: trusted}}); err != nil {
			t.Fatal(err)
		}
		a.mustDo(t, trusted, nil)
		a.postBody(t, vars{"documentId": "known"})
		for _, rejected := range []string{`{ nothing }`, `query ($v: Int!) { __typename voices(first: $v) { nodes { id } } }`} {
			a.do(t, rejected, nil)
		}
		if untrusted != 0 || log.String() != "" {
			t.Errorf("%d, %s", untrusted, log)
		}
		const source = `query Unknown { __typename }`
		for range 3 {
			if out := a.send(t, newRequest(t, "POST", "/graphql", `{"query":"`+source+`"}`, "Content-Type", "application/json", "GraphQL-Client-Name", "web")); out.Body != typenameBody {
				t.Error(out.Body)
			}
		}
		if line := log.String(); untrusted != 3 || strings.Count(line, "\n") != 1 || !strings.Contains(line, `msg="untrusted document executed" name=Unknown client=web document=`+sha256Hex(source)[:16]+" suppressed=0") {
			t.Errorf("%d, %s", untrusted, line)
		}
	})
}
