package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen/sandbox"
)

func TestIfNoneMatchOfSameBytesReturns304(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	first := f.request(t, "GET", pageQuery)
	etag := first.Header().Get("ETag")
	if !strings.HasPrefix(etag, `W/"`) || len(etag) != len(`W/""`)+32 {
		t.Fatalf("ETag: %s", etag)
	}
	opaque := strings.TrimPrefix(etag, "W/")
	for _, c := range []struct {
		method, query string
		headers       []string
		want          int
	}{
		{"GET", pageQuery, []string{"If-None-Match", etag}, 304},
		{"HEAD", pageQuery, []string{"If-None-Match", etag}, 304},
		{"GET", pageQuery, []string{"If-None-Match", opaque}, 304}, // weak comparison
		{"GET", pageQuery, []string{"If-None-Match", `"a,b" , W/"c",` + etag}, 304},
		{"GET", pageQuery, []string{"If-None-Match", `"a"`, "If-None-Match", etag}, 304},
		{"GET", pageQuery, []string{"If-None-Match", "*"}, 304},
		{"GET", pageQuery, []string{"If-None-Match", etag, "Accept-Encoding", "gzip"}, 304},
		{"GET", pageQuery, []string{"If-None-Match", etag, "Accept-Encoding", "gzip"}, 304}, // compressed
		{"GET", pageQuery, []string{"If-None-Match", etag, "Accept", "application/graphql-response+json"}, 304},
		{"GET", pageQuery, []string{"If-None-Match", etag, "If-Modified-Since", "Sun, 29 Nov 2026 00:00:00 GMT"}, 304},
		{"GET", strings.ReplaceAll(pageQuery, "{", "{ "), []string{"If-None-Match", etag}, 304}, // another document, the same bytes
		{"GET", pageQuery, []string{"If-None-Match", `"a"`}, 200},
		{"GET", pageQuery, []string{"If-None-Match", ""}, 200},
		{"GET", pageQuery, []string{"If-None-Match", strings.Trim(opaque, `"`)}, 200},
		{"GET", pageQuery, []string{"If-None-Match", `"a` + etag}, 200},
		{"GET", pageQuery, []string{"If-None-Match", `x, ` + etag}, 200},
		{"GET", pageQuery, []string{"If-None-Match", `"a*"`}, 200},
		{"GET", pageQuery, []string{"If-None-Match", etag, "X-GraphQL-Extensions", "cost"}, 200},
		{"GET", `{avatarGroup(id:"a/b"){name}}`, []string{"If-None-Match", "*"}, 200}, // an error
		{"GET", `{nothing}`, []string{"If-None-Match", "*", "Accept", "application/graphql-response+json"}, 400},
		{"POST", pageQuery, []string{"If-None-Match", etag}, 200},
		{"POST", pageQuery, []string{"If-None-Match", "*"}, 200},
	} {
		w := f.request(t, c.method, c.query, c.headers...)
		if w.Code != c.want {
			t.Errorf("%s %.40s %q: %d, want %d", c.method, c.query, c.headers, w.Code, c.want)
		}
		if c.want != 304 {
			continue
		}
		for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding"} {
			if value := w.Header().Get(name); value != "" {
				t.Errorf("%q: a 304 has %s: %s", c.headers, name, value)
			}
		}
		for _, name := range []string{"Etag", "Cache-Control", "Vary", "Age"} { // RFC 9110, section 15.4.5
			if got, want := fmt.Sprint(w.Header()[name]), fmt.Sprint(first.Header()[name]); got != want {
				t.Errorf("%q: %s: %s, want %s", c.headers, name, got, want)
			}
		}
		if w.Body.Len() > 0 {
			t.Errorf("%q: a 304 of %d bytes", c.headers, w.Body.Len())
		}
	}
}

func TestOnlyCompleteResponsesToSafeMethodsHaveETag(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	tags := map[string]bool{}
	for _, query := range []string{pageQuery, `{avatarGroups(first:1){nodes{name}}}`, `{__typename}`, `{__schema{queryType{name}}}`} {
		for range 2 { // executed, then cached
			get, head, post := f.request(t, "GET", query), f.request(t, "HEAD", query), f.request(t, "POST", query)
			if etag := get.Header().Get("ETag"); etag == "" || head.Header().Get("ETag") != etag || post.Header().Get("ETag") != "" {
				t.Errorf("%s: %s, HEAD %s, POST %s", query, etag, head.Header().Get("ETag"), post.Header().Get("ETag"))
			}
			tags[get.Header().Get("ETag")] = true
		}
	}
	if len(tags) != 4 {
		t.Errorf("four bodies have %d entity tags", len(tags))
	}
	for _, c := range [][]string{{`{avatarGroup(id:"a/b"){name}}`}, {`{nothing}`}, {pageQuery, "X-GraphQL-Extensions", "cost"}, {pageQuery, "X-GraphQL-Extensions", "upstream"}, {pageQuery, "Accept", "text/html"}} {
		if w := f.request(t, "GET", c[0], c[1:]...); w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%q: %v", c, w.Header())
		}
	}
}

