package gallery

import (
	"crypto/sha256"
	"crypto/sha512"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"maps"
	"sync"

	"heygen-graphql/internal/representation"
	"heygen-graphql/internal/webpage"
)

// dist is the output of web's build. "all:" includes names with a leading underscore, which bundlers may choose.
//
//go:embed all:dist
var dist embed.FS

// Files of dist that are not served under /gallery/.
const (
	scriptFile       = "picker.js"
	declarationsFile = "picker.d.ts"
	documentsFile    = "documents.json"
)

// build returns the files of dist.
func build() fs.FS {
	files, _ := fs.Sub(dist, "dist") // cannot fail: the name is valid
	return files
}

// read returns the content of a file of dist.
func read(name string) []byte {
	content, err := fs.ReadFile(build(), name)
	if err != nil {
		panic(err) // the files are embedded, so any test would find it
	}
	return content
}

// pickerScript names the content of the picker's script.
type pickerScript struct {
	hashedPath string // with the first 16 hexadecimal digits of its SHA-256
	integrity  string // as of Subresource Integrity
}

var script = sync.OnceValue(func() pickerScript {
	content := read(scriptFile)
	path, integrity := sha256.Sum256(content), sha512.Sum384(content)
	return pickerScript{
		hashedPath: "/picker-" + hex.EncodeToString(path[:8]) + ".js",
		integrity:  "sha384-" + base64.StdEncoding.EncodeToString(integrity[:]),
	}
})

// Documents returns the sources of the picker's documents by id.
func Documents() map[string]string {
	var documents map[string]string
	if err := json.Unmarshal(read(documentsFile), &documents); err != nil {
		panic(err) // as above
	}
	return documents
}

// newPage returns the page, filled with the options.
func newPage(o Options) *representation.Static {
	type config struct {
		Endpoint   string `json:"endpoint"`
		Sandbox    bool   `json:"sandbox"`
		Credential string `json:"credential"`
		Upstream   string `json:"upstream"`
	}
	c := config{o.Endpoint, o.Sandbox, o.Credential, o.Upstream}
	if o.Sandbox {
		c.Upstream = ""
	}
	block, _ := json.Marshal(c) // escapes <, > and &: no value ends the script element
	values := map[string]string{
		"config":    string(block),
		"picker":    script().hashedPath,
		"integrity": script().integrity,
	}
	maps.Copy(values, webpage.UpstreamValues(o.Sandbox, o.Upstream, o.Credential != ""))
	return webpage.Page(build(), values)
}
