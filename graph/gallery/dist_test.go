package gallery_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"heygen-graphql/graph/gallery"
)

func TestPageReferencesOnlyExistingFiles(t *testing.T) {
	paths := servedPaths(t)
	paths["/"], paths["/schema.graphql"] = "GraphiQL", "the schema" // links to other pages of the server
	_, page := send(t, gallery.Options{}, "GET", "/gallery")
	references := regexp.MustCompile(`\s(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1)
	if len(references) < 2 {
		t.Fatalf("%d references: want the picker and a script\n%s", len(references), page)
	}
	for _, r := range references {
		if url, _, _ := strings.Cut(r[1], "#"); url != "" && paths[url] == "" {
			t.Errorf("%s is not served", r[0])
		}
	}
}

// The policy would block inline scripts and styles. Scripts contain URLs that a user may follow; what they fetch unprompted
// shows only in a browser, where web/check tests it. Pages and styles fetch every URL they contain.
func TestPageAndStylesHaveNothingInlineOrOfOtherHosts(t *testing.T) {
	_, page := send(t, gallery.Options{}, "GET", "/gallery")
	if strings.Contains(page, "://") {
		t.Errorf("an absolute URL in\n%s", page)
	}
	for name, inline := range map[string]string{
		"script": `(?i)<script(?:\s[^>]*)?>`, "style": `(?i)<style|\sstyle=`, "event handler": `(?i)\son\w+=`, "JavaScript URL": `(?i)javascript:`,
	} {
		for _, found := range regexp.MustCompile(inline).FindAllString(page, -1) {
			if name != "script" || !strings.Contains(found, ` src="/`) && !strings.Contains(found, ` type="application/json"`) {
				t.Errorf("inline %s: %s", name, found)
			}
		}
	}
	fetched := regexp.MustCompile(`(?i)@import|(?:url\(|src=|href=)\s*["']?\s*(?:\w+:)?//`)
	for name, content := range distFiles(t) {
		if path.Ext(name) == ".css" && fetched.MatchString(content) {
			t.Errorf("%s: %q", name, fetched.FindString(content))
		}
	}
}

func TestDistIsSmallAndWithoutSourceMaps(t *testing.T) {
	total := 0
	for name, content := range distFiles(t) {
		if path.Ext(name) != ".txt" { // the licenses have no bound
			total += len(content)
		}
		if strings.HasSuffix(name, ".map") || strings.Contains(content, "sourceMappingURL=") {
			t.Errorf("%s is a source map or references one", name)
		}
	}
	if total > 400_000 {
		t.Errorf("dist has %d bytes, limit 400 KB", total)
	}
	var compressed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	_, _ = w.Write([]byte(distFiles(t)["picker.js"]))
	_ = w.Close()
	if compressed.Len() > 60_500 { // the build's limit is 60,000 with zlib
		t.Errorf("the picker has %d bytes compressed", compressed.Len())
	}
}

func TestPickerDefinesItsElement(t *testing.T) {
	if script := distFiles(t)["picker.js"]; !strings.Contains(script, "customElements.define(") || regexp.MustCompile(`(?:^|[;}\n])\s*import\s*[^\s.]`).MatchString(script) {
		t.Error("picker.js is not one module that defines the element")
	}
}

// The dependencies of package.json, and their own: Lit is three packages.
func TestLicensesListEveryBundledDependencyWithVersion(t *testing.T) {
	type dependencies struct {
		Version      string
		Dependencies map[string]string
	}
	var lock struct{ Packages map[string]dependencies }
	content, err := os.ReadFile("web/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &lock); err != nil {
		t.Fatal(err)
	}
	bundled := map[string]string{}
	for name := range lock.Packages[""].Dependencies {
		locked := lock.Packages["node_modules/"+name]
		bundled[name] = locked.Version
		for inner := range locked.Dependencies {
			bundled[inner] = lock.Packages["node_modules/"+inner].Version
		}
	}
	licenses := "\n" + distFiles(t)["THIRD_PARTY_LICENSES.txt"]
	for name, version := range bundled {
		if !strings.Contains(licenses, "\n"+name+" "+version+" (") {
			t.Errorf("no license of %s %s: run npm ci && npm run build in web", name, version)
		}
	}
	if len(bundled) < 6 {
		t.Errorf("only %d dependencies: %v", len(bundled), bundled)
	}
}

func TestLockfileContainsNoRegistryURL(t *testing.T) {
	lock, err := os.ReadFile("web/package-lock.json")
	if err != nil || strings.Contains(string(lock), `"resolved"`) {
		t.Errorf(`package-lock.json contains "resolved" URLs: set omit-lockfile-registry-resolved=true; error %v`, err)
	}
}
