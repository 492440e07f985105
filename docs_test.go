package main

import (
	"bytes"
	"encoding/json"
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

// page is what stands in a file that people read.
func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// asked is a query of a page, with the calls to HeyGen that stand in front of it,
// and the answer behind it.
var asked = regexp.MustCompile("(?s)(\\d+) calls? to HeyGen[^`]*(?:`[a-z]+`[^`]*)*```graphql\n([^`]*)```\n\n```json\n([^`]*(?:`[^`]+`[^`]*)*)```")

// The queries of a page are asked in their order, of one server. -update writes
// the answers.
func TestQueriesAreAnsweredAsThePageSays(t *testing.T) {
	for name, least := range map[string]int{"README.md": 1, "docs/queries.md": 3} {
		t.Run(name, func(t *testing.T) {
			// As the embedded one is, but with calls that can be counted.
			box := sandbox.New(sandbox.Options{PublicURL: "http://127.0.0.1:8080/sandbox", TrainingDuration: 2 * time.Minute})
			upstream := httptest.NewServer(box)
			defer upstream.Close()
			p := started(t, "HEYGEN_BASE_URL", upstream.URL, "HEYGEN_API_KEY", "any", "CACHE_PENDING_TTL", "1m") // there is a training on the first page, and the test may be slow
			text := page(t, name)
			blocks := asked.FindAllStringSubmatch(text, -1)
			if len(blocks) != strings.Count(text, "```graphql") || len(blocks) < least {
				t.Fatalf("%d queries with calls and answers", len(blocks))
			}
			for _, block := range blocks {
				box.ResetCalls()
				query, want := block[2], block[3]
				got := answer(t, p.url, query)
				if calls := strconv.Itoa(len(box.Calls())); calls != block[1] {
					t.Errorf("%s calls, and the page says %s\n%s", calls, block[1], query)
				}
				if *update {
					text = strings.Replace(text, query+"```\n\n```json\n"+want+"```", query+"```\n\n```json\n"+got+"```", 1)
					continue
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s\n%s", query, diff)
				}
			}
			if *update {
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// answer asks a query, and lays the answer out for people.
func answer(t *testing.T, url, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	_, text := send(t, "POST", url+"/graphql", string(body), "Content-Type", "application/json")
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, []byte(text), "", "  "); err != nil {
		t.Fatal(err)
	}
	return pretty.String() + "\n"
}

// Links lead to files that are there, and, in pages, to headings that are there.
func TestLinksOfPagesLeadSomewhere(t *testing.T) {
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
		for _, link := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(page(t, name), -1) {
			if strings.HasPrefix(link[1], "http") && strings.Contains(link[1], "://") {
				continue
			}
			file, heading, _ := strings.Cut(link[1], "#")
			target := filepath.Join(filepath.Dir(name), file)
			if file == "" {
				target = name
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: the link %s leads nowhere", name, link[1])
			} else if heading != "" && !headings(page(t, target))[heading] {
				t.Errorf("%s: %s has no heading %s", name, target, heading)
			}
		}
	}
}

// headings are those of a page, as links name them.
func headings(text string) map[string]bool {
	names := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(text, -1) {
		name := regexp.MustCompile(`[^\p{L}\p{N} -]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		names[strings.ReplaceAll(name, " ", "-")] = true
	}
	return names
}

func TestTheMetricsThatThePageNamesAreThere(t *testing.T) {
	p := started(t)
	_, metrics := send(t, "GET", p.url+"/metrics", "")
	_, table, _ := strings.Cut(page(t, "docs/running.md"), "in front) | what it is good for |\n| --- | --- |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	named := 0
	for row := range strings.Lines(table) {
		first, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " |")
		for _, name := range regexp.MustCompile("`([a-z_]+_[a-z_]+)`").FindAllStringSubmatch(first, -1) {
			named++
			if !strings.Contains(metrics, "# HELP heygen_graphql_"+name[1]+" ") {
				t.Errorf("there is no heygen_graphql_%s", name[1])
			}
		}
	}
	if named < 9 {
		t.Errorf("only %d are named", named)
	}
}

// A file with a name that stands in a page's text is in the folder that the page
// speaks of.
func TestTheFilesThatTheDesignNamesAreThere(t *testing.T) {
	out, err := exec.Command("git", "ls-files").Output()
	if err != nil {
		return // a copy without its history has nothing to compare with
	}
	named := 0
	for _, name := range regexp.MustCompile("`([a-z_/]+\\.go)`").FindAllStringSubmatch(page(t, "docs/design.md")+page(t, "CONTRIBUTING.md"), -1) {
		if named++; !strings.Contains("\n"+string(out), "/"+name[1]+"\n") && !strings.Contains("\n"+string(out), "\n"+name[1]+"\n") {
			t.Errorf("there is no %s", name[1])
		}
	}
	if named < 15 {
		t.Errorf("only %d are named", named)
	}
}
