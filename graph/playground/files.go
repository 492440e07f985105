package playground

import (
	"bytes"
	"embed"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"

	"heygen-graphql/internal/representation"
)

// dist is the output of web's build. "all:" includes names with a leading underscore, which bundlers may choose.
//
//go:embed all:dist
var dist embed.FS

const (
	// immutable is for names that contain their content's hash.
	immutable = "public, max-age=31536000, immutable"
	// revalidate is for names without a hash: a new binary may serve other content.
	revalidate = "no-cache"
)

// contentTypes replaces mime.TypeByExtension, which reads the system's tables: one that maps .js to text/plain leaves a
// blank page, as with nosniff no browser runs it.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
	".txt":  "text/plain; charset=utf-8",
}

// assets returns the files of dist except the page, by URL path.
func assets() map[string]*representation.Static {
	files := make(map[string]*representation.Static)
	err := fs.WalkDir(dist, "dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "dist/index.html" {
			return err
		}
		cacheControl := revalidate
		if path.Dir(name) == "dist/assets" {
			cacheControl = immutable
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		open := func() io.ReadSeeker {
			f, _ := dist.Open(name) // cannot fail: WalkDir found it
			return f.(io.ReadSeeker)
		}
		files["/playground/"+strings.TrimPrefix(name, "dist/")] = representation.NewStatic(contentTypes[path.Ext(name)], cacheControl, info.Size(), open)
		return nil
	})
	if err != nil {
		panic(err) // the files are embedded, so any test would find it
	}
	return files
}

// newPage executes dist's index.html, which is a template, once: the options do not change while the server runs.
func newPage(o Options) *representation.Static {
	type config struct {
		Endpoint   string `json:"endpoint"`
		Sandbox    bool   `json:"sandbox"`
		Credential string `json:"credential"`
	}
	var b bytes.Buffer
	err := template.Must(template.ParseFS(dist, "dist/index.html")).Execute(&b, struct {
		Options
		Config config
	}{o, config{o.Endpoint, o.Sandbox, o.Credential}})
	if err != nil {
		panic(err) // as above
	}
	return representation.NewStatic(contentTypes[".html"], revalidate, int64(b.Len()), func() io.ReadSeeker { return bytes.NewReader(b.Bytes()) })
}
