// Package webpage serves a page whose files are embedded in the binary, with nothing of other hosts but the previews of
// avatars. GraphiQL and the gallery are such pages.
package webpage

import (
	"bytes"
	"html"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"heygen-graphql/internal/representation"
)

// Values of Cache-Control.
const (
	// Immutable is for names that contain their content's hash.
	Immutable = "public, max-age=31536000, immutable"
	// Revalidate is for names without a hash: a new binary may serve other content.
	Revalidate = "no-cache"
)

// contentTypes replaces mime.TypeByExtension, which reads the system's tables: one that maps .js to text/plain leaves a
// blank page, as with nosniff no browser runs it.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".ts":   "text/plain; charset=utf-8", // declarations: none of the types in use is registered
	".ttf":  "font/ttf",
	".txt":  "text/plain; charset=utf-8",
}

// indexFile is the page of a build. Its words in double braces are placeholders.
const indexFile = "index.html"

// Site serves a fixed set of files by exact path, so that no spelling of another path reaches a file.
type Site struct {
	Files  map[string]*representation.Static // by URL path
	Policy string                            // the Content-Security-Policy of every response
}

// ServeHTTP implements [http.Handler]. It serves 404 on every other path.
func (s Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setSecurityHeaders(w.Header(), s.Policy)
	f, ok := s.Files[r.URL.Path]
	if !ok {
		w.Header().Set("Cache-Control", "no-store") // another version of the server may have it
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	f.ServeHTTP(w, r)
}

// Files returns the files of a build except its page, by their path after prefix. Those in assets have names with a
// hash. The build is embedded: Files panics if it cannot be read.
func Files(build fs.FS, prefix string) map[string]*representation.Static {
	files := make(map[string]*representation.Static)
	err := fs.WalkDir(build, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == indexFile {
			return err
		}
		cacheControl := Revalidate
		if path.Dir(name) == "assets" {
			cacheControl = Immutable
		}
		files[prefix+name] = File(build, name, cacheControl)
		return nil
	})
	if err != nil {
		panic(err) // any test would find it
	}
	return files
}

// File returns a file of a build. It panics if there is none of this name.
func File(build fs.FS, name, cacheControl string) *representation.Static {
	info, err := fs.Stat(build, name)
	if err != nil {
		panic(err) // as above
	}
	return representation.NewStatic(contentTypes[path.Ext(name)], cacheControl, info.Size(), func() io.ReadSeeker {
		f, _ := build.Open(name) // cannot fail: it is in memory
		return f.(io.ReadSeeker)
	})
}

// Page returns the page of a build, whose placeholders it replaces by values, once: they do not change while the server
// runs. Values are HTML. It does without html/template, whose use of reflection makes the linker keep every exported
// method of every dependency: 14 MB.
func Page(build fs.FS, values map[string]string) *representation.Static {
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, "{{"+name+"}}", value)
	}
	page, err := fs.ReadFile(build, indexFile)
	if err != nil {
		panic(err) // as above
	}
	page = []byte(strings.NewReplacer(pairs...).Replace(string(page)))
	return representation.NewStatic(contentTypes[".html"], Revalidate, int64(len(page)), func() io.ReadSeeker { return bytes.NewReader(page) })
}

// UpstreamValues returns the values of a page that name the origin of its data: the host of HeyGen's API, or none in a
// sandbox. credential reports that callers must send one.
func UpstreamValues(sandbox bool, upstream string, credential bool) map[string]string {
	switch {
	case !sandbox:
		return map[string]string{"Mode": "Live", "mode": "live", "heading": "Live: HeyGen.", "source": "Responses come from " + html.EscapeString(upstream) + "."}
	case credential:
		return map[string]string{"Mode": "Sandbox", "mode": "sandbox", "heading": "Sandbox: invented avatars.", "source": "No request reaches HeyGen."}
	default:
		return map[string]string{"Mode": "Sandbox", "mode": "sandbox", "heading": "Sandbox: invented avatars, no key needed.", "source": "No request reaches HeyGen."}
	}
}
