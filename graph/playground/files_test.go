package playground_test

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"heygen-graphql/graph/playground"
)

// distFiles returns the files of dist on disk, except the page, by name.
func distFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	root := os.DirFS("dist")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "index.html" {
			return err
		}
		files[name], err = fs.ReadFile(root, name)
		return err
	})
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files in dist, error %v", len(files), err)
	}
	return files
}

func scriptPath(t *testing.T) string {
	t.Helper()
	for name := range distFiles(t) {
		if path.Ext(name) == ".js" {
			return "/playground/" + name
		}
	}
	t.Fatal("no script in dist")
	return ""
}

// hashedName matches names that contain a hash of the content.
var hashedName = regexp.MustCompile(`^assets/.+-[A-Za-z0-9_-]{8}\.\w+$`)

func TestFilesHaveContentTypeAndCacheControl(t *testing.T) {
	types := map[string]string{
		".css": "text/css; charset=utf-8",
		".js":  "text/javascript; charset=utf-8",
		".svg": "image/svg+xml",
		".ttf": "font/ttf",
		".txt": "text/plain; charset=utf-8",
	}
	for name, content := range distFiles(t) {
		resp, body := send(t, playground.Options{}, "GET", "/playground/"+name)
		if resp.StatusCode != http.StatusOK || body != string(content) {
			t.Errorf("%s: %d with %d bytes, want %d", name, resp.StatusCode, len(body), len(content))
		}
		if want := types[path.Ext(name)]; want == "" || resp.Header.Get("Content-Type") != want {
			t.Errorf("%s: Content-Type = %q, want %q", name, resp.Header.Get("Content-Type"), want)
		}
		want := "no-cache"
		if hashedName.MatchString(name) {
			want = "public, max-age=31536000, immutable"
		} else if name != "THIRD_PARTY_LICENSES.txt" {
			t.Errorf("%s has no hash in its name", name)
		}
		if got := resp.Header.Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control = %q, want %q", name, got, want)
		}
	}
}

func TestFilesRejectOtherMethods(t *testing.T) {
	if resp, _ := send(t, playground.Options{}, "POST", scriptPath(t)); resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST = %d", resp.StatusCode)
	}
}

func TestETagRevalidates(t *testing.T) {
	h := playground.New(playground.Options{})
	for _, path := range []string{"/", scriptPath(t)} {
		first, _ := send(t, playground.Options{}, "GET", path)
		r := httptest.NewRequestWithContext(t.Context(), "GET", path, nil)
		r.Header.Set("If-None-Match", first.Header.Get("ETag"))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusNotModified {
			t.Errorf("%s with %q = %d", path, first.Header.Get("ETag"), w.Code)
		}
	}
	a, _ := send(t, playground.Options{}, "GET", "/")
	b, _ := send(t, playground.Options{Sandbox: true}, "GET", "/")
	if a.Header.Get("ETag") == b.Header.Get("ETag") {
		t.Error("two pages share an ETag")
	}
}

var reference = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

func TestPageReferencesOnlyExistingFiles(t *testing.T) {
	files := distFiles(t)
	_, body := send(t, playground.Options{}, "GET", "/")
	references := reference.FindAllStringSubmatch(body, -1)
	if len(references) < 3 {
		t.Fatalf("%d references: want an icon, a script, a style\n%s", len(references), body)
	}
	for _, r := range references {
		name, local := strings.CutPrefix(r[1], "/playground/")
		if _, exists := files[name]; !local || !exists {
			t.Errorf("%s is not a file of dist", r[0])
		}
	}
}

// Scripts contain URLs that a user may follow; what they fetch unprompted shows only in a browser, where web/check tests
// it. Pages and styles fetch every URL they contain.
func TestPageAndStylesReferenceNoOtherHost(t *testing.T) {
	fetched := regexp.MustCompile(`(?i)@import|(?:url\(|src=|href=)\s*["']?\s*(?:\w+:)?//`)
	_, page := send(t, playground.Options{}, "GET", "/")
	if strings.Contains(page, "://") {
		t.Errorf("an absolute URL in\n%s", page)
	}
	for name, content := range distFiles(t) {
		if path.Ext(name) == ".css" && fetched.Match(content) {
			t.Errorf("%s: %q", name, fetched.Find(content))
		}
	}
}

func TestDistIsSmallAndWithoutSourceMaps(t *testing.T) {
	total := 0
	for name, content := range distFiles(t) {
		if path.Ext(name) != ".txt" { // the licenses have no bound
			total += len(content)
		}
		if strings.HasSuffix(name, ".map") || strings.Contains(string(content), "sourceMappingURL=") {
			t.Errorf("%s is a source map or references one", name)
		}
	}
	if total > 6_100_000 {
		t.Errorf("dist has %d bytes, limit 6.1 MB: which part of the editor was added?", total)
	}
}

func TestLicensesListEveryDependencyWithVersion(t *testing.T) {
	manifest, err := os.ReadFile("web/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var web struct{ Dependencies map[string]string }
	if err := json.Unmarshal(manifest, &web); err != nil || len(web.Dependencies) == 0 {
		t.Fatalf("%v in package.json, error %v", web, err)
	}
	licenses := string(distFiles(t)["THIRD_PARTY_LICENSES.txt"])
	for name, version := range web.Dependencies {
		if !strings.Contains(licenses, "\n"+name+" "+version+" (") {
			t.Errorf("no license of %s %s: run npm ci && npm run build in web", name, version)
		}
	}
}

func TestLockfileContainsNoRegistryURL(t *testing.T) {
	lock, err := os.ReadFile("web/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(lock), `"resolved"`) {
		t.Error(`package-lock.json contains "resolved" URLs: set omit-lockfile-registry-resolved=true`)
	}
}