// Clients revalidate when the response is no longer fresh for them, which is when it is
// stale here, too.
func TestStaleResponseIsRevalidatedByETag(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newEncodedFixture(t, sandbox.Options{})
		const query = `{avatarGroup(id:"group_monica"){name}}`
		etag := f.request(t, "GET", query).Header().Get("ETag")
		<-time.After(time.Minute)
		w := f.request(t, "GET", query, "If-None-Match", etag)
		if w.Code != 304 || w.Header().Get("Cache-Control") != "private, no-cache" || w.Header().Get("Age") != "60" {
			t.Errorf("stale: %d %v", w.Code, w.Header())
		}
		synctest.Wait()
		w = f.request(t, "GET", query, "If-None-Match", etag)
		if w.Code != 304 || w.Header().Get("Cache-Control") != "private, max-age=60" || w.Header().Get("Age") != "0" {
			t.Errorf("refreshed: %d %v", w.Code, w.Header())
		}
		g := f.Groups()[0]
		f.RemoveGroups(g.ID)
		g.Name = "Another name"
		f.AddGroups(g)
		<-time.After(time.Minute)
		f.request(t, "GET", query)
		synctest.Wait()
		if w := f.request(t, "GET", query, "If-None-Match", etag); w.Code != 200 || !strings.Contains(w.Body.String(), "Another name") {
			t.Errorf("changed: %d", w.Code)
		}
		f.Close()
	})
}

func TestETagOfCredentialedResponseIsPrivate(t *testing.T) {
	a := newTenants(t)
	r := newRequest(t, "GET", "/graphql?query={avatarGroups(first:1){nodes{name}}}", "", "X-Api-Key", adaKey)
	out := a.send(t, r)
	if out.Header.Get("ETag") == "" || !strings.HasPrefix(out.Header.Get("Cache-Control"), "private") || !strings.Contains(out.Header.Get("Vary"), "X-Api-Key") {
		t.Errorf("%d %v", out.Status, out.Header)
	}
	anonymous := newRequest(t, "GET", "/graphql?query={avatarGroups(first:1){nodes{name}}}", "", "If-None-Match", out.Header.Get("ETag"))
	if out := a.send(t, anonymous); out.Status != 200 || out.codes() != "UNAUTHENTICATED" {
		t.Errorf("without a credential: %d %s", out.Status, out.Body)
	}
}

func TestHEADIsGETWithoutBody(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	protected := graph.NewHandler(graph.Options{HeyGen: f.counter, Identify: admitBearer("x")})
	for _, c := range [][]string{
		{pageQuery},
		{pageQuery, "Accept-Encoding", "gzip"},
		{pageQuery, "Accept", "application/graphql-response+json"},
		{pageQuery, "Accept", "text/html"},
		{pageQuery, "X-GraphQL-Extensions", "cost"},
		{`{__typename}`},
		{`{nothing}`, "Accept", "application/graphql-response+json"},
		{`{avatarGroup(id:"a/b"){name}}`},
		{``},
	} {
		for name, h := range map[string]http.Handler{"open": f.api.Handler, "protected": protected} {
			f.api.Handler = h
			for range 3 { // executed, cached, compressed
				head, get := f.request(t, "HEAD", c[0], c[1:]...), f.request(t, "GET", c[0], c[1:]...)
				again := f.request(t, "HEAD", c[0], c[1:]...)
				if get.Header().Get("Content-Encoding") == head.Header().Get("Content-Encoding") {
					again = head
				}
				if again.Code != get.Code || fmt.Sprint(again.Header()) != fmt.Sprint(get.Header()) || head.Body.Len()+again.Body.Len() > 0 {
					t.Errorf("%s, %q: %d %v; GET: %d %v", name, c, again.Code, again.Header(), get.Code, get.Header())
				}
			}
		}
	}
}

func TestHEADIsLoggedLikeGET(t *testing.T) {
	f := newEncodedFixture(t, sandbox.Options{})
	var records []graph.OperationRecord
	f.Handler = graph.NewHandler(graph.Options{HeyGen: f.counter, OnResponse: func(r graph.OperationRecord) { records = append(records, r) }})
	etag := f.request(t, "HEAD", `query Page `+pageQuery).Header().Get("ETag")
	f.request(t, "GET", `query Page `+pageQuery, "If-None-Match", etag)
	f.request(t, "HEAD", `query Page `+pageQuery, "If-None-Match", etag)
	var got []string
	for _, r := range records {
		got = append(got, fmt.Sprint(r.Operation, " ", r.Status, " ", r.Code, len(r.CacheLookups)))
	}
	if want := "Page 200 1,Page 304 1,Page 304 1"; strings.Join(got, ",") != want {
		t.Errorf("%q, want %s", got, want)
	}
}
