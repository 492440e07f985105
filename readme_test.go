package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"io/fs"
	"net/http"
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

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTheReadmesQueriesAreAnsweredAsItSays runs each query of the README and
// compares with the answer behind it, and the calls to HeyGen with the number in
// front of it. -update writes the answers.
func TestTheReadmesQueriesAreAnsweredAsItSays(t *testing.T) {
	// As the embedded one is, but with calls that can be counted.
	box := sandbox.New(sandbox.Options{PublicURL: "http://127.0.0.1:8080/sandbox", Training: 2 * time.Minute})
	upstream := httptest.NewServer(box)
	defer upstream.Close()
	p := started(t, "HEYGEN_BASE_URL", upstream.URL, "HEYGEN_API_KEY", "any", "CACHE_TRAINING", "1m") // there is a training on the first page, and the test may be slow
	text := readme(t)
	blocks := regexp.MustCompile("(?s)(\\d+) calls? to HeyGen[^`]*(?:`[a-z]+`[^`]*)*```graphql\n([^`]*)```\n\n```json\n([^`]*(?:`[^`]+`[^`]*)*)```").FindAllStringSubmatch(text, -1)
	if len(blocks) != strings.Count(text, "```graphql") || len(blocks) < 4 {
		t.Fatalf("%d queries with calls and answers", len(blocks))
	}
	for _, block := range blocks {
		box.ResetCalls()
		query, want := block[2], block[3]
		body, _ := json.Marshal(map[string]string{"query": query})
		res, err := http.Post(p.url+"/graphql", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if calls := strconv.Itoa(len(box.Calls())); calls != block[1] {
			t.Errorf("%s calls, and the README says %s\n%s", calls, block[1], query)
		}
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, answer, "", "  "); err != nil {
			t.Fatal(err)
		}
		pretty.WriteByte('\n')
		if *update {
			text = strings.Replace(text, query+"```\n\n```json\n"+want+"```", query+"```\n\n```json\n"+pretty.String()+"```", 1)
			continue
		}
		if diff := cmp.Diff(want, pretty.String()); diff != "" {
			t.Errorf("%s\n%s", query, diff)
		}
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheReadmeListsEverySettingAndItsDefault(t *testing.T) {
	text := readme(t)
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	new(settings).define(flags)
	flags.VisitAll(func(f *flag.Flag) {
		row := regexp.MustCompile("(?m)^\\| `" + variable(f) + "` \\| (.*?) \\|").FindStringSubmatch(text)
		if row == nil {
			t.Errorf("%s is not in the table", variable(f))
		} else if f.DefValue != "" && strings.Trim(row[1], "`") != f.DefValue {
			t.Errorf("the default of %s is %s, not %s", variable(f), f.DefValue, row[1])
		}
	})
}

func TestTheReadmesMapIsTrue(t *testing.T) {
	text := readme(t)
	for _, link := range regexp.MustCompile(`\]\(([^)h][^)]*)\)`).FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(link[1]); err != nil {
			t.Errorf("the link %s leads nowhere", link[1])
		}
	}
	for of := range mayImport {
		if of != "." && !strings.Contains(of, "sandbox/internal") && !strings.HasPrefix(of, "bench/") && !strings.Contains(text, "]("+of+")") {
			t.Errorf("%s is not on the map", of)
		}
	}
	out, err := exec.Command("git", "ls-files").Output()
	if err != nil {
		return // a copy without its history has nothing to compare with
	}
	for file := range strings.FieldsSeq(string(out)) {
		if top, _, nested := strings.Cut(file, "/"); nested && !strings.HasPrefix(top, ".") && !strings.Contains(text, "("+top+")") && top != "internal" {
			t.Errorf("%s has no place on the map", top)
		}
	}
}

func TestTheReadmeListsEveryCode(t *testing.T) {
	source, err := os.ReadFile("graph/codes.go")
	if err != nil {
		t.Fatal(err)
	}
	text := readme(t)
	codes := regexp.MustCompile(`Code = "([A-Z_]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(codes) < 10 {
		t.Fatalf("only %d codes found", len(codes))
	}
	for _, code := range codes {
		if !strings.Contains(text, "`"+code[1]+"`") {
			t.Errorf("%s is not in the list", code[1])
		}
	}
}

func TestTheTestsThatSecurityNamesExist(t *testing.T) {
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			source, err := os.ReadFile(path)
			sources.Write(source)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)\\w+)`").FindAllStringSubmatch(string(text), -1)
	if len(named) < 30 {
		t.Errorf("only %d tests are named", len(named))
	}
	for _, name := range named {
		if !strings.Contains(sources.String(), "func "+name[1]+"(") {
			t.Errorf("there is no %s", name[1])
		}
	}
	for _, path := range regexp.MustCompile("`([a-z][a-z/]*(?:/\\w+_test\\.go)?)`").FindAllStringSubmatch(string(text), -1) {
		if _, err := os.Stat(path[1]); err != nil && strings.Contains(path[1], "/") {
			t.Errorf("there is no %s", path[1])
		}
	}
}
