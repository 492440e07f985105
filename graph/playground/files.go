package playground

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"path"
	"strings"
)

// dist is what web's build wrote. "all:" because a bundler may begin a file's name with an underscore.
//
//go:embed all:dist
var dist embed.FS

// file is one answer of the handler.
type file struct {
	body                            []byte
	contentType, cacheControl, etag string
	zipped                          func() []byte // nil: it is too small to be worth it
}

const (
	// immutable is for names that carry their content's hash.
	immutable = "public, max-age=31536000, immutable"
	// revalidate is for names that outlive their content: a new binary may bring another.
	revalidate = "no-cache"
)

// contentTypes are spelled out because mime.TypeByExtension reads the machine's tables, and one that calls .js
// text/plain leaves a blank page: under nosniff no browser runs it.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
	".txt":  "text/plain; charset=utf-8",
}

// assets are the files of dist, but for the page, by the path they are served on.
func assets() map[string]file {
	files := make(map[string]file)
	err := fs.WalkDir(dist, "dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "dist/index.html" {
			return err
		}
		body, err := dist.ReadFile(name)
		cacheControl := revalidate
		if path.Dir(name) == "dist/assets" {
			cacheControl = immutable
		}
		files["/playground/"+strings.TrimPrefix(name, "dist/")] = newFile(body, path.Ext(name), cacheControl)
		return err
	})
	if err != nil {
		panic(err) // of an embedded file: the tests would have met it
	}
	return files
}

// page is dist's index.html, which is a template, filled in once: the options do not change while the server runs.
func page(o Options) file {
	type config struct {
		Endpoint string `json:"endpoint"`
		Query    string `json:"query"`
	}
	var b bytes.Buffer
	err := template.Must(template.ParseFS(dist, "dist/index.html")).Execute(&b, struct {
		Options
		Config config
	}{o, config{o.Endpoint, o.Query}})
	if err != nil {
		panic(err) // as above
	}
	return newFile(b.Bytes(), ".html", revalidate)
}

func newFile(body []byte, ext, cacheControl string) file {
	sum := sha256.Sum256(body)
	f := file{body, contentTypes[ext], cacheControl, `"` + hex.EncodeToString(sum[:16]) + `"`, nil}
	if len(body) >= leastZipped {
		f.zipped = zipped(body)
	}
	return f
}
