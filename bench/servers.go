package main

import (
	"path/filepath"
	"regexp"
	"slices"

	"heygen-graphql/bench/internal/process"
	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/workload"
)

// server describes one of the compared servers.
type server struct {
	name  string // one word, for flags
	title string // for people
	protocol
	node    bool     // needs Node and the packages of bench/node
	command []string // may hold the placeholders below; nil: the upstream, which always runs
	env     []string // added to the common environment
	address *regexp.Regexp
	// workloads names those that the server supports; nil means all of its protocol.
	workloads []string
}

// protocol is the kind of request that a server accepts.
type protocol int

const (
	graphQL protocol = iota
	rest             // the upstream's own API
	static           // any request: the response is always the same
	bare             // `{ __typename }` only
)

// callsUpstream reports whether the upstream's delay affects the server.
func (p protocol) callsUpstream() bool { return p == graphQL || p == rest }

// supports reports whether the server can serve a workload.
func (s server) supports(w workload.Workload) bool {
	if s.workloads != nil && !slices.Contains(s.workloads, w.Name) {
		return false
	}
	switch s.protocol {
	case rest:
		return w.REST
	case bare:
		return w.Name == "typename"
	default:
		return true
	}
}

// Placeholders in commands.
const (
	selfBinary    = "{self}"    // the bench binary
	projectBinary = "{project}" // the project's binary
	nodeFolder    = "{node}"    // bench/node

	tailcallBinary = "{tailcall}"
	tailcallConfig = "{tailcall config}" // with a port of its own
)

var (
	graphQLAddress  = regexp.MustCompile(`graphql=http://([^/ ]+)/graphql`)
	tailcallAddress = regexp.MustCompile(`Tailcall launched at \[([^\]]+)\]`)
	listenAddress   = regexp.MustCompile(`listening on (\S+)`)
)

// servers lists the compared servers in the order of the tables. The static server
// repeats a response of the first one.
var servers = []server{
	{name: "on", title: "this project", command: []string{projectBinary}, address: graphQLAddress},
	{name: "off", title: "this project, cache off", command: []string{projectBinary}, env: []string{"CACHE_BYTES=0"}, address: graphQLAddress},
	{name: "mercurius", title: "mercurius with JIT", command: []string{"node", nodeFolder + "/mercurius.mjs"}, node: true, address: listenAddress},
	{name: "apollo", title: "Apollo Server", command: []string{"node", nodeFolder + "/apollo.mjs"}, node: true, address: listenAddress},
	{name: "gqlgen", title: "default gqlgen", command: []string{selfBinary, "serve-gqlgen"}, address: listenAddress},
	{
		name: "tailcall", title: "Tailcall", command: []string{tailcallBinary, "start", tailcallConfig}, node: true,
		env: []string{"TAILCALL_TRACKER=false"}, address: tailcallAddress, workloads: tailcallWorkloads,
	},
	{name: "proxy", title: "reverse proxy", protocol: rest, command: []string{selfBinary, "serve-proxy"}, address: listenAddress},
	{name: "static", title: "static response", protocol: static, command: []string{selfBinary, "serve-static"}, address: listenAddress},
	{name: "upstream", title: "the upstream itself", protocol: rest},
	{name: "bare", title: "bare handler", protocol: bare, command: []string{selfBinary, "serve-bare"}, address: listenAddress},
}

// servers returns the servers to measure. With a baseline they are the two builds of
// this project.
func (o options) servers() []server {
	if o.baseline == "" {
		return servers
	}
	var builds []server
	for _, s := range servers {
		if s.command != nil && s.command[0] == projectBinary {
			baseline := s
			baseline.name, baseline.title = report.BaselineName(s.name), s.title+", baseline"
			baseline.command = []string{o.baseline}
			builds = append(builds, s, baseline)
		}
	}
	return builds
}

// maxConcurrent is this project's limit on concurrent upstream calls, 12 by default.
// The other servers have no limit, and with 12 the 64 clients would queue.
const maxConcurrent = "256"

// environment returns the variables of every server; each reads its own.
func environment(upstream string) []string {
	return []string{
		"UPSTREAM=http://" + upstream, "HEYGEN_BASE_URL=http://" + upstream, "HEYGEN_API_KEY=sk_V2_bench",
		"LISTEN_ADDR=127.0.0.1:0", "ALLOW_ANONYMOUS=true", "HEYGEN_MAX_CONCURRENT=" + maxConcurrent, "NODE_ENV=production",
	}
}

// environmentFor returns the variables that servers need for a workload. For browsers,
// each server compresses responses as its users would let it; for other clients, the
// middleware that does that would be a cost without a use. This project needs no
// setting.
func environmentFor(w workload.Workload) []string {
	if w.Plain == "" {
		return nil
	}
	return []string{"COMPRESS=true"}
}

// paths holds the paths that replace the placeholders, and the log folder.
type paths struct {
	self, project, node string
	logs                string
}

func (p paths) processOptions(s server, upstream string, env ...string) (process.Options, error) {
	command := make([]string, len(s.command))
	for i, word := range s.command {
		switch {
		case word == selfBinary:
			word = p.self
		case word == tailcallBinary:
			word = tailcallPath(p.node)
		case word == tailcallConfig:
			config, err := p.writeTailcallConfig()
			if err != nil {
				return process.Options{}, err
			}
			word = config
		case word == projectBinary:
			word = p.project
		case len(word) > len(nodeFolder) && word[:len(nodeFolder)] == nodeFolder:
			word = p.node + word[len(nodeFolder):]
		}
		command[i] = word
	}
	return process.Options{
		Name: s.title, Command: command, Env: slices.Concat(environment(upstream), s.env, env),
		Log: filepath.Join(p.logs, s.name+".log"), Address: s.address,
	}, nil
}
