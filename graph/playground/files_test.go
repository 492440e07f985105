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

// built lists dist's files, but for the page, as the build left them on the disk.
func built(t *testing.T) map[string][]byte {
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

func anAsset(t *testing.T) string {
	t.Helper()
	for name := range built(t) {
		if path.Ext(name) == ".js" {
			return "/playground/" + name
		}
	}
	t.Fatal("no script in dist")
	return ""
}

// hashed is a name that changes with its content.
var hashed = regexp.MustCompile(`^assets/.+-[A-Za-z0-9_-]{8}\.\w+$`)

func TestEveryFileIsServedWithItsTypeAndItsAge(t *testing.T) {
	types := map[string]string{
		".css": "text/css; charset=utf-8",
		".js":  "text/javascript; charset=utf-8",
		".svg": "image/svg+xml",
		".ttf": "font/ttf",
		".txt": "text/plain; charset=utf-8",
	}
	for name, content := range built(t) {
		resp, body := ask(t, playground.Options{}, "GET", "/playground/"+name)
		if resp.StatusCode != http.StatusOK || body != string(content) {
			t.Errorf("%s: %d with %d bytes, want %d", name, resp.StatusCode, len(body), len(content))
		}
		if want := types[path.Ext(name)]; want == "" || resp.Header.Get("Content-Type") != want {
			t.Errorf("%s: Content-Type = %q, want %q", name, resp.Header.Get("Content-Type"), want)
		}
		want := "no-cache"
		if hashed.MatchString(name) {
			want = "public, max-age=31536000, immutable"
		} else if name != "THIRD_PARTY_LICENSES.txt" {
			t.Errorf("%s has no hash in its name", name)
		}
		if got := resp.Header.Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control = %q, want %q", name, got, want)
		}
	}
}

func TestFilesRefuseOtherMethods(t *testing.T) {
	if resp, _ := ask(t, playground.Options{}, "POST", anAsset(t)); resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST = %d", resp.StatusCode)
	}
}

func TestWhatTheBrowserHasIsNotSentAgain(t *testing.T) {
	h := playground.New(playground.Options{})
	for _, path := range []string{"/", anAsset(t)} {
		first, _ := ask(t, playground.Options{}, "GET", path)
		r := httptest.NewRequestWithContext(t.Context(), "GET", path, nil)
		r.Header.Set("If-None-Match", first.Header.Get("ETag"))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusNotModified {
			t.Errorf("%s with %q = %d", path, first.Header.Get("ETag"), w.Code)
		}
	}
	a, _ := ask(t, playground.Options{}, "GET", "/")
	b, _ := ask(t, playground.Options{Sandbox: true}, "GET", "/")
	if a.Header.Get("ETag") == b.Header.Get("ETag") {
		t.Error("two pages share an ETag")
	}
}

var reference = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

func TestPageNamesOnlyFilesThatExist(t *testing.T) {
	files := built(t)
	_, body := ask(t, playground.Options{}, "GET", "/")
	references := reference.FindAllStringSubmatch(body, -1)
	if len(references) < 3 {
		t.Fatalf("%d references: want an icon, a script, a style\n%s", len(references), body)
	}
	for _, r := range references {
		name, ours := strings.CutPrefix(r[1], "/playground/")
		if _, exists := files[name]; !ours || !exists {
			t.Errorf("%s names no file of dist", r[0])
		}
	}
}

// Scripts hold addresses that a visitor may follow; what they fetch by themselves shows in a browser alone, and
// web/check looks there. Pages and styles fetch whatever they name.
func TestPageAndStylesNameNoOtherHost(t *testing.T) {
	fetched := regexp.MustCompile(`(?i)@import|(?:url\(|src=|href=)\s*["']?\s*(?:\w+:)?//`)
	_, page := ask(t, playground.Options{}, "GET", "/")
	if strings.Contains(page, "://") {
		t.Errorf("an absolute address in\n%s", page)
	}
	for name, content := range built(t) {
		if path.Ext(name) == ".css" && fetched.Match(content) {
			t.Errorf("%s: %q", name, fetched.Find(content))
		}
	}
}

func TestDistIsSmallAndWithoutSourceMaps(t *testing.T) {
	total := 0
	for name, content := range built(t) {
		if path.Ext(name) != ".txt" { // the licences are as long as they are
			total += len(content)
		}
		if strings.HasSuffix(name, ".map") || strings.Contains(string(content), "sourceMappingURL=") {
			t.Errorf("%s is a source map or names one", name)
		}
	}
	if total > 6_100_000 {
		t.Errorf("dist holds %d bytes, bound 6.1 MB: which part of the editor came along?", total)
	}
}

func TestLicencesNameEveryDependencyWithItsVersion(t *testing.T) {
	manifest, err := os.ReadFile("web/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var web struct{ Dependencies map[string]string }
	if err := json.Unmarshal(manifest, &web); err != nil || len(web.Dependencies) == 0 {
		t.Fatalf("%v in package.json, error %v", web, err)
	}
	licences := string(built(t)["THIRD_PARTY_LICENSES.txt"])
	for name, version := range web.Dependencies {
		if !strings.Contains(licences, "\n"+name+" "+version+" (") {
			t.Errorf("no licence of %s %s: run npm ci && npm run build in web", name, version)
		}
	}
}

func TestLockfileHoldsNoAddressToDownloadFrom(t *testing.T) {
	lock, err := os.ReadFile("web/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(lock), `"resolved"`) {
		t.Error(`package-lock.json names "resolved" addresses: set omit-lockfile-registry-resolved=true`)
	}
}
