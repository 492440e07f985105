package playground

import (
	"embed"
	"encoding/json"
	"html"
	"io/fs"
	"maps"

	"heygen-graphql/internal/representation"
	"heygen-graphql/internal/webpage"
)

// dist is the output of web's build. "all:" includes names with a leading underscore, which bundlers may choose.
//
//go:embed all:dist
var dist embed.FS

// build returns the files of dist.
func build() fs.FS {
	files, _ := fs.Sub(dist, "dist") // cannot fail: the name is valid
	return files
}

// newPage returns the page, filled with the options.
func newPage(o Options) *representation.Static {
	type config struct {
		Endpoint   string `json:"endpoint"`
		Sandbox    bool   `json:"sandbox"`
		Credential string `json:"credential"`
	}
	block, _ := json.Marshal(config{o.Endpoint, o.Sandbox, o.Credential}) // escapes <, > and &: no value ends the script element
	values := map[string]string{
		"config":     string(block),
		"credential": "",
		"endpoint":   html.EscapeString(o.Endpoint),
	}
	if o.Credential != "" {
		values["credential"] = "\n      <span>Enter <code>" + html.EscapeString(o.Credential) + "</code> in Headers, below the query, then re-fetch the schema. It is not saved.</span>"
	}
	maps.Copy(values, webpage.UpstreamValues(o.Sandbox, o.Upstream, o.Credential != ""))
	return webpage.Page(build(), values)
}
