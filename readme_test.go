package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
// compares with the answer behind it. -update writes the answers.
func TestTheReadmesQueriesAreAnsweredAsItSays(t *testing.T) {
	p := started(t)
	text := readme(t)
	blocks := regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```").FindAllStringSubmatch(text, -1)
	if len(blocks) < 3 {
		t.Fatalf("%d queries with answers", len(blocks))
	}
	for _, block := range blocks {
		body, _ := json.Marshal(map[string]string{"query": block[1]})
		res, err := http.Post(p.url+"/graphql", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, bytes.ReplaceAll(answer, []byte(p.url), []byte("http://127.0.0.1:8080")), "", "  "); err != nil {
			t.Fatal(err)
		}
		pretty.WriteByte('\n')
		if *update {
			text = strings.Replace(text, block[0], "```graphql\n"+block[1]+"```\n\n```json\n"+pretty.String()+"```", 1)
			continue
		}
		if diff := cmp.Diff(block[2], pretty.String()); diff != "" {
			t.Errorf("%s\n%s", block[1], diff)
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
		if of != "." && !strings.Contains(of, "sandbox/internal") && !strings.Contains(text, "]("+of+")") {
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
