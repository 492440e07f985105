package main

import (
	"path/filepath"
	"regexp"

	"heygen-graphql/bench/internal/process"
	"heygen-graphql/bench/internal/workload"
)

// contender is one of those that are compared.
type contender struct {
	name  string // one word, for flags
	title string // for people
	speaks
	node    bool     // needs Node and its packages
	command []string // with places for the paths of [paths]; nil: the upstream, which runs anyway
	env     []string // beside the upstream's address
	address *regexp.Regexp
}

// speaks is what a contender can be asked.
type speaks int

const (
	graphQL speaks = iota
	rest           // the upstream's own API
	static         // anything: it always answers the same
	bare           // `{ __typename }` alone
)

// calls tells whether the time that the upstream takes is of any matter.
func (s speaks) calls() bool { return s == graphQL || s == rest }

// can tells whether a workload can be asked of a contender.
func (c contender) can(w workload.Workload) bool {
	switch c.speaks {
	case rest:
		return w.REST
	case bare:
		return w.Name == "typename"
	default:
		return true
	}
}

// The places in commands.
const (
	self    = "{self}"    // this binary
	project = "{project}" // this project's binary
	nodes   = "{node}"    // bench/node
)

var (
	ours      = regexp.MustCompile(`graphql=http://([^/ ]+)/graphql`)
	listening = regexp.MustCompile(`listening on (\S+)`)
)

// contenders are those that are compared, in the order of the tables. The first
// gives the static one its answers.
var contenders = []contender{
	{name: "on", title: "this project", command: []string{project}, address: ours},
	{name: "off", title: "this project, cache off", command: []string{project}, env: []string{"CACHE_BYTES=0"}, address: ours},
	{name: "mercurius", title: "mercurius with JIT", command: []string{"node", nodes + "/mercurius.mjs"}, node: true, address: listening},
	{name: "apollo", title: "Apollo Server", command: []string{"node", nodes + "/apollo.mjs"}, node: true, address: listening},
	{name: "gqlgen", title: "default gqlgen", command: []string{self, "serve-gqlgen"}, address: listening},
	{name: "proxy", title: "reverse proxy", speaks: rest, command: []string{self, "serve-proxy"}, address: listening},
	{name: "static", title: "static answer", speaks: static, command: []string{self, "serve-static"}, address: listening},
	{name: "upstream", title: "the upstream itself", speaks: rest},
	{name: "bare", title: "bare handler", speaks: bare, command: []string{self, "serve-bare"}, address: listening},
}

// maxCalls is how many calls to the upstream this project may make at once, 12 by
// default: none of the others has a bound, and 64 clients would wait for each other.
const maxCalls = "256"

// environment is what every contender is given; each takes what is its own.
func environment(upstream string) []string {
	return []string{
		"UPSTREAM=http://" + upstream, "HEYGEN_BASE_URL=http://" + upstream, "HEYGEN_API_KEY=sk_V2_bench",
		"LISTEN_ADDR=127.0.0.1:0", "ALLOW_ANONYMOUS=true", "HEYGEN_MAX_CONCURRENT=" + maxCalls, "NODE_ENV=production",
	}
}

// paths is where things are on this machine.
type paths struct {
	self, project, node string
	logs                string // the folder of the servers' logs
}

func (p paths) options(c contender, upstream string) process.Options {
	command := make([]string, len(c.command))
	for i, word := range c.command {
		switch {
		case word == self:
			word = p.self
		case word == project:
			word = p.project
		case len(word) > len(nodes) && word[:len(nodes)] == nodes:
			word = p.node + word[len(nodes):]
		}
		command[i] = word
	}
	return process.Options{
		Name: c.title, Command: command, Env: append(environment(upstream), c.env...),
		Log: filepath.Join(p.logs, c.name+".log"), Address: c.address,
	}
}
