package playground

import (
	"bytes"
	"embed"
	"encoding/json"
	"html"
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

// newPage fills in dist's index.html once: the options do not change while the server runs. It does without html/template,
// whose use of reflection makes the linker keep every exported method of every dependency: 14 MB.
func newPage(o Options) *representation.Static {
	type config struct {
		Endpoint   string `json:"endpoint"`
		Sandbox    bool   `json:"sandbox"`
		Credential string `json:"credential"`
	}
	block, _ := json.Marshal(config{o.Endpoint, o.Sandbox, o.Credential}) // escapes <, > and &: no value ends the script element
	values := map[string]string{
		"Mode":       "Live",
		"mode":       "live",
		"heading":    "Live: HeyGen.",
		"source":     "Responses come from " + html.EscapeString(o.Upstream) + ".",
		"config":     string(block),
		"credential": "",
		"endpoint":   html.EscapeString(o.Endpoint),
	}
	if o.Sandbox {
		values["Mode"], values["mode"] = "Sandbox", "sandbox"
		values["heading"], values["source"] = "Sandbox: invented avatars, no key needed.", "No request reaches HeyGen."
	}
	if o.Credential != "" {
		if o.Sandbox {
			values["heading"] = "Sandbox: invented avatars."
		}
		values["credential"] = "\n      <span>Enter <code>" + html.EscapeString(o.Credential) + "</code> in Headers, below the query, then re-fetch the schema. It is not saved.</span>"
	}
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, "{{"+name+"}}", value)
	}
	page, err := dist.ReadFile("dist/index.html")
	if err != nil {
		panic(err) // as above
	}
	page = []byte(strings.NewReplacer(pairs...).Replace(string(page)))
	return representation.NewStatic(contentTypes[".html"], revalidate, int64(len(page)), func() io.ReadSeeker { return bytes.NewReader(page) })
}
