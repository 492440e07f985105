package playground

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// dist is what web's build wrote. "all:" because a bundler may begin a file's name with an underscore.
//
//go:embed all:dist
var dist embed.FS

// file is one answer of the handler.
type file struct {
	open                      func() io.ReadSeeker // reads where the file lies: in the binary, of which what nobody asks for takes no memory
	contentType, cacheControl string
	etag                      func() string
	zipped                    func() []byte // nil: it is too small to be worth it
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
		cacheControl := revalidate
		if path.Dir(name) == "dist/assets" {
			cacheControl = immutable
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		open := func() io.ReadSeeker {
			f, _ := dist.Open(name) // which was there just now
			return f.(io.ReadSeeker)
		}
		files["/playground/"+strings.TrimPrefix(name, "dist/")] = newFile(open, info.Size(), path.Ext(name), cacheControl)
		return nil
	})
	if err != nil {
		panic(err) // of an embedded file: the tests would have met it
	}
	return files
}

// page is dist's index.html, which is a template, filled in once: the options do not change while the server runs.
func page(o Options) file {
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
	return newFile(func() io.ReadSeeker { return bytes.NewReader(b.Bytes()) }, int64(b.Len()), ".html", revalidate)
}

func newFile(open func() io.ReadSeeker, size int64, ext, cacheControl string) file {
	etag := sync.OnceValue(func() string {
		h := sha256.New()
		_, _ = io.Copy(h, open()) // from memory
		return `"` + hex.EncodeToString(h.Sum(nil)[:16]) + `"`
	})
	f := file{open, contentTypes[ext], cacheControl, etag, nil}
	if size >= leastZipped {
		f.zipped = zipped(open)
	}
	return f
}
