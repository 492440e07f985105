package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

// readFile returns the content of a documentation page.
func readFile(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// documentedQuery matches a query of a page, the number of calls to HeyGen before it and
// the response after it.
var documentedQuery = regexp.MustCompile("(?s)(\\d+) calls?\\s+to\\s+HeyGen[^`]*(?:`[a-z]+`[^`]*)*```graphql\n([^`]*)```\n\n```json\n([^`]*(?:`[^`]+`[^`]*)*)```")

// One server executes the queries of a page in order. -update writes the responses into
// the page.
func TestDocumentedQueriesReturnDocumentedResponses(t *testing.T) {
	for name, minQueries := range map[string]int{"README.md": 1, "docs/queries.md": 3} {
		t.Run(name, func(t *testing.T) {
			// The same options as the embedded sandbox, but calls can be counted.
			heyGen := sandbox.New(sandbox.Options{PublicURL: "http://127.0.0.1:8080/sandbox", TrainingDuration: 2 * time.Minute})
			upstream := httptest.NewServer(heyGen)
			defer upstream.Close()
			p := startServer(t, "HEYGEN_BASE_URL", upstream.URL, "HEYGEN_API_KEY", "any", "CACHE_PENDING_TTL", "1m") // the first page has a training, and the test may be slow
			content := readFile(t, name)
			blocks := documentedQuery.FindAllStringSubmatch(content, -1)
			if len(blocks) != strings.Count(content, "```graphql") || len(blocks) < minQueries {
				t.Fatalf("%d queries with calls and responses", len(blocks))
			}
			for _, block := range blocks {
				heyGen.ResetCalls()
				query, want := block[2], block[3]
				got := queryIndented(t, p.url, query)
				if calls := strconv.Itoa(len(heyGen.Calls())); calls != block[1] {
					t.Errorf("%s calls, the page says %s\n%s", calls, block[1], query)
				}
				if *updateFiles {
					content = strings.Replace(content, query+"```\n\n```json\n"+want+"```", query+"```\n\n```json\n"+got+"```", 1)
					continue
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s\n%s", query, diff)
				}
			}
			if *updateFiles {
				if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// queryIndented executes a query and returns the response, indented.
func queryIndented(t *testing.T, url, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	_, response := send(t, "POST", url+"/graphql", string(body), "Content-Type", "application/json")
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, []byte(response), "", "  "); err != nil {
		t.Fatal(err)
	}
	return pretty.String() + "\n"
}

// Links lead to existing files and headings.
func TestDocumentationLinksResolve(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "examples/*.md", "examples/*/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	if len(pages) < 7 {
		t.Fatal(pages)
	}
	for _, name := range pages {
		for _, link := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(readFile(t, name), -1) {
			if strings.HasPrefix(link[1], "http") && strings.Contains(link[1], "://") {
				continue
			}
			file, heading, _ := strings.Cut(link[1], "#")
			target := filepath.Join(filepath.Dir(name), file)
			if file == "" {
				target = name
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: the link %s is broken", name, link[1])
			} else if heading != "" && !headings(readFile(t, target))[heading] {
				t.Errorf("%s: %s has no heading %s", name, target, heading)
			}
		}
	}
}

// headings returns the anchors of the headings of a page.
func headings(page string) map[string]bool {
	anchors := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`[^\p{L}\p{N} -]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		anchors[strings.ReplaceAll(name, " ", "-")] = true
	}
	return anchors
}

func TestDocumentedMetricsExist(t *testing.T) {
	metrics := exportedMetrics(t)
	_, table, _ := strings.Cut(readFile(t, "docs/running.md"), "| meaning |\n| --- | --- |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	named := 0
	for row := range strings.Lines(table) {
		first, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " |")
		for _, name := range regexp.MustCompile("`([a-z_]+_[a-z_]+)`").FindAllStringSubmatch(first, -1) {
			named++
			if !strings.Contains(metrics, "# HELP heygen_graphql_"+name[1]+" ") {
				t.Errorf("heygen_graphql_%s does not exist", name[1])
			}
		}
	}
	if named < 9 {
		t.Errorf("only %d names found", named)
	}
}

func TestRedisKeysAreDocumentedAsInTheCode(t *testing.T) {
	expiries := func(pattern, page string) map[string]string {
		found := map[string]string{}
		for _, key := range regexp.MustCompile(pattern).FindAllStringSubmatch(page, -1) {
			found[key[1]] = key[2]
		}
		return found
	}
	code := expiries(`(?m)^//\theygen-graphql:(\S+)  .*  +(.+)$`, readFile(t, "internal/redisstore/doc.go"))
	_, section, _ := strings.Cut(readFile(t, "docs/running.md"), "| key, prefixed with `heygen-graphql:` |")
	section, _, _ = strings.Cut(section, "\n\n")
	page := expiries("(?m)^\\| `(\\S+)` \\| .* \\| (.+) \\|$", section)
	if len(code) < 8 || !maps.Equal(code, page) {
		t.Errorf("the code has %q, docs/running.md has %q", code, page)
	}
}

// The suffix of a path is enough: pages name files of the directory that they describe.
func TestFilesNamedInDesignExist(t *testing.T) {
	out, err := exec.Command("git", "ls-files").Output()
	if err != nil {
		return // not a git checkout
	}
	named := 0
	for _, name := range regexp.MustCompile("`([a-z_/]+\\.go)`").FindAllStringSubmatch(readFile(t, "docs/design.md")+readFile(t, "CONTRIBUTING.md"), -1) {
		if named++; !strings.Contains("\n"+string(out), "/"+name[1]+"\n") && !strings.Contains("\n"+string(out), "\n"+name[1]+"\n") {
			t.Errorf("%s does not exist", name[1])
		}
	}
	if named < 15 {
		t.Errorf("only %d names found", named)
	}
}
