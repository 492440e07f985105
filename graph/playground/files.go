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

// dist is the output of web's build. "all:" includes names with a leading underscore, which bundlers may choose.
//
//go:embed all:dist
var dist embed.FS

// file is one response of the handler.
type file struct {
	open                      func() io.ReadSeeker // reads from the binary itself, where files that are not requested take no memory
	contentType, cacheControl string
	etag                      func() string
	gzipped                   func() []byte // nil if the file is smaller than minGzipSize
}

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
			f, _ := dist.Open(name) // cannot fail: WalkDir found it
			return f.(io.ReadSeeker)
		}
		files["/playground/"+strings.TrimPrefix(name, "dist/")] = newFile(open, info.Size(), path.Ext(name), cacheControl)
		return nil
	})
	if err != nil {
		panic(err) // the files are embedded, so any test would find it
	}
	return files
}

// newPage executes dist's index.html, which is a template, once: the options do not change while the server runs.
func newPage(o Options) file {
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
		_, _ = io.Copy(h, open()) // cannot fail: from memory
		return `"` + hex.EncodeToString(h.Sum(nil)[:16]) + `"`
	})
	f := file{open, contentTypes[ext], cacheControl, etag, nil}
	if size >= minGzipSize {
		f.gzipped = gzipped(open)
	}
	return f
}
