package gallery_test

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"heygen-graphql/graph/gallery"
)

// send sends one request, with headers in pairs, to a new gallery with the given options.
func send(t *testing.T, o gallery.Options, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://localhost/", nil)
	r.URL.Path = path // unmodified: NewRequest would reject half of the paths that a client can send
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	gallery.New(o).ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}

// distFiles returns the files of dist on disk by name.
func distFiles(t *testing.T) map[string]string {
	t.Helper()
	files := make(map[string]string)
	root := os.DirFS("dist")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, name)
		files[name] = string(content)
		return err
	})
	if err != nil || len(files) < 6 {
		t.Fatalf("%d files in dist, error %v", len(files), err)
	}
	return files
}

// hashedScript returns the path of the picker's script with its hash.
func hashedScript(t *testing.T) string {
	sum := sha256.Sum256([]byte(distFiles(t)["picker.js"]))
	return "/picker-" + hex.EncodeToString(sum[:])[:16] + ".js"
}

// servedPaths returns the name in dist of every path with a response.
func servedPaths(t *testing.T) map[string]string {
	paths := map[string]string{
		"/gallery": "index.html", "/picker.js": "picker.js", hashedScript(t): "picker.js", "/picker.d.ts": "picker.d.ts",
		"/gallery/THIRD_PARTY_LICENSES.txt": "THIRD_PARTY_LICENSES.txt",
	}
	for name := range distFiles(t) {
		if strings.HasPrefix(name, "assets/") {
			paths["/gallery/"+name] = name
		}
	}
	return paths
}

func TestPageLoadsPickerWithItsIntegrity(t *testing.T) {
	_, page := send(t, gallery.Options{}, "GET", "/gallery")
	tag := regexp.MustCompile(`<script type="module"[^>]* src="(/picker-[^"]+)"[^>]*>`).FindStringSubmatch(page)
	if tag == nil {
		t.Fatalf("the page does not load the picker:\n%s", page)
	}
	_, script := send(t, gallery.Options{}, "GET", tag[1])
	sum := sha512.Sum384([]byte(script))
	integrity := ` integrity="sha384-` + base64.StdEncoding.EncodeToString(sum[:]) + `"`
	if script != distFiles(t)["picker.js"] || !strings.Contains(tag[0], integrity) || !strings.Contains(tag[0], ` crossorigin="anonymous"`) {
		t.Errorf("%s, want%s", tag[0], integrity)
	}
}

func TestUnknownPathsReturn404(t *testing.T) {
	hashed := hashedScript(t)
	for _, path := range []string{
		"", "/", "/index.html", "/graphql", "/gallery//", "/gallery/index.html", "/gallery/picker.js", "/gallery/picker.d.ts", "/gallery/documents.json",
		"/gallery/assets", "/gallery/assets/", "/gallery/assets/nothing.js", "/gallery/dist/index.html", "/gallery/../gallery.go", "/gallery/assets/../index.html",
		"/gallery//assets", "/gallery/\x00", "/picker", "/picker-.js", "/picker-0123456789abcdef.js", "/documents.json",
		strings.ToUpper(hashed), strings.TrimSuffix(hashed, ".js"), hashed + "/", strings.Replace(hashed, ".js", "0.js", 1), "/gallery" + hashed,
	} {
		if resp, body := send(t, gallery.Options{}, "GET", path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("GET %q = %d\n%.200s", path, resp.StatusCode, body)
		}
	}
}

// The host of the redirect is that of the request, whatever the query contains.
func TestTrailingSlashRedirectsToPage(t *testing.T) {
	for query, want := range map[string]string{
		"": "/gallery", "q=monica&look=monica_office": "/gallery?q=monica&look=monica_office", "//other.example/%0d%0aX: y": "/gallery?//other.example/%0d%0aX: y",
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "http://localhost/gallery/", nil)
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		gallery.New(gallery.Options{}).ServeHTTP(w, r)
		if location := w.Header().Get("Location"); w.Code != http.StatusPermanentRedirect || location != want || len(w.Header()["X"]) > 0 {
			t.Errorf("%q: %d, Location %q, want %q", query, w.Code, location, want)
		}
	}
}

func TestPatternsReachEveryPath(t *testing.T) {
	mux := http.NewServeMux()
	for _, pattern := range gallery.Patterns() {
		mux.Handle(pattern, gallery.New(gallery.Options{}))
	}
	for path := range servedPaths(t) {
		w := httptest.NewRecorder()
		if mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, nil)); w.Code != http.StatusOK {
			t.Errorf("%s = %d", path, w.Code)
		}
	}
	w := httptest.NewRecorder()
	if mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/picker-0123456789abcdef.js", nil)); w.Code != http.StatusNotFound {
		t.Errorf("another hash = %d", w.Code)
	}
}

var configuration = regexp.MustCompile(`(?s)<script type="application/json" id="config">(.*?)</script>`)

func TestConfigurationReachesScriptUnmodified(t *testing.T) {
	_, plain := send(t, gallery.Options{}, "GET", "/gallery")
	scripts := strings.Count(plain, "<script")
	type config struct {
		Endpoint   string
		Sandbox    bool
		Credential string
		Upstream   string
	}
	for _, value := range []string{"", `{"X-Api-Key": "…"}`, "</script><script>alert(1)</script>\n", "<!-- <script> \u2028 & \" ' \\ {{source}} `${a}` \x00"} {
		for _, sandbox := range []bool{true, false} {
			_, page := send(t, gallery.Options{Endpoint: "/other", Sandbox: sandbox, Credential: value, Upstream: value}, "GET", "/gallery")
			block := configuration.FindStringSubmatch(page)
			if block == nil {
				t.Fatalf("no configuration in\n%s", page)
			}
			want := config{"/other", sandbox, value, value}
			switch {
			case sandbox:
				want.Upstream = ""
			case value == "":
				want.Upstream = "api.heygen.com"
			}
			var got config
			if err := json.Unmarshal([]byte(block[1]), &got); err != nil || got != want {
				t.Errorf("configuration %+v, want %+v, error %v", got, want, err)
			}
			if n := strings.Count(strings.ToLower(page), "<script"); n != scripts {
				t.Errorf("%q: %d script elements, want %d", value, n, scripts)
			}
		}
	}
	if block := configuration.FindStringSubmatch(plain); block == nil || !strings.HasPrefix(block[1], `{"endpoint":"/graphql",`) {
		t.Errorf("no default endpoint in %q", block)
	}
}

func TestPageSaysWhereItsDataIsFrom(t *testing.T) {
	for name, c := range map[string]struct {
		options      gallery.Options
		want, absent string
	}{
		"sandbox":          {gallery.Options{Sandbox: true, Upstream: "unseen.example"}, "Sandbox: invented avatars, no key needed.", "unseen.example"},
		"sandbox, a token": {gallery.Options{Sandbox: true, Credential: "x"}, "Sandbox: invented avatars.", "no key needed"},
		"live":             {gallery.Options{}, "Responses come from api.heygen.com.", "Sandbox"},
		"another host":     {gallery.Options{Upstream: "127.0.0.1:9<b>"}, "come from 127.0.0.1:9&lt;b&gt;.", "<b>"},
	} {
		_, page := send(t, c.options, "GET", "/gallery")
		if !strings.Contains(page, c.want) || strings.Contains(page, c.absent) || strings.Contains(page, "{{") {
			t.Errorf("%s: the page must contain %q and not %q\n%s", name, c.want, c.absent, page)
		}
	}
}

// A client that sends a document's source with its id, or its hash alone, names the same document.
func TestDocumentsAreNamedByTheirHash(t *testing.T) {
	documents := gallery.Documents()
	var onDisk map[string]string
	if err := json.Unmarshal([]byte(distFiles(t)["documents.json"]), &onDisk); err != nil || len(documents) != len(onDisk) || len(documents) == 0 {
		t.Fatalf("%d documents, %d in dist, error %v", len(documents), len(onDisk), err)
	}
	for id, source := range documents {
		if sum := sha256.Sum256([]byte(source)); id != hex.EncodeToString(sum[:]) || source != onDisk[id] {
			t.Errorf("%s is not the hash of %s", id, source)
		}
	}
}

func TestDeclarationsAndDocumentsAreThoseOfTheSource(t *testing.T) {
	for name, source := range map[string]string{"picker.d.ts": "web/src/picker.d.ts", "documents.json": "web/src/gql/persisted-documents.json"} {
		content, err := os.ReadFile(source)
		if err != nil || string(content) != distFiles(t)[name] {
			t.Errorf("%s differs from %s: run npm ci && npm run build in web; error %v", name, source, err)
		}
	}
}
